"""`cartable init`: what is written loads again and says what was chosen, nothing is overwritten, the machine's faults are told."""

import csv
import json
import re
import stat
import string
import tomllib
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from analysis.cli import app
from analysis.config import Config, Limits, load_config
from analysis.errors import UserError
from analysis.first_day import machine
from analysis.first_day.answers import Answers, text_of
from analysis.first_day.machine import bytes_of, checks_of_machine
from analysis.first_day.zones import ACADEMIES, zone_of
from analysis.misconfigured import line_of

HOSTILE = "é\"'\\\n\r\t\x00\x07\x7f\u0085\u2028\u202e@{}[]#=,.territory@data_dir@\U0001f600"
NAMES = st.text(st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=["Cs"])), min_size=1).filter(str.strip)
ADDRESSES = st.text(string.ascii_letters + string.digits + "!#$%&'*+/=?^_{|}~-.", min_size=1, max_size=20).map(
    lambda user: f"{user}@a.example"
)
OFFICIAL = Path(__file__).parents[2] / "shared/data/open_data/fr-en-calendrier-scolaire.csv"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test in an empty folder, with a folder of its own for keys."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "own"))
    monkeypatch.delenv("CARTABLE_KEY", raising=False)


def init(*options: str, said: str = "") -> Result:
    return CliRunner().invoke(app, ["init", *options], input=said)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(territory=NAMES, academy=st.text(), folder=NAMES, contact=st.just("") | NAMES, mail_to=ADDRESSES, lang=st.sampled_from(["fr", "en"]))
@example('"\n[mail]\nhost = "evil"\n', "x\nterritory = 'y'", "da\nta", "", "a@b.example", "en")
@example("@territory@ @zone@", "@host@", "@data_dir@", "@", "a@b.example", "fr")
@example('"""\\', "\x00\x1b[31m", "\\U0001F600", "'''", "a@b.example", "fr")
def test_whatever_is_chosen_loads_again(territory: str, academy: str, folder: str, contact: str, mail_to: str, lang: str) -> None:
    data_dir = Path("/tmp") / folder.replace("\x00", "").replace("~", "")
    written = Answers(territory, academy, "C", data_dir, Path("out"), lang, contact, mail_to, "smtp.ville.example")
    path = Path("written.toml")
    path.write_text(text_of(written), encoding="utf-8", newline="")
    config = load_config(path)
    assert (config.territory, config.language, config.contact) == (territory, lang, contact or mail_to)
    assert config.data_dir == data_dir.resolve()
    assert config.reports_dir == Path.cwd() / "out"
    mail = config.mail
    assert (mail.host, mail.sender, mail.operator, mail.send, mail.user) == ("smtp.ville.example", mail_to, mail_to, False, "")
    assert config.privacy == Config().privacy
    assert set(tomllib.loads(path.read_text(encoding="utf-8"))) <= set(Config.model_fields)


def test_every_default_that_stands_behind_a_sign_can_be_taken_out_of_it() -> None:
    written = text_of(Answers("Valmont", mail_to="a@b.example", mail_host="smtp.b.example"))
    silent = re.findall(r"^# (\w+) = ", written, flags=re.MULTILINE)
    text = re.sub(r"^# (\w+ = )", r"\1", written, flags=re.MULTILINE)
    assert {"threshold", "key_file", "timeout_minutes", "password_file", "memory"} <= set(silent)
    config = Config.model_validate(tomllib.loads(text))
    assert config.mail.town == ("ecoles@ville.example",)
    assert (config.schedule, config.privacy.threshold, config.coverage, config.limits) == (
        Config().schedule,
        11,
        Config().coverage,
        Config().limits,
    )
    assert line_of(text, ("limits", "memory")) > line_of(text, ("mail", "host"))


def test_options_answer_everything_and_the_key_is_made() -> None:
    options = ["--territory", "Valmont", "--academie", "versailles", "--lang", "en", "--data-dir", "store", "--mail-to", "it@a.example"]
    result = init(*options, "--yes", "--json")
    assert result.exit_code == 0, result.output
    told, config = json.loads(result.stdout), load_config(Path("cartable.toml"))
    assert (told["zone"], config.territory, config.language, config.mail.operator) == ("C", "Valmont", "en", "it@a.example")
    assert config.data_dir == Path.cwd() / "store" and config.raw_dir.is_dir() and config.reports_dir.is_dir()
    key = Path("own/cartable/key")
    assert (len(key.read_bytes()), stat.S_IMODE(key.stat().st_mode)) == (32, 0o600)
    assert {check["name"] for check in told["checks"]} == {
        *("data_dir", "reports_dir", "disk", "memory", "pdf", "notebooks", "timer", "key", "calendar")
    }
    assert '"C" in the column zone' in told["next"][1]


def test_paths_are_relative_to_the_file_wherever_it_is_written_from() -> None:
    assert init("--territory", "Valmont", "--yes", "--config", "deep/own.toml", "--reports-dir", "../out").exit_code == 0
    config = load_config(Path("deep/own.toml"))
    assert (config.data_dir, config.reports_dir) == (Path.cwd() / "deep" / "data", Path.cwd() / "out")
    assert config.raw_dir.is_dir() and not Path("data").exists()


def test_five_questions_are_asked_for_what_no_option_says() -> None:
    result = init("--lang", "fr", said="Valmont\nTrifouilly\nb\n\nit@a.example\nsmtp.a.example\n")
    assert result.exit_code == 0, result.output
    config = load_config(Path("cartable.toml"))
    assert (config.territory, config.language, config.data_dir) == ("Valmont", "fr", Path.cwd() / "data")
    assert (config.mail.host, config.mail.sender, config.contact) == ("smtp.a.example", "it@a.example", "it@a.example")
    assert 'Académie: Trifouilly. Zone of the school calendar: "B"' in Path("cartable.toml").read_text(encoding="utf-8")
    assert "[fr]" not in result.output and "[data]" in result.output


