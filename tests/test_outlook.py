"""What `cartable status` says of the days to come and gone: which source is silent, what is due next, how much room is left."""

import datetime as dt
import json
import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis import room as room_module
from analysis.cli import app
from analysis.config import Config, Schedule, Silence
from analysis.ingest import ingest
from analysis.lake import Lake
from analysis.reports.manifest import write_manifest
from analysis.room import room_of, sentence_of_room
from analysis.schedule.outlook import NOTHING, Outlook, outlook_of, sentences_of_outlook
from analysis.silence import CLASSES, Age, ages_of, sentences_of_ages
from analysis.status import sentences_of, status_of
from analysis.tables import load_tables
from tests.hand_made import UAI, Town, config_in, run

SAMPLES = Path(__file__).parent / "sources" / "samples"
SCHEDULE = {"reports": {"usage": ["month", "year"], "territory": ["month"], "quality": ["trimester"]}}
MODIFIED = dt.datetime(2025, 9, 30, 12, tzinfo=dt.UTC).timestamp()
JAMF, ANDROID = "jamf_school_devices", "android_usage_events"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Android until 16 October 2025, Jamf School until the 6th, rosters of 30 September."""
    config = config_in(tmp_path_factory.mktemp("outlook"), schedule=SCHEDULE)
    pupil = Town().app("d1", "a", "2025-09-08T08:00", "2025-09-08T08:20").app("d1", "a", "2025-10-16T08:00", "2025-10-16T08:20")
    raw = pupil.write(config)
    shutil.copy(SAMPLES / "jamf_school.json", raw)
    for path in raw.iterdir():
        os.utime(path, (MODIFIED, MODIFIED))
    run(config)
    return config


def ages(config: Config, day: str) -> dict[str, Age]:
    return {age.source or age.group: age for age in ages_of(config, Lake(config), [], dt.date.fromisoformat(day))}


def silent(config: Config, day: str) -> list[str]:
    return [line for line in sentences_of(status_of(config, dt.date.fromisoformat(day))) if line.startswith("silent: ")]


def test_each_class_and_format_has_the_last_day_of_its_rows(town: Config) -> None:
    found = ages(town, "2025-10-18")
    assert {name: (age.group, age.last_day, age.days) for name, age in found.items() if age.group == "fleet"} == {
        "fleet": ("fleet", "2025-10-16", 2),
        ANDROID: ("fleet", "2025-10-16", 2),
        JAMF: ("fleet", "2025-10-06", 12),
    }
    assert (found["fleet"].is_silent, found[ANDROID].is_silent, found[JAMF].is_silent) == (False, False, True)


def test_every_table_of_logs_is_of_a_class() -> None:
    logs = {table.name for table in load_tables().values() if table.month}
    assert logs - {"portal_counts"} <= set(CLASSES) <= set(load_tables())


def test_a_format_that_fell_silent_is_told_beside_those_that_go_on(town: Config) -> None:
    assert silent(town, "2025-10-16") == []
    told = "silent: nothing of Jamf School devices: a snapshot of the fleet since 12 days (last: 2025-10-06); the others go on."
    assert silent(town, "2025-10-18") == [told]


@pytest.mark.parametrize(("day", "is_told"), [("2025-10-26", False), ("2025-10-27", True)])
def test_a_class_is_silent_from_the_day_after_its_threshold(town: Config, day: str, is_told: bool) -> None:
    told = "silent: no export of tablets since 11 days (last: 2025-10-16)."
    assert (told in silent(town, day)) is is_told


def test_the_threshold_is_that_of_the_configuration(town: Config) -> None:
    patient = town.model_copy(update={"silence": Silence(fleet_days=60, registers_days=5)})
    assert silent(patient, "2025-10-27") == ["silent: no register since 27 days (last: 2025-09-30)."]


def test_a_format_that_was_given_up_is_told_no_more_and_a_clock_ahead_is_no_age() -> None:
    fleet = [Age("", "fleet", "fleet", "2026-10-10", 2, False), Age("old", "Old", "fleet", "2025-01-01", 647, True)]
    assert [line for line in sentences_of_ages(fleet) if line.startswith("silent")] == []


def test_an_instant_ahead_of_our_clock_has_no_negative_age(town: Config) -> None:
    assert ages(town, "2025-10-01")["fleet"].days == 0


def test_registers_without_their_raw_file_have_the_date_of_the_lake(town: Config) -> None:
    status = status_of(town, dt.date(2025, 10, 18))
    assert next(age for age in status.sources if age.group == "registers").last_day == "2025-09-30"
    parquet = max(path.stat().st_mtime for path in town.lake_dir.glob("people/*.parquet"))
    assert ages(town, "2025-10-18")["roster_people"].last_day == dt.datetime.fromtimestamp(parquet, tz=dt.UTC).date().isoformat()


def test_a_town_with_rosters_alone_hears_that_no_tablet_was_ever_read(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    Town().write(config)
    ingest(config, [])
    assert "silent: no export of tablets was ever read." in silent(config, dt.datetime.now(tz=dt.UTC).date().isoformat())


def outlook(config: Config, day: str) -> Outlook:
    return outlook_of(config, dt.date.fromisoformat(day))


def test_what_is_due_and_was_never_made_waits(town: Config, tmp_path: Path) -> None:
    config = town.model_copy(update={"reports_dir": tmp_path})
    assert outlook(config, "2025-10-18").waiting == {"usage 2025-09": 1, "territory 2025-09": 1}
    (tmp_path / "2025-09").mkdir()
    entry = {"kind": "usage", "uai": UAI, "lang": "fr", "files": [], "inputs": {}}
    write_manifest(tmp_path / "2025-09", [entry], {}, "")
    assert outlook(config, "2025-10-18").waiting == {"territory 2025-09": 1}
    bilingual = config.model_copy(update={"schedule": Schedule(**(SCHEDULE | {"languages": ["fr", "en"]}))})  # type: ignore[arg-type]
    assert outlook(bilingual, "2025-10-18").waiting == {"usage 2025-09": 1, "territory 2025-09": 2}


@pytest.mark.parametrize(
    ("day", "due_on", "coming"),
    [
        ("2025-09-30", "2025-10-01", ["usage 2025-09", "territory 2025-09"]),
        ("2025-10-01", "2025-11-01", ["usage 2025-10", "territory 2025-10"]),
        ("2025-10-31", "2025-11-01", ["usage 2025-10", "territory 2025-10"]),
    ],
)
def test_next_due_is_the_day_after_the_period_that_ends_first(town: Config, day: str, due_on: str, coming: list[str]) -> None:
    found = outlook(town, day)
    assert (found.due_on, sorted(found.coming)) == (due_on, sorted(coming))


def test_where_no_period_still_runs_nothing_is_said_of_the_next(town: Config) -> None:
    found = outlook(town, "2030-01-01")
    assert (found.due_on, found.coming) == ("", [])
    assert sentences_of_outlook(found)[0].startswith("due and not made yet: ") and len(sentences_of_outlook(found)) == 1


def test_a_long_list_of_what_waits_is_cut_and_counted() -> None:
    waiting = {f"usage 2025-{month:02}": month for month in range(1, 8)}
    said = (
        "due and not made yet: "
        + ", ".join(f"usage 2025-0{month} ({month})" for month in range(1, 6))
        + ", and 13 others; run `cartable run`."
    )
    assert sentences_of_outlook(Outlook(waiting, "2026-01-01", ["usage 2025-12"])) == [said, "Next due: usage 2025-12, on 2026-01-01."]


def test_a_torn_file_of_figures_does_not_silence_the_rest(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    config.data_dir.mkdir()
    config.published.write_bytes(b"torn" * 1000)
    assert status_of(config).outlook == NOTHING


def test_sizes_and_free_room_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = config_in(tmp_path)
    (config.raw_dir / "deep").mkdir(parents=True)
    (config.raw_dir / "deep" / "a").write_bytes(b"x" * 3_000_000)
    (config.raw_dir / "gone").symlink_to(tmp_path / "nowhere")
    config.warehouse.write_bytes(b"x" * 500_000)
    monkeypatch.setattr(room_module.shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(9, 1, 7_500_000_000))  # type: ignore[attr-defined]
    room = room_of(config)
    assert 3_000_000 <= room.parts["raw"] < 3_001_000
    assert (room.parts["warehouse"], room.parts["reports"], room.free_data) == (500_000, 0, 7_500_000_000)
    assert sentence_of_room(room).startswith("Disk: raw 3.0 MB, lake 0.0 MB, warehouse 0.5 MB") and "; 7.5 GB free." in sentence_of_room(
        room
    )


def test_the_command_says_all_of_it(town: Config) -> None:
    def said(*options: str) -> str:
        result = CliRunner().invoke(app, ["status", "--data-dir", str(town.data_dir), "--reports-dir", str(town.reports_dir), *options])
        assert result.exit_code == 0, result.output
        return result.stdout

    told = json.loads(said("--json"))
    assert {age["source"] for age in told["sources"]} >= {"", JAMF, ANDROID, "roster_people"}
    assert told["outlook"].keys() == {"waiting", "due_on", "coming"} and told["room"]["parts"]["raw"] > 0
    plain = said()
    assert "Latest data: fleet 2025-10-16, registers 2025-09-30." in plain and "silent: no export of tablets since" in plain
    assert "due and not made yet: " in plain and "Disk: raw " in plain
