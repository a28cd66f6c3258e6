"""`cartable forget`: what is older than a day leaves lake and warehouse, nothing younger does, and nothing read again brings it back."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis import sources
from analysis.build import build
from analysis.cli import app
from analysis.config import Config
from analysis.errors import UserError
from analysis.forgetting import forget as forgetting
from analysis.forgetting.forget import Forgotten, forget
from analysis.ingest import ingest
from analysis.lake import FileRecord, Lake
from analysis.retention import Retention, day_of, first_instant, load_retention
from analysis.tables import load_tables
from tests.hand_made import UAI, Kept, Town, config_in, rows, run, write_csv
from tests.reading import key, keyed_config, lake_rows, left_behind
from tests.test_build import contents, random_events
from tests.test_build import drop as drop_events

CUTOFF = date(2024, 9, 1)
ENT = {"event-type": "ACCESS", "profil": "Relative"}


def ent(when: str, user: str) -> dict:
    from datetime import UTC, datetime

    stamp = int(datetime.fromisoformat(when).replace(tzinfo=UTC).timestamp() * 1000)
    return ENT | {"date": stamp, "userId": user}


def use(device: str, start: str, end: str) -> list[dict]:
    return Town().app(device, "a", start, end).events


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Two school years. p1 left in July 2024 and gave tablet d1 back; p2 stays with d2; p3's tablet was given on to p2 without a note;
    p8 is a parent without any date, p9 a teacher whose class ended in 2024 and who has no other row.
    """
    config = keyed_config(tmp_path_factory.mktemp("read"))
    raw = Town().write(config)
    write_csv(
        raw / "people.csv",
        [{"person_id": p, "profile": "student", "social_band": "moyenne"} for p in ("p1", "p2", "p3")]
        + [{"person_id": "p8", "profile": "relative", "social_band": ""}, {"person_id": "p9", "profile": "teacher", "social_band": ""}],
    )
    write_csv(raw / "identifiers.csv", [{"person_id": f"p{n}", "system": "ent", "identifier": f"ent-{n}"} for n in (1, 2, 8, 9)])
    spans = [
        ("p1", "2023-09-01", "2024-07-05"),
        ("p2", "2023-09-01", ""),
        ("p3", "2023-09-01", "2024-07-05"),
        ("p9", "2023-09-01", "2024-07-05"),
    ]
    write_csv(raw / "enrolments.csv", [{"person_id": p, "class_id": "k1", "uai": UAI, "from_date": a, "to_date": b} for p, a, b in spans])
    write_csv(raw / "devices.csv", [{"device_id": d, "kind": "individual", "os": "Android"} for d in ("d1", "d2", "d3", "d4")])
    held = [
        ("d1", "p1", "2023-09-01", "2024-07-05"),
        ("d2", "p3", "2023-09-01", ""),
        ("d2", "p2", "2024-01-08", ""),
        ("d3", "p2", "2023-09-01", ""),
    ]
    write_csv(raw / "assignments.csv", [{"device_id": d, "person_id": p, "from_date": a, "to_date": b} for d, p, a, b in held])
    write_csv(
        raw / "repairs.csv",
        [
            {"device_id": d, "from_date": a, "to_date": b, "reason": "x"}
            for d, a, b in (("d1", "2024-01-01", ""), ("d2", "2024-01-01", "2024-01-02"), ("d3", "2024-10-01", ""))
        ],
    )
    write_csv(
        raw / "trainings.csv",
        [{"uai": UAI, "person_id": "", "held_on": "2024-01-10"}, {"uai": "", "person_id": "p9", "held_on": "2024-01-10"}],
    )
    lines = [
        *use("d1", "2024-05-06T07:00", "2024-05-06T07:20"),
        *use("d2", "2024-08-31T21:50", "2024-08-31T22:30"),
        *use("d2", "2024-09-02T07:00", "2024-09-02T07:10"),
    ]
    (raw / "events.ndjson").write_text("\n".join([*map(json.dumps, lines), "{", ""]))
    (raw / "old.ndjson").write_text("\n".join([*map(json.dumps, use("d1", "2024-03-04T07:00", "2024-03-04T07:20")), "{", ""]))
    (raw / "ent.ndjson").write_text("\n".join(json.dumps(e) for e in (ent("2024-05-06T07:00", "ent-1"), ent("2024-10-01T07:00", "ent-2"))))
    ingest(config, [])
    return Kept(config)


