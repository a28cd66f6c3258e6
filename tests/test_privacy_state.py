"""`cartable check --privacy`: where the key is, who is under pseudonyms, what was released and forgotten; never the key."""

import base64
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.config import Config
from analysis.disclosure import rules
from analysis.disclosure.ledger import FIGURES
from analysis.forgetting.forget import forget
from analysis.ingest import ingest
from analysis.privacy_state import privacy_state, sentences_of
from analysis.pseudonyms import KEY_VARIABLE, Pseudonyms
from tests.hand_made import Town
from tests.reading import KEY, keyed_config


@pytest.fixture(autouse=True)
def _no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


@pytest.fixture
def town(tmp_path: Path) -> Config:
    config = keyed_config(tmp_path)
    Town(pupils=3).app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").app("d2", "a", "2025-11-06T07:00", "2025-11-06T07:20").write(
        config
    )
    ingest(config, [])
    return config


def words(config: Config) -> str:
    return "\n".join(sentences_of(privacy_state(config)))


def test_persons_and_rows_of_each_table(town: Config) -> None:
    state = privacy_state(town)
    told = {t.table: (t.rows, t.persons, t.devices) for t in state.tables if t.rows}
    assert told == {
        "assignments": (3, 3, 3),
        "classes": (1, None, None),
        "device_events": (4, None, 2),
        "devices": (3, None, 3),
        "enrolments": (3, 3, None),
        "people": (3, 3, None),
    }
    assert (state.oldest_day, state.newest_day) == ("2025-10-06", "2025-11-06")
    assert (state.raw["files"], state.raw["oldest"]) == (7, date.today().isoformat())  # noqa: DTZ011
    assert "people: 3 rows, 3 persons" in words(town)


def test_the_key_is_told_apart_and_never_shown(town: Config) -> None:
    state = privacy_state(town)
    assert (state.key.mode, state.key.is_of_lake, state.faults) == ("600", True, [])
    assert state.key.fingerprint == Pseudonyms(KEY).fingerprint
    text = words(town) + json.dumps(state.as_dict())
    assert not [form for form in (KEY.hex(), base64.b64encode(KEY).decode(), base64.b32encode(KEY).decode(), repr(KEY)) if form in text]


def test_a_key_that_others_can_read_is_a_fault(town: Config) -> None:
    (town.data_dir.parent / "key").chmod(0o640)
    state = privacy_state(town)
    assert state.key.mode == "640"
    assert "chmod 600" in state.faults[0]


def test_a_key_that_is_gone_or_another_is_a_fault_and_none_is_made(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    (town.data_dir.parent / "key").unlink()
    assert "gone" in privacy_state(town).faults[0]
    assert not (town.data_dir.parent / "key").exists()
    monkeypatch.setenv(KEY_VARIABLE, base64.b64encode(KEY[::-1]).decode())
    state = privacy_state(town)
    assert (state.key.kept_in, state.key.is_of_lake) == (f"the variable {KEY_VARIABLE}", False)
    assert "not the one" in state.faults[0]
    monkeypatch.setenv(KEY_VARIABLE, "0123-no-key")
    assert "0123-no-key" not in privacy_state(town).faults[0]


def test_an_empty_folder_has_a_state(tmp_path: Path) -> None:
    config = keyed_config(tmp_path / "new")
    (tmp_path / "new" / "key").unlink()
    state = privacy_state(config)
    assert (state.oldest_day, state.releases["figures"], state.faults) == ("", 0, [])
    assert not (tmp_path / "new" / "key").exists()


def test_every_number_of_the_rules_is_told(town: Config) -> None:
    told = privacy_state(town.model_copy(update={"privacy": town.privacy.model_copy(update={"threshold": 15})})).rules
    assert told["threshold"] == 15
    assert "key_file" not in told
    assert {name.lower() for name in vars(rules) if name.isupper()} <= told.keys()


def test_releases_are_counted_from_the_ledger(town: Config) -> None:
    state = {"kind": "usage", "measure": "x", "shown": True}
    for name, day, figures in (("a", date(2025, 11, 2), 3), ("b", date(2026, 1, 15), 2)):
        rows = pl.DataFrame([{name: state.get(name) for name in FIGURES} | {"released_on": day}] * figures, schema=FIGURES)
        path = town.ledger_dir / "figures" / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows.write_parquet(path)
    assert privacy_state(town).releases == {"figures": 5, "first": "2025-11-02", "last": "2026-01-15"}
    assert "Figures in the ledger of releases: 5, from 2025-11-02 to 2026-01-15." in words(town)


def test_what_was_forgotten_is_told(town: Config) -> None:
    assert "Forgetting: never." in words(town)
    forget(town, date(2025, 11, 1), is_sure=True)
    state = privacy_state(town)
    assert (state.keeps_from, state.oldest_day) == ("2025-11-01", "2025-11-06")
    assert state.last_forgetting
    assert "nothing before 2025-11-01 is kept" in words(town)


def test_an_open_data_folder_is_remarked(town: Config) -> None:
    town.data_dir.chmod(0o755)
    assert any("chmod 700" in remark for remark in privacy_state(town).remarks)
    town.data_dir.chmod(0o700)
    assert not any("chmod 700" in remark for remark in privacy_state(town).remarks)


def test_the_command_prints_it_and_changes_nothing(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, base64.b64encode(KEY).decode())
    before = {path: path.read_bytes() for path in town.data_dir.rglob("*") if path.is_file()}
    told = CliRunner().invoke(app, ["check", "--privacy", "--data-dir", str(town.data_dir)])
    assert told.exit_code == 0, told.output
    assert "Rows under pseudonyms, which remain personal data" in told.stdout
    as_json = CliRunner().invoke(app, ["check", "--privacy", "--json", "--data-dir", str(town.data_dir)])
    assert json.loads(as_json.stdout)["key"]["kept_in"] == f"the variable {KEY_VARIABLE}"
    monkeypatch.setenv(KEY_VARIABLE, base64.b64encode(KEY[::-1]).decode())
    assert CliRunner().invoke(app, ["check", "--privacy", "--data-dir", str(town.data_dir)]).exit_code == 1
    assert {path: path.read_bytes() for path in town.data_dir.rglob("*") if path.is_file()} == before
