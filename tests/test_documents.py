"""What the documents tell a reader to do works: the rosters of the README are read, the recipes of CONTRIBUTING run as they stand."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from analysis.build import build
from analysis.ingest import ingest
from tests.hand_made import config_in, rows

ROOT = Path(__file__).parents[1]
RECIPES = (
    "analysis/sources/tidytab_daily.sql",
    "tests/sources/test_tidytab_daily.py",
    "analysis/measures/share_pupil_days_outside.sql",
    "tests/measures/test_share_pupil_days_outside.py",
)


def rosters(page: str) -> dict[str, str]:
    """File name and content of each CSV that the page shows."""
    text = (ROOT / page).read_text("utf-8")
    return dict(re.findall(r"^\*\*(\w+\.csv)\*\*[^\n]*\n```csv\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("page", ["README.md", "LISEZMOI.md"])
def test_rosters_of_the_readme_are_read_whole(tmp_path: Path, page: str) -> None:
    config = config_in(tmp_path)
    config.raw_dir.mkdir(parents=True)
    for name, text in rosters(page).items():
        (config.raw_dir / name).write_text(text, encoding="utf-8")
    (config.raw_dir / "usage.csv").write_text(
        "deviceId,packageName,className,timeStamp,eventType\n"
        "T-0001,org.example.calcul,Main,1759734000000,1\nT-0001,org.example.calcul,Main,1759734600000,2\n"  # 6 October 2025, 09:00 to 09:10
    )
    records = {record.file: record for record in ingest(config, [])}
    assert len(records) == 13
    assert {name: record.rows_quarantined for name, record in records.items() if record.rows_quarantined or record.message} == {}
    assert all(record.rows_loaded for record in records.values())
    build(config)
    assert rows(config, "SELECT local_date::VARCHAR, minutes FROM marts.pupil_day WHERE minutes > 0") == [("2025-10-06", 10)]


def test_both_readmes_show_the_same_rosters() -> None:
    english, french = rosters("README.md"), rosters("LISEZMOI.md")
    assert english.keys() == french.keys()
    assert {name: text.splitlines()[0] for name, text in english.items()} == {name: text.splitlines()[0] for name, text in french.items()}


@pytest.mark.slow
def test_recipes_run_as_they_stand(tmp_path: Path) -> None:
    """In a copy of the tree: the new format and the new measure of CONTRIBUTING.md, with their own tests and the SQL lint."""
    for folder in ("analysis", "tests", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "cartable.toml"):
        shutil.copy(ROOT / name, tmp_path)
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    blocks = [
        textwrap.dedent(block) for block in re.findall(r"^ {3}```(?:sql|python)\n(.*?)^ {3}```", text, flags=re.DOTALL | re.MULTILINE)
    ]
    for name, block in zip(RECIPES, blocks, strict=True):
        assert name in text or name.startswith("tests/measures")
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(block, encoding="utf-8")
    # the copy comes before the installed package
    here = os.environ | {"PYTHONPATH": str(tmp_path)}
    tested = [path for path in RECIPES if path.endswith(".py")]
    for command in (["pytest", "-q", *tested], ["sqlfluff", "lint", RECIPES[0], RECIPES[2]], ["ruff", "check", *tested]):
        done = subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, env=here, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