@pytest.fixture(scope="module")
def built_once(read_once: Kept, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = shutil.copytree(read_once.back().data_dir.parent, tmp_path_factory.mktemp("built"), dirs_exist_ok=True)
    build(config := config_in(folder))
    return Kept(config)


@pytest.fixture
def town(read_once: Kept) -> Config:
    """The two school years, read."""
    return read_once.back()


@pytest.fixture(scope="module")
def forgotten_once(read_once: Kept, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = shutil.copytree(read_once.back().data_dir.parent, tmp_path_factory.mktemp("forgotten"), dirs_exist_ok=True)
    do(config := config_in(folder))
    return Kept(config)


@pytest.fixture
def forgotten(forgotten_once: Kept) -> Config:
    """The two school years, read, of which the first was forgotten."""
    return forgotten_once.back()


@pytest.fixture
def built(built_once: Kept) -> Config:
    """The same, with its warehouse."""
    return built_once.back()


def records(config: Config) -> dict[str, FileRecord]:
    return {r.file: r for r in Lake(config).records()}


def persons(config: Config, *tables: str) -> set[str]:
    """Which of p1 to p9 the lake names, in those tables."""
    names = {key("person", f"p{n}"): f"p{n}" for n in range(10)}
    return {names[k] for table in tables for (k,) in lake_rows(config, table, "person_key") if k in names}


def do(config: Config, day: date = CUTOFF) -> Forgotten:
    return forget(config, day, is_sure=True)


def state(config: Config) -> dict[str, bytes]:
    """Every file that Cartable writes but the warehouse, whose bytes differ from build to build."""
    written = [p for p in config.data_dir.rglob("*") if p.is_file() and config.raw_dir not in p.parents and p.name != ".lock"]
    return {p.relative_to(config.data_dir).as_posix(): p.read_bytes() for p in written if p != config.warehouse}


def kept(config: Config) -> dict[str, list[tuple]]:
    """Every row of the lake, by table."""
    return {t.name: lake_rows(config, t.name, *(c.name for c in t.columns)) for t in load_tables().values()}


GONE = {
    "assignments": 2,  # p1's ended; p3's open one ended when the tablet was given to p2
    "device_events": 6,
    "devices": 1,
    "enrolments": 3,
    "identifiers": 2,
    "people": 3,
    "portal_events": 1,
    "repairs": 2,  # d2's ended; d1's never did, but d1 is over
    "trainings": 1,
}


def test_what_is_older_goes_and_what_is_younger_stays(town: Config) -> None:
    told = do(town)
    assert (told.rows, told.files, told.is_done) == (GONE, 10, True)
    assert persons(town, "people") == {"p2", "p8"}  # p8 has no date: only a newer people.csv can say that he is gone
    assert persons(town, "enrolments", "assignments", "trainings", "identifiers") == {"p2", "p8"}
    devices = {key("device", f"d{n}"): f"d{n}" for n in range(5)}
    assert {devices[k] for (k,) in lake_rows(town, "devices", "device_key")} == {"d2", "d3", "d4"}
    assert {devices[k] for (k,) in lake_rows(town, "repairs", "device_key")} == {"d3"}
    assert [when for (when,) in lake_rows(town, "device_events", "happened_at")] == ["2024-09-02T07:00:00.000", "2024-09-02T07:10:00.000"]
    assert lake_rows(town, "portal_events", "happened_at") == [("2024-10-01T07:00:00.000",)]
    assert lake_rows(town, "trainings", "held_on") == [("2024-01-10",)]  # the school's own


def test_no_pseudonym_of_a_forgotten_person_or_device_stands_anywhere(built: Config) -> None:
    gone = {key("person", p) for p in ("p1", "p3", "p9", "ent-1", "ent-9")} | {key("device", "d1")}
    assert left_behind(built, gone) == gone
    do(built)
    assert left_behind(built, gone) == set()
    assert left_behind(built, {key("person", "p2")}) == {key("person", "p2")}


def test_rows_read_stay_accounted_for_and_rows_in_the_lake_too(town: Config) -> None:
    before = records(town)
    do(town)
    after = records(town)
    assert after.keys() == before.keys()
    for name, record in after.items():
        told = (record.rows_read, record.rows_loaded, record.rows_quarantined, record.rows_duplicate, record.set_aside)
        old = before[name]
        assert told == (old.rows_read, old.rows_loaded, old.rows_quarantined, old.rows_duplicate, old.set_aside)
    for table, kept_rows in kept(town).items():
        assert len(kept_rows) == sum(r.rows_kept for r in after.values() if r.table == table), table
    assert (after["events.ndjson"].rows_loaded, after["events.ndjson"].rows_forgotten) == (6, 4)
    assert after["events.ndjson"].months == ("2024-09",)
    assert (after["old.ndjson"].rows_loaded, after["old.ndjson"].rows_forgotten, after["old.ndjson"].months) == (2, 2, ())
    status = CliRunner().invoke(app, ["status", "--json", "--data-dir", str(town.data_dir)])
    files = {f["file"]: f for f in json.loads(status.output)["files"]}
    assert files["old.ndjson"]["rows_forgotten"] == 2
    assert all(f["rows_read"] == f["rows_loaded"] + f["rows_quarantined"] + f["rows_duplicate"] for f in files.values())


def test_the_quarantine_of_a_log_that_was_cut_goes(town: Config) -> None:
    assert {p.name for p in town.quarantine_dir.iterdir()} == {"events.ndjson.csv", "old.ndjson.csv"}
    do(town)
    assert list(town.quarantine_dir.iterdir()) == []
    assert records(town)["old.ndjson"].rows_quarantined == 1


def test_without_yes_nothing_changes_and_the_same_is_told(built: Config) -> None:
    before = state(built), built.warehouse.read_bytes()
    told = forget(built, CUTOFF, is_sure=False)
    assert (state(built), built.warehouse.read_bytes()) == before
    assert (told.rows, told.is_done) == (GONE, False)
    assert {r.file: r.is_all for r in told.raw} == {
        "old.ndjson": True,
        "repairs.csv": False,
        "events.ndjson": False,
        "ent.ndjson": False,
        "people.csv": False,
        "identifiers.csv": False,
        "enrolments.csv": False,
        "assignments.csv": False,
        "devices.csv": False,
        "trainings.csv": False,
    }
    assert do(built).raw == told.raw


def test_done_twice_is_done_once(built: Config) -> None:
    do(built)
    before, made_at = state(built), built.warehouse.stat().st_mtime_ns
    again = do(built)
    assert (again.rows, again.files) == ({}, 0)
    assert state(built) == before
    assert built.warehouse.stat().st_mtime_ns == made_at
    assert [r.file for r in again.raw if r.is_all] == ["old.ndjson"]  # as long as it stands there


def test_an_empty_folder_may_promise_too(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    told = do(config)
    assert (told.rows, told.raw, told.warehouse_error) == ({}, [], "")
    assert ingest(config, []) == []
    assert load_retention(config).keeps_from == CUTOFF


def test_an_earlier_day_brings_nothing_back_and_forgets_nothing(forgotten: Config) -> None:
    before = state(forgotten)
    assert do(forgotten, date(2020, 1, 1)).keeps_from == CUTOFF
    assert state(forgotten) == before


def test_raw_files_that_still_stand_do_not_come_back(forgotten: Config) -> None:
    before = kept(forgotten), records(forgotten)
    ingest(forgotten, [])
    assert (kept(forgotten), records(forgotten)) == before


def test_nor_under_another_name_or_in_another_archive(town: Config, tmp_path: Path) -> None:
    from tests.reading import packed

    do(town)
    before = kept(town)
    for name in ("old.ndjson", "people.csv", "enrolments.csv"):
        content = (town.raw_dir / name).read_bytes()
        shutil.copy(town.raw_dir / name, town.raw_dir / f"copy-{name}")
        (town.raw_dir / f"longer-{name}").write_bytes(content + b"\n")  # another SHA-256, the same rows
        packed_name, packed_content = packed(name, content, "zip")
        (town.raw_dir / packed_name).write_bytes(packed_content)
    ingest(town, [])
    for table, found in kept(town).items():
        assert sorted(set(found)) == sorted(set(before[table])), table


def test_nor_when_the_format_changes_and_every_file_is_read_again(forgotten: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept(forgotten)
    monkeypatch.setattr(sources.Source, "version", property(lambda self: "another"))
    ingest(forgotten, [])
    assert {r.version for r in Lake(forgotten).loaded() if r.source} == {"another"}
    assert kept(forgotten) == before
    assert records(forgotten)["old.ndjson"].rows_forgotten == 2


@pytest.mark.parametrize(
    "name", ["people.csv", "identifiers.csv", "assignments.csv", "enrolments.csv", "devices.csv", "repairs.csv", "trainings.csv"]
)
def test_nor_when_one_roster_is_read_again_alone(forgotten: Config, name: str) -> None:
    """The others have lost the rows that said that p1 is over."""
    before = kept(forgotten)
    (forgotten.raw_dir / name).write_text((forgotten.raw_dir / name).read_text() + "\n\n")
    ingest(forgotten, [])
    assert kept(forgotten) == before


def test_nor_when_the_lake_is_removed_to_start_over(forgotten: Config) -> None:
    before = kept(forgotten)
    shutil.rmtree(forgotten.lake_dir)
    shutil.rmtree(forgotten.quarantine_dir)
    ingest(forgotten, [])
    assert kept(forgotten) == before
    assert records(forgotten)["old.ndjson"].rows_forgotten == 2
    assert not forgotten.quarantine_dir.exists()


def test_somebody_who_comes_back_is_a_person_again(forgotten: Config) -> None:
    """p1 is enrolled anew, in a roster of enrolments only: the row of people.csv that was forgotten is read again."""
    write_csv(forgotten.raw_dir / "enrolments-2026.csv", [{"person_id": "p1", "class_id": "k1", "uai": UAI, "from_date": "2025-09-01"}])
    ingest(forgotten, [])
    assert persons(forgotten, "people") == {"p1", "p2", "p8"}
    assert persons(forgotten, "enrolments") == {"p1", "p2"}
    assert (key("person", "ent-1"),) in lake_rows(forgotten, "identifiers", "identifier")
    before = kept(forgotten)
    ingest(forgotten, [])
    assert kept(forgotten) == before


def test_whoever_comes_back_on_the_portal_alone_is_known_by_the_account(forgotten: Config) -> None:
    (forgotten.raw_dir / "ent-2025.ndjson").write_text(json.dumps(ent("2025-01-06T07:00", "ent-9")) + "\n")
    ingest(forgotten, [])
    assert persons(forgotten, "people") == {"p2", "p8", "p9"}


def test_a_person_whose_enrolment_comes_later_is_not_lost(forgotten: Config) -> None:
    """Rosters may come in any order: people.csv names a new pupil before any other row does."""
    write_csv(forgotten.raw_dir / "people-new.csv", [{"person_id": "p7", "profile": "student"}])
    ingest(forgotten, [])
    assert persons(forgotten, "people") == {"p2", "p7", "p8"}


def test_a_person_whom_a_younger_row_names_stays(town: Config) -> None:
    with (town.raw_dir / "ent.ndjson").open("a") as file:
        file.write(json.dumps(ent("2024-09-10T07:00", "ent-9")) + "\n")
    ingest(town, [])
    do(town)
    assert persons(town, "people") == {"p2", "p8", "p9"}
    assert persons(town, "enrolments") == {"p2"}


def test_a_roster_that_a_newer_one_replaced_goes_whole(town: Config) -> None:
    write_csv(town.raw_dir / "people.csv", [{"person_id": "p2", "profile": "student"}])
    ingest(town, [])
    assert persons(town, "people") >= {"p1", "p8"}  # in the Parquet of the first
    do(town)
    assert persons(town, "people") == {"p2"}
    write_csv(
        town.raw_dir / "people.csv",
        [{"person_id": p, "profile": "student", "social_band": "moyenne"} for p in ("p1", "p2", "p3")]
        + [{"person_id": "p8", "profile": "relative", "social_band": ""}, {"person_id": "p9", "profile": "teacher", "social_band": ""}],
    )
    run(town)  # the first roster, dropped again byte for byte, counts again, without those who are over
    assert rows(town, "SELECT COUNT(*) FROM lake.people") == [(2,)]
    assert persons(town, "people") == {"p2", "p8"}


def test_a_newer_roster_of_which_nothing_is_left_does_not_give_way_to_the_older(town: Config) -> None:
    write_csv(town.raw_dir / "trainings.csv", [{"uai": "", "person_id": "p9", "held_on": "2024-02-10"}])
    run(town)
    do(town)
    assert rows(town, "SELECT COUNT(*) FROM lake.trainings") == [(0,)]


class Killed(BaseException):
    """What a killed process looks like from inside."""


@pytest.fixture(scope="module")
def undisturbed(read_once: Kept) -> tuple[dict[str, list[tuple]], dict[str, FileRecord]]:
    """What a forgetting that nothing stops leaves: the rows and the records."""
    do(read_once.back())
    return kept(read_once.config), records(read_once.config)


@pytest.mark.parametrize("step", [4, 20, *(pytest.param(step, marks=pytest.mark.slow) for step in range(33) if step not in (4, 20))])
def test_a_crash_leaves_each_file_whole_or_cut_and_the_next_run_goes_on(
    undisturbed: tuple, town: Config, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Killed before the n-th of: a file moved in, a record written, an old file removed."""
    whole, old = kept(town), records(town)
    cut, new = undisturbed
    done = [0]

    def counted(method):
        def maybe_killed(self, *given, **named):
            done[0] += 1
            if done[0] > step:
                raise Killed
            return method(self, *given, **named)

        return maybe_killed

    with monkeypatch.context() as killing:
        killing.setattr(Path, "replace", counted(Path.replace))
        killing.setattr(Path, "unlink", counted(Path.unlink))
        with pytest.raises(Killed):
            do(town)
    for name, record in records(town).items():
        assert record in (old[name], new[name])
    Lake(town).sweep()
    for table, found in kept(town).items():
        assert set(cut[table]) <= set(found) <= set(whole[table])
        assert len(found) == sum(r.rows_kept for r in Lake(town).loaded(table))
    if load_retention(town).keeps_from:
        ingest(town, [])
        assert kept(town) == cut
    do(town)
    assert (kept(town), records(town)) == (cut, new)


def test_killed_before_the_warehouse_was_made_again_the_next_run_makes_it(built: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as killing:
        killing.setattr(forgetting, "build", killed)
        with pytest.raises(Killed):
            do(built)
    gone = {key("person", p) for p in ("p1", "p3", "p9", "ent-1", "ent-9")}
    assert do(built).rows == {}
    assert left_behind(built, gone) == set()


@pytest.fixture(scope="module")
def two_pupils_once(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    config = config_in(tmp_path_factory.mktemp("two"))
    Town(pupils=2).write(config)
    for name, first, days, seed in (("a", "2025-09-01", 40, 1), ("b", "2025-10-08", 30, 2), ("c", "2025-11-20", 15, 3)):
        drop_events(config, f"{name}.ndjson", random_events(first, days, seed))
    run(config)
    return Kept(config)


@pytest.fixture
def two_pupils(two_pupils_once: Kept) -> Config:
    """Logs from September to early December in three files, with a silence of two weeks in November."""
    return two_pupils_once.back()


@pytest.mark.parametrize(
    "day",
    [
        "2025-10-15",
        *(pytest.param(d, marks=pytest.mark.slow) for d in ("2025-08-01", "2025-10-01", "2025-11-01", "2025-11-12", "2026-01-01")),
    ],
)
def test_the_build_after_equals_one_from_scratch_and_one_of_what_is_left(two_pupils: Config, tmp_path: Path, day: str) -> None:
    do(two_pupils, date.fromisoformat(day))
    incremental = contents(two_pupils)
    two_pupils.warehouse.unlink()
    build(two_pupils)
    assert contents(two_pupils) == incremental
    rest = config_in(tmp_path / "rest")
    raw = Town(pupils=2).write(rest)
    for path in sorted(two_pupils.raw_dir.glob("*.ndjson")):
        lines = [
            line
            for line in path.read_text().splitlines()
            if json.loads(line)["timeStamp"] >= first_instant(date.fromisoformat(day), rest).timestamp() * 1000
        ]
        (raw / path.name).write_text("".join(f"{line}\n" for line in lines))
    shutil.copy(two_pupils.data_dir.parent / "key", tmp_path / "rest" / "key")
    run(rest)
    counted = "SELECT local_date, person_key, is_school_day, minutes FROM marts.pupil_day WHERE local_date >= '{}' ORDER BY ALL"
    # without the promise, the rest is counted from the first of its first month
    assert rows(two_pupils, counted.format(day)) == rows(rest, counted.format(day))
    assert rows(two_pupils, f"SELECT COUNT(*) FROM marts.pupil_day WHERE local_date < '{day}'") == [(0,)]


@pytest.mark.parametrize(
    ("day", "left"),
    [
        ("2025-09-01", ["2025-09", "2025-10", "2025-11", "2025-12", "2025-2026", "2025-P1", "2025-P2", "2025-T1"]),
        ("2025-09-02", ["2025-10", "2025-11", "2025-12", "2025-P2"]),
        pytest.param("2025-10-15", ["2025-11", "2025-12", "2025-P2"], marks=pytest.mark.slow),
        pytest.param("2025-12-02", [], marks=pytest.mark.slow),
    ],
)
def test_a_period_that_was_cut_has_no_figures_any_more(two_pupils: Config, day: str, left: list[str]) -> None:
    """What is left of it would be another population under the name of one that was published."""
    do(two_pupils, date.fromisoformat(day))
    assert rows(two_pupils, "SELECT DISTINCT period FROM marts.period ORDER BY ALL") == [(period,) for period in left]
    assert {p for (p,) in rows(two_pupils, 'SELECT DISTINCT period FROM measures."values"')} <= set(left)
    assert {p for (p,) in rows(two_pupils, 'SELECT DISTINCT period FROM published."values"')} <= set(left)


def test_everything_can_be_forgotten(built: Config) -> None:
    for name in ("enrolments", "assignments"):
        text = (built.raw_dir / f"{name}.csv").read_text().splitlines()
        closed = [line + "2024-12-20" if line.endswith(",") else line for line in text]
        (built.raw_dir / f"{name}.csv").write_text("\n".join(closed) + "\n")
    run(built)
    do(built, date(2025, 1, 1))
    assert {table: len(found) for table, found in kept(built).items() if found} == {
        "schools": 1,
        "classes": 1,
        "people": 1,  # the parent without a date
        "identifiers": 1,
        "devices": 1,  # never given to anybody
        "trainings": 1,  # the school's
    }
    assert rows(built, "SELECT COUNT(*) FROM marts.pupil_day") == [(0,)]
    assert rows(built, 'SELECT COUNT(*) FROM measures."values"') == [(0,)]


def test_new_logs_after_a_forgetting_are_cut_as_they_come(built: Config) -> None:
    do(built)
    lines = [*use("d2", "2024-08-05T07:00", "2024-08-05T07:20"), *use("d2", "2024-10-07T07:00", "2024-10-07T07:10")]
    (built.raw_dir / "late.ndjson").write_text("\n".join(map(json.dumps, lines)) + "\n")
    record = next(r for r in run(built) if r.file == "late.ndjson")
    assert (record.rows_loaded, record.rows_forgotten, record.months) == (4, 2, ("2024-10",))
    assert rows(built, "SELECT CAST(local_date AS VARCHAR), minutes FROM marts.pupil_day WHERE minutes > 0 ORDER BY ALL") == [
        ("2024-09-02", 10.0),
        ("2024-10-07", 10.0),
    ]


def test_a_warehouse_that_cannot_be_made_again_is_removed(built: Config) -> None:
    (built.raw_dir / "schools-2.csv").write_text("uai,school_year,name,zone,week_pattern\n0920002C,2024-2025,Nowhere,Z,4\n")
    ingest(built, [])
    told = CliRunner().invoke(app, ["forget", "--older-than", "2024-09-01", "--yes", "--data-dir", str(built.data_dir)])
    assert told.exit_code == 1
    assert "was removed" in told.output
    assert not built.warehouse.exists()


def test_the_command_says_what_it_does_and_what_the_owner_must(town: Config) -> None:
    def told(*options: str) -> str:
        result = CliRunner().invoke(app, ["forget", "--data-dir", str(town.data_dir), *options])
        assert result.exit_code == 0, result.output
        return " ".join(result.stdout.split())

    plan = told("--older-than", "2024-09-01")
    assert "21 rows" not in plan and "would go, from 10 files of the lake: 2 of assignments, 6 of device_events" in plan
    assert "with --yes" in plan
    assert "delete: old.ndjson" in plan
    assert json.loads(told("--older-than", "2024-09-01", "--json"))["rows"] == GONE
    done = told("--older-than", "2024-09-01", "--yes")
    assert "are gone" in done and "delete: old.ndjson" in done
    assert "Nothing about persons in the lake is older than 2024-09-01" in told("--older-than", "2024-09-01")
    assert left_behind(town, {"ent-1", "p-0001"}, plan, done) == set()


@pytest.mark.parametrize(
    ("text", "day"), [("2023-09-01", "2023-09-01"), ("3y", "2021-03-31"), ("36M", "2021-03-31"), ("1m", "2024-02-29"), ("0y", "2024-03-31")]
)
def test_a_day_or_an_age(text: str, day: str) -> None:
    assert day_of(text, date(2024, 3, 31)).isoformat() == day


@pytest.mark.parametrize("text", ["", "3", "3d", "-3y", "2023-02-30", "01/09/2023", "9999y", "2024-04-01"])
def test_what_is_no_past_day_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        day_of(text, date(2024, 3, 31))


def test_the_first_instant_that_is_kept(tmp_path: Path) -> None:
    assert first_instant(CUTOFF, config_in(tmp_path)).isoformat() == "2024-09-01T00:00:00+00:00"
    assert first_instant(CUTOFF, config_in(tmp_path, timezone="America/Martinique")).isoformat() == "2024-09-01T04:00:00+00:00"


def test_a_damaged_promise_stops_everything(forgotten: Config) -> None:
    (forgotten.data_dir / "forgotten.json").write_text("{")
    with pytest.raises(UserError, match="Restore it"):
        ingest(forgotten, [])


def test_where_nothing_was_forgotten_nothing_is_promised(town: Config) -> None:
    assert load_retention(town) == Retention()
    assert not (town.data_dir / "forgotten.json").exists()


def test_every_table_that_names_persons_or_devices_is_cut(town: Config) -> None:
    """A new table with pseudonyms needs a month, or a file in analysis/forgetting; classes name a group."""
    from analysis.forgetting.cuts import ROOM

    named = {t.name for t in load_tables().values() if any(c.pseudonym in ("person", "device") for c in t.columns) and not t.month}
    assert named == {path.stem for path in ROOM.glob("*.sql")} & load_tables().keys()


def test_the_promise_holds_no_pseudonym(forgotten: Config) -> None:
    text = (forgotten.data_dir / "forgotten.json").read_text()
    assert len(load_retention(forgotten).persons) == 5  # p1, p3, p9 and the accounts of two of them
    assert not any(key("person", name) in text for name in ("p1", "p3", "p9", "ent-1", "ent-9"))
