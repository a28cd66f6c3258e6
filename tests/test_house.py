"""The house: what the documents say exists, what is generated is current, and no file outgrows the rules of the project."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from typer.testing import CliRunner

from analysis import dictionary
from analysis.cli import app
from analysis.config import Config
from analysis.demo.invented import refuse_own_exports
from analysis.header import read_folder
from deploy.demonstration import LIST, stands
from deploy.environment import FROM_CONDA_FORGE, ROOT, environment_of

MODULE_LINES = 300
FUNCTION_LINES = 40
CODE = sorted([*ROOT.glob("analysis/**/*.py"), *ROOT.glob("deploy/*.py")])
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "data/README.md", ROOT / "reports/README.md"])
TEXTS = [
    path for path in [*CODE, *PAGES, *ROOT.glob("tests/**/*.py"), *ROOT.glob("analysis/**/*.sql"), ROOT / "Makefile"] if path.is_file()
]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", CODE, ids=relative)
def test_modules_and_functions_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MODULE_LINES
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(path) if f.end_lineno and f.end_lineno - f.lineno >= FUNCTION_LINES}
    assert long == {}


@pytest.mark.parametrize("path", CODE, ids=relative)
def test_modules_and_public_functions_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree) or not tree.body
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    public = [
        node for body in (tree.body, *(each.body for each in classes)) for node in body if not getattr(node, "name", "_").startswith("_")
    ]
    silent = [node.name for node in public if isinstance(node, ast.FunctionDef | ast.ClassDef) and not ast.get_docstring(node)]
    assert silent == []


def test_no_drawer_for_odds_and_ends() -> None:
    assert [relative(path) for path in CODE if path.stem in {"utils", "util", "helpers", "misc", "common"}] == []


@pytest.mark.parametrize("folder", ["sources", "marts", "measures", "disclosure"])
def test_every_sql_file_starts_with_its_header(folder: str) -> None:
    files = read_folder(ROOT / "analysis" / folder)
    assert files
    assert all(file.header["title"] for file in files.values())


def test_no_path_of_one_machine() -> None:
    """Nothing names a home folder or where somebody's clone happens to stand."""
    personal = re.compile(r"/(home|Users|work|root)/\w")
    assert [relative(path) for path in TEXTS if personal.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_links_of_the_documents_resolve(page: Path) -> None:
    prose = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", prose) if not re.match(r"https?:|mailto:|#", link)]
    assert [link for link in links if not (page.parent / link.split("#")[0]).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_commands_of_the_documents_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    told = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL))
    for command in set(re.findall(r"\bcartable ([a-z]+)\b", code)):
        assert re.search(rf"\b{command}\b", told), f"cartable {command}"
    rules = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z-]+)\b", code)) <= set(rules)


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_options_of_the_documents_exist(page: Path) -> None:
    for command, rest in set(re.findall(r"^\s*cartable ([a-z]+)([^\n#]*)", page.read_text("utf-8"), flags=re.MULTILINE)):
        told = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"}).output
        assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= set(re.findall(r"--[a-z-]+", told)), f"cartable {command}{rest}"


def test_every_key_of_the_configuration_is_explained() -> None:
    written = tomllib.loads((ROOT / "cartable.toml").read_text("utf-8"))
    assert Config.model_validate(written)
    page = (ROOT / "docs/how-to/configure.md").read_text("utf-8")
    sections = {name: field.annotation for name, field in Config.model_fields.items()}
    names = [f"{name}.{key}" if key else name for name, kind in sections.items() for key in getattr(kind, "model_fields", None) or [""]]
    assert [name for name in names if f"`{name}`" not in page] == []


def test_environment_file_is_current_and_asks_for_all_of_pyproject() -> None:
    """What is checked is that conda and uv users ask for the same set; conda's channels themselves are not reached."""
    text, pyproject = (ROOT / "environment.yml").read_text("utf-8"), (ROOT / "pyproject.toml").read_text("utf-8")
    assert text == environment_of(pyproject)
    project = tomllib.loads(pyproject)
    *conda, pip = yaml.safe_load(text)["dependencies"]
    asked = {Requirement(each).name: str(Requirement(each).specifier) for each in (*conda, *pip["pip"]) if each not in ("pip", "-e .")}
    wanted = [Requirement(each) for each in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])]
    python = {"python": project["project"]["requires-python"]}
    assert asked == python | {each.name.lower(): str(each.specifier) for each in wanted}
    assert {Requirement(each).name for each in conda} == {"python", "pip", *FROM_CONDA_FORGE}


def test_lock_points_at_the_public_registry_alone() -> None:
    """A mirror, a file or a password of the machine that made the lock would fail everywhere else."""
    lock = (ROOT / "uv.lock").read_text("utf-8")
    assert "file:" not in lock
    assert not re.search(r"https?://[^/\"]*[@:]", lock)
    assert {host.removeprefix("files.").split(".")[0].removesuffix("hosted") for host in re.findall(r"https?://([^/\"]+)", lock)} == {
        "pypi",
        "python",
    }


def test_generated_pages_are_current() -> None:
    stale = [name for name, text in dictionary.pages().items() if (ROOT / "docs" / name).read_text("utf-8") != text]
    assert stale == [], "run `cartable dictionary`"


def test_help_explains_every_rule() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for rule in "help env demo reports test test-slow check lab bench site clean".split():
        assert re.search(rf"^  make {rule} +\S", told, flags=re.MULTILINE), rule


def test_demonstration_is_written_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    assert not stands(tmp_path)
    (tmp_path / LIST).write_text("a.csv\n")
    assert stands(tmp_path)
    (tmp_path / "a.csv").unlink()
    assert not stands(tmp_path)


def test_demonstration_is_never_written_among_own_exports(tmp_path: Path) -> None:
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    (raw / "mars.csv").write_text("deviceId\n1\n")
    (tmp_path / "cartable.toml").write_text("")
    command = [sys.executable, str(ROOT / "deploy/demonstration.py"), "--config", str(tmp_path / "cartable.toml")]
    refused = subprocess.run(command, capture_output=True, text=True)
    assert refused.returncode == 2
    assert "nothing was written" in refused.stderr
    assert [path.name for path in raw.iterdir()] == ["mars.csv"]


def test_demonstration_may_stand_beside_a_file_dropped_later(tmp_path: Path) -> None:
    (tmp_path / "rosters").mkdir()
    (tmp_path / "rosters/schools.csv").write_text("uai,name\n9980001C,Les Tilleuls\n")
    (tmp_path / "mars.csv").write_text("deviceId\n1\n")
    refuse_own_exports(tmp_path)


def test_make_demo_writes_the_exports_the_first_time_only(tmp_path: Path) -> None:
    (tmp_path / "cartable.toml").write_text("")
    command = [sys.executable, str(ROOT / "deploy/demonstration.py"), "--config", str(tmp_path / "cartable.toml"), "--pupils", "60"]
    first = subprocess.run(command, capture_output=True, text=True)
    assert first.returncode == 0, first.stderr
    written = {path: path.stat().st_mtime_ns for path in (tmp_path / "data/raw").rglob("*") if path.is_file()}
    second = subprocess.run(command, capture_output=True, text=True)
    assert "already" in second.stdout
    assert {path: path.stat().st_mtime_ns for path in written} == written
