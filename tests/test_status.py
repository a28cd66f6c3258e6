"""`cartable status`: one object per raw file whose rows add up, what waits, and devices that nobody named."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.build import build
from analysis.cli import app
from analysis.config import Config
from analysis.files import sha256_of
from analysis.forgetting.files import forget_files
from analysis.forgetting.person import forget_person
from analysis.ingest import ingest
from analysis.lake import Lake
from tests.hand_made import Town, config_in, rows, run
from tests.reading import keyed_config, left_behind

FIELDS = {"file", "source", "rows_read", "rows_loaded", "rows_quarantined", "rows_duplicate", "status"}
USED = "SELECT CAST(local_date AS VARCHAR), minutes FROM marts.pupil_day WHERE minutes > 0"


def status(config: Config, *options: str) -> str:
    result = CliRunner().invoke(app, ["status", "--data-dir", str(config.data_dir), *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def told(config: Config) -> dict:
    return json.loads(status(config, "--json"))


@pytest.fixture
def town(tmp_path: Path) -> Config:
    """A town with a good day, a duplicate, a bad row and a file that nobody knows."""
    config = config_in(tmp_path)
    raw = Town().app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    lines = (raw / "events.ndjson").read_text().splitlines()
    (raw / "events.ndjson").write_text("\n".join([*lines, lines[0], "{", ""]))
    (raw / "colours.csv").write_text("colour\nred\n")
    return config


def test_an_empty_folder_has_a_status(tmp_path: Path) -> None:
    state = told(config_in(tmp_path))
    assert (state["files"], state["waiting"], state["built_at"]) == ([], [], "")
    assert "not built yet" in status(config_in(tmp_path))


def test_one_object_per_raw_file_whose_rows_add_up(town: Config) -> None:
    ingest(town, [])
    files = told(town)["files"]
    assert len(files) == len(list(town.raw_dir.iterdir()))
    assert all(f.keys() >= FIELDS for f in files)
    assert all(f["rows_read"] == f["rows_loaded"] + f["rows_quarantined"] + f["rows_duplicate"] for f in files)
    events = next(f for f in files if f["file"] == "events.ndjson")
    expected = {
        "source": "android_usage_events",
        "rows_read": 4,
        "rows_loaded": 2,
        "rows_quarantined": 1,
        "rows_duplicate": 1,
        "status": "loaded",
    }
    assert {name: events[name] for name in FIELDS - {"file"}} == expected
    colours = next(f for f in files if f["file"] == "colours.csv")
    assert (colours["status"], colours["source"], colours["rows_read"]) == ("refused", "", 0)
    assert told(town)["quarantine"] == {"events.ndjson.csv": 1}


def test_what_was_not_read_yet_waits(town: Config) -> None:
    assert sorted(told(town)["waiting"]) == sorted(path.name for path in town.raw_dir.iterdir())
    ingest(town, [])
    assert told(town)["waiting"] == []
    (town.raw_dir / "late.csv").write_text("structure_id,uai\ns-0001,0920001B\n")
    assert told(town)["waiting"] == ["late.csv"]
    assert "waiting: late.csv (run `cartable ingest`)" in status(town)


def test_status_changes_nothing(town: Config) -> None:
    run(town)
    before = {path: path.read_bytes() for path in town.data_dir.rglob("*") if path.is_file()}
    told(town)
    status(town)
    assert {path: path.read_bytes() for path in town.data_dir.rglob("*") if path.is_file()} == before


def test_after_a_build_coverage_and_months_are_told(town: Config) -> None:
    run(town)
    state = told(town)
    assert state["months"] == ["2025-10"]
    assert state["built_at"].startswith("20")
    assert state["unplaced"] == []
    assert left_behind(town, [], status(town)) == set()


def test_rows_of_an_unknown_device_wait_in_the_lake_and_count_once_it_is_assigned(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    raw = Town().app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").app("d2", "a", "2025-10-06T07:00", "2025-10-06T07:05").write(config)
    (raw / "people.csv").write_text("person_id,profile\np1,student\np2,student\n")
    (raw / "enrolments.csv").write_text("person_id,class_id,uai,from_date\np1,k1,0920001B,2025-09-01\np2,k1,0920001B,2025-09-01\n")
    run(config)
    assert sum(r.rows_loaded for r in Lake(config).loaded("device_events")) == 4
    assert rows(config, USED) == [("2025-10-06", 20.0)]
    assert told(config)["unplaced"] == [{"source": "android_usage_events", "devices": 1, "row_count": 2}]
    assert "android_usage_events: 2 rows of 1 devices that no assignment names wait in the lake" in status(config)
    (raw / "devices-2.csv").write_text("device_id,kind\nd2,individual\n")
    (raw / "assignments-2.csv").write_text("device_id,person_id,from_date\nd2,p2,2025-09-01\n")
    ingest(config, [])
    build(config)
    assert sorted(rows(config, USED)) == [("2025-10-06", 5.0), ("2025-10-06", 20.0)]
    assert told(config)["unplaced"] == []


def standing(config: Config) -> dict[str, tuple[str, int, bool]]:
    """Name -> what became of the raw file, rows in the lake, whether they count."""
    return {s["file"]: (s["what"], s["rows"], s["counts"]) for s in told(config)["standing"]}


def test_where_every_raw_file_is_as_it_was_read_there_is_nothing_to_say(town: Config) -> None:
    ingest(town, [])
    assert standing(town) == {}


def test_a_raw_file_that_was_removed_still_stands_in_the_lake(town: Config) -> None:
    ingest(town, [])
    (town.raw_dir / "events.ndjson").unlink()
    (town.raw_dir / "colours.csv").unlink()  # refused: nothing of it stands anywhere
    assert standing(town) == {"events.ndjson": ("removed", 2, True)}
    assert "no raw file with these bytes lies in the raw folder any more; its 2 rows still stand in the lake. `cartable forget" in status(
        town
    )


def test_a_log_that_was_replaced_stands_beside_the_newer_and_a_roster_gives_way(town: Config) -> None:
    raw = town.raw_dir
    ingest(town, [])
    more = (raw / "events.ndjson").read_text().replace('"a"', '"b"')
    (raw / "events.ndjson").write_text(more)
    (raw / "people.csv").write_text("person_id,profile,sex\np1,student,F\n")
    assert standing(town) == {"events.ndjson": ("replaced", 2, True), "people.csv": ("replaced", 1, True)}
    said = status(town)
    assert said.count("and wait to be read; until then its") == 2
    ingest(town, [])
    assert standing(town) == {"events.ndjson": ("replaced", 2, True), "people.csv": ("replaced", 1, False)}
    said = status(town)
    assert "and were read; both stand, the 2 rows of the older too, and what they share counts once" in said
    assert "and replaced it whole; its 1 rows count no more and still lie in the lake" in said
    by = {s["file"]: s["by"] for s in told(town)["standing"]}
    assert by == {name: sha256_of(raw / name) for name in ("events.ndjson", "people.csv")}


def test_what_took_the_place_of_a_file_may_be_something_else(town: Config) -> None:
    ingest(town, [])
    (town.raw_dir / "people.csv").write_text("colour\nblue\n")
    ingest(town, [])
    assert standing(town) == {"people.csv": ("replaced", 1, True)}
    assert "refused or read as something else; its 1 rows still count" in status(town)


def test_files_and_persons_that_were_forgotten_are_told(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    raw = Town(pupils=2).app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    ingest(config, [])
    forget_files(config, ["events.ndjson"], is_sure=True)
    forget_person(config, "p2", "roster", is_sure=True)
    state = told(config)
    assert (standing(config), state["persons_forgotten"]) == ({"events.ndjson": ("forgotten", 0, False)}, 1)
    files = {f["file"]: f for f in state["files"]}
    assert (files["events.ndjson"]["status"], files["events.ndjson"]["rows_forgotten"], files["people.csv"]["rows_forgotten"]) == (
        "forgotten",
        2,
        1,
    )
    assert all(f["rows_read"] == f["rows_loaded"] + f["rows_quarantined"] + f["rows_duplicate"] for f in files.values())
    assert "It still lies there." in status(config) and "Persons forgotten on request: 1." in status(config)
    (raw / "events.ndjson").unlink()
    assert "It still lies there." not in status(config)
    assert state["waiting"] == []