def test_what_stands_is_left_unless_forced_and_then_kept_beside() -> None:
    Path("cartable.toml").write_text('territory = "mine"\nbroken', encoding="utf-8")
    result = init("--territory", "Valmont", "--yes")
    assert result.exception and "stands already and was left as it is" in str(result.exception)
    assert Path("cartable.toml").read_text(encoding="utf-8") == 'territory = "mine"\nbroken'
    assert init("--territory", "Valmont", "--yes", "--force").exit_code == 0
    assert load_config(Path("cartable.toml")).territory == "Valmont"
    assert Path("cartable.toml.old").read_text(encoding="utf-8") == 'territory = "mine"\nbroken'


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--yes"], "The territory needs a name"),
        (["--yes", "--territory", " \n"], "The territory needs a name"),
        (["--yes", "--territory", "x", "--zone", "Q"], "There is no zone of that name. Valid: A, B, C, Corse"),
        (["--yes", "--territory", "x", "--mail-host", "smtp.a.example"], "nobody who gets mail: --mail-to"),
        (["--yes", "--territory", "x", "--mail-to", "Bob <b@a.example>"], "--mail-to: an address alone is expected"),
        (["--yes", "--territory", "x", "--mail-to", "a@b.example", "--mail-host", "a b"], "mail.host: the name of a mail server alone"),
        (["--yes", "--territory", "x\udce9"], "holds letters that are no Unicode"),
        ([], "No answer, and nothing was written."),
    ],
)
def test_a_wrong_answer_is_one_sentence_and_writes_nothing(options: list[str], sentence: str) -> None:
    result = init(*options)
    assert isinstance(result.exception, UserError) and sentence in str(result.exception)
    assert list(Path.cwd().iterdir()) == []


def test_a_lost_key_is_told_and_never_replaced() -> None:
    assert init("--territory", "Valmont", "--yes").exit_code == 0
    Path("own/cartable/key").unlink()
    result = init("--territory", "Valmont", "--yes", "--force", "--json")
    [key] = [check for check in json.loads(result.stdout)["checks"] if check["name"] == "key"]
    assert (result.exit_code, key["is_ok"]) == (1, False)
    assert "the pseudonym key is gone" in key["sentence"] and not Path("own/cartable/key").exists()


def faulty(config: Config) -> dict[str, str]:
    return {check.name: check.sentence for check in checks_of_machine(config) if not check.is_ok}


def test_faults_of_the_machine_are_told_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    config = Config(data_dir=tmp_path / "file" / "data", reports_dir=tmp_path / "reports", limits=Limits(memory="900TB"))
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    monkeypatch.setattr("analysis.reports.fonts.font_folder", lambda: tmp_path)
    monkeypatch.setattr(machine, "_ROOM", 10**18)
    monkeypatch.setattr("jupyter_client.kernelspec.KernelSpecManager.find_kernel_specs", lambda _: {})
    found = faulty(config)
    assert set(found) == {"data_dir", "disk", "memory", "pdf", "notebooks", "timer"}
    assert "choose another data_dir" in found["data_dir"] and re.search(r'write memory = "\d+MiB" under', found["memory"])


def test_the_memory_of_a_container_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = Config(data_dir=tmp_path / "data", reports_dir=tmp_path / "reports")
    assert "memory" not in faulty(config)
    (tmp_path / "memory.max").write_text(f"{2 * 2**30}\n")
    monkeypatch.setattr(machine, "_LIMIT_OF_GROUP", tmp_path / "memory.max")
    assert 'write memory = "1536MiB" under [limits]' in faulty(config)["memory"]
    (tmp_path / "memory.max").write_text("max\n")
    assert "memory" not in faulty(config)


@pytest.mark.parametrize(
    ("size", "number"), [("2GiB", 2**31), ("800MB", 800_000_000), ("1.5 gb", 1_500_000_000), ("64KiB", 65536), ("9B", 9)]
)
def test_sizes_are_counted_in_bytes(size: str, number: int) -> None:
    assert bytes_of(size) == number


@pytest.mark.parametrize(
    ("academy", "zone"),
    [("Versailles", "C"), ("académie de Créteil", "C"), ("orleans tours", "B"), ("ZONE a", "A"), ("réunion", "Réunion")],
)
def test_an_academie_is_known_whatever_its_spelling(academy: str, zone: str) -> None:
    assert zone_of(academy) == zone


def test_what_is_no_academie_has_no_zone() -> None:
    assert [zone_of(name) for name in ("", "Trifouilly", "D", "Vers")] == [""] * 4


def test_zones_of_academies_are_those_of_the_official_calendar() -> None:
    if not OFFICIAL.exists():
        pytest.skip("the official calendar is not at hand")
    with OFFICIAL.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter=";") if row["annee_scolaire"] >= "2023-2024"]
    official = {row["Académies"]: row["Zones"].removeprefix("Zone ") for row in rows}
    with ACADEMIES.open(encoding="utf-8", newline="") as lines:
        ours = {row["academie"]: row["zone"] for row in csv.DictReader(lines)}
    assert {name: official.get(name) for name in ours} == ours
    in_pacific = {"Nouvelle Calédonie", "Polynésie", "Saint Pierre et Miquelon", "Wallis et Futuna"}  # no académies
    assert set(official) - set(ours) == in_pacific
