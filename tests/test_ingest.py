"""Ingest as a whole: once is enough, a crash leaves nothing half done, and one run works at a time."""

import gzip
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from analysis import ingest as ingest_module
from analysis.build import build
from analysis.cli import main
from analysis.config import Config
from analysis.errors import UserError
from analysis.ingest import ingest
from analysis.lake import LOADED, REFUSED, UNCOUNTED, FileRecord, Lake
from tests.reading import keyed_config, lake_rows, quarantined, read, read_one
from tests.test_reader import HEAD, event, row

EVENTS = HEAD + row(1) + row(2) + row(2) + "d3,app,Main,x,1\n"
LATER = HEAD + "".join(f"d{i},app,Main,{1762412400000 + i},1\n" for i in range(3))
FILES = {
    "october.csv": EVENTS,
    "november.csv": LATER,
    "both.ndjson": event(8) + event(9, timeStamp=1762412400000),
    "unknown.csv": "a,b\n1,2\n",
}


def written(config: Config) -> dict[str, tuple[int, bytes]]:
    """Every file under the data folder but the raw ones, with its time and content."""
    files = [p for p in config.data_dir.rglob("*") if p.is_file() and not p.is_relative_to(config.raw_dir)]
    return {p.relative_to(config.data_dir).as_posix(): (p.stat().st_mtime_ns, p.read_bytes()) for p in files}


def contents(config: Config) -> dict[str, bytes]:
    return {name: content for name, (_, content) in written(config).items()}


def drop(config: Config, name: str, content: str | bytes) -> Path:
    path = config.raw_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_second_ingest_does_nothing(tmp_path: Path) -> None:
    config, first = read(tmp_path, FILES)
    before = written(config)
    told: list[tuple[str, bool]] = []
    second = ingest(config, [], lambda record, is_new: told.append((record.file, is_new)))
    assert {r.file: r for r in second} == first
    assert written(config) == before
    # what was refused is tried, and told, again: a newer version of Cartable may know it
    assert sorted(told) == [("both.ndjson", False), ("november.csv", False), ("october.csv", False), ("unknown.csv", True)]


def test_a_file_under_another_name_is_known(tmp_path: Path) -> None:
    config, first = read(tmp_path, {"october.csv": EVENTS})
    before = contents(config)
    drop(config, "again/copy of october.csv", EVENTS)
    assert ingest(config, []) == [first["october.csv"]]
    assert contents(config) == before


def test_the_same_content_packed_is_all_duplicates(tmp_path: Path) -> None:
    config, _ = read(tmp_path, {"october.csv": EVENTS})
    drop(config, "october.csv.gz", gzip.compress(EVENTS.encode()))
    [_, packed] = ingest(config, [])
    assert (packed.rows_read, packed.rows_loaded, packed.rows_duplicate) == (4, 0, 4)
    assert packed.message == "october.csv.gz: the same content as october.csv, which was read already."
    assert len(lake_rows(config, "device_events", "device_key")) == 2
    before = written(config)
    ingest(config, [])
    assert written(config) == before


def test_a_name_used_again_for_other_content_keeps_both(tmp_path: Path) -> None:
    """A job that writes `events.csv` anew every night: the rows of yesterday stay, and what was said of them too."""
    config, first = read(tmp_path, {"events.csv": EVENTS})
    drop(config, "events.csv", LATER + "d9,app,Main,y,1\nshort\n")
    [second] = ingest(config, [])
    assert len(lake_rows(config, "device_events", "device_key")) == 5
    assert [len(quarantined(config, r)) for r in (first["events.csv"], second)] == [1, 2]


def test_a_file_mended_under_its_name_is_no_longer_refused(tmp_path: Path) -> None:
    config, first = read(tmp_path, {"events.csv": "a,b\n1,2\n"})
    assert first["events.csv"].status == REFUSED
    drop(config, "events.csv", EVENTS)
    ingest(config, [])
    assert [(r.file, r.status) for r in Lake(config).records()] == [("events.csv", LOADED)]


def test_an_archive_of_which_a_part_is_refused_says_so_each_time(tmp_path: Path) -> None:
    from tests.test_reader import archive

    config, first = read(tmp_path, {"export.zip": archive({"a.csv": EVENTS.encode(), "b.csv": b"colour\nred\n"})})
    before = written(config)
    assert {r.file: r for r in ingest(config, [])} == first
    assert sorted(r.status for r in first.values()) == [LOADED, REFUSED]
    assert written(config) == before


def apart_from_order_and_place(config: Config) -> list[FileRecord]:
    return sorted((replace(r, sequence=0, place="") for r in Lake(config).records()), key=lambda r: r.file)


@pytest.mark.parametrize("place", ["remember", "commit", "write_quarantine", "write_rows"])
def test_a_crash_leaves_nothing_and_a_rerun_everything(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = keyed_config(tmp_path / "crashed")
    drop(config, "october.csv", EVENTS)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Lake if hasattr(Lake, place) else ingest_module, place, crash)
        with pytest.raises(KeyboardInterrupt):
            ingest(config, [])
    assert Lake(config).records() == []
    assert not list((config.data_dir / ".staging").glob("*"))
    with pytest.raises(UserError, match="There is nothing to build"):
        build(config)
    ingest(config, [])
    straight, _ = read(tmp_path / "straight", {"october.csv": EVENTS})
    assert apart_from_order_and_place(config) == apart_from_order_and_place(straight)
    assert contents(config).keys() == contents(straight).keys()
    columns = ("device_key", "app_id", "event", "happened_at")
    assert lake_rows(config, "device_events", *columns) == lake_rows(straight, "device_events", *columns)


def test_leftovers_of_a_killed_run_are_swept(tmp_path: Path) -> None:
    config, _ = read(tmp_path, {"october.csv": EVENTS})
    before = contents(config)
    for name in (".staging/tmpx/0.unpacked", "lake/device_events/month=2025-10/00ff.parquet", "lake/files/.00ff.json.77"):
        path = config.data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half")
    (config.quarantine_dir / "gone.csv").write_text("file,line,column,reason\n")
    (config.quarantine_dir / ".gone.csv.77").write_text("half")
    ingest(config, [])
    assert contents(config) == before


def test_what_is_written_has_no_temporary_file(tmp_path: Path) -> None:
    config, _ = read(tmp_path, FILES)
    hidden = [name for name in contents(config) if any(part.startswith(".") for part in name.split("/"))]
    assert hidden == []


def test_raw_files_are_never_touched(tmp_path: Path) -> None:
    config, _ = read(tmp_path, FILES)
    assert {p.name: p.read_text() for p in config.raw_dir.iterdir()} == FILES


def test_rows_are_filed_by_month_and_file(tmp_path: Path) -> None:
    config, records = read(tmp_path, FILES)
    assert records["both.ndjson"].months == ("2025-10", "2025-11")
    names = [name for name in contents(config) if name.endswith(".parquet")]
    shas = {file: records[file].sha for file in ("october.csv", "november.csv", "both.ndjson")}
    expected = [("2025-10", "october.csv"), ("2025-10", "both.ndjson"), ("2025-11", "november.csv"), ("2025-11", "both.ndjson")]
    assert sorted(names) == sorted(f"lake/device_events/month={month}/{shas[file]}.parquet" for month, file in expected)


def test_hidden_files_and_readmes_are_no_exports(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    for name in (".october.csv", ".cache/october.csv", "README.md", "LISEZMOI.txt", "sub/readme.md"):
        drop(config, name, EVENTS)
    assert ingest(config, []) == []


def test_paths_outside_the_raw_folder_may_be_given(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    elsewhere = tmp_path / "elsewhere" / "october.csv"
    elsewhere.parent.mkdir()
    elsewhere.write_text(EVENTS)
    [record] = ingest(config, [elsewhere, elsewhere.parent])
    assert (record.file, record.rows_loaded) == ("october.csv", 2)


def test_another_run_at_work_ends_with_its_own_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = keyed_config(tmp_path)
    monkeypatch.setattr(sys, "argv", ["cartable", "ingest", "--data-dir", str(config.data_dir)])
    with FileLock(config.data_dir / ".lock"), pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    assert "Another run of Cartable works in" in capsys.readouterr().err


def test_what_the_engine_stumbles_over_is_refused_without_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb

    def stumble(*_: object) -> None:
        raise duckdb.ConversionException('Could not convert string "Léa Durand" to INT32')

    monkeypatch.setattr(ingest_module, "find_faults", stumble)
    config, records = read(tmp_path, FILES)
    assert {r.status for r in records.values()} == {REFUSED}
    assert records["october.csv"].message.startswith(
        "october.csv: the engine stumbled over it (ConversionException), and nothing of it was kept."
    )
    assert "Durand" not in json.dumps([r.message for r in records.values()])
    assert lake_rows(config, "device_events", "device_key") == []


def test_the_newest_roster_row_wins_and_the_order_is_that_of_arrival(tmp_path: Path) -> None:
    config, _ = read(tmp_path, {"devices.csv": "device_id,kind\nd1,individual\n"})
    drop(config, "devices-2.csv", "device_id,kind\nd1,shared\n")
    ingest(config, [])
    assert [r.sequence for r in Lake(config).records()] == [1, 2]


def test_why_rows_are_set_aside_is_counted_and_adds_up(tmp_path: Path) -> None:
    bad = "d1,app,Main,hier,1\nd2,app,Main,hier,1\nd3,app,Main,0,1\nd4,app,Main,1759734000000,un\nshort\n,app,Main,1759734000000,1\n"
    config, records = read(tmp_path, {"october.csv": HEAD + row(1) + bad, "good.csv": LATER})
    record = records["october.csv"]
    assert record.set_aside == (
        ("timeStamp", "not a date. Expected milliseconds since 1970", 2),
        ("", "fewer than the 5 columns of the header", 1),
        ("deviceId", "empty", 1),
        ("eventType", "not a whole number", 1),
        ("timeStamp", "the date is outside 2010 to today: the clock of the device was wrong", 1),
    )
    assert record.rows_quarantined == len(quarantined(config, record)) == 6
    assert records["good.csv"].set_aside == ()
    assert {r.file: r for r in Lake(config).records()} == records
    assert "hier" not in (config.lake_dir / "files" / f"{record.sha}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("set_aside", [(), (("uai", "empty", 1),), (("uai", "empty", 2), ("", "not valid JSON", 1))])
def test_reasons_that_do_not_add_up_are_no_record(set_aside: tuple[tuple[str, str, int], ...]) -> None:
    with pytest.raises(AssertionError, match="2 rows set aside"):
        FileRecord("a.csv", "0", "0", LOADED, rows_read=3, rows_loaded=1, rows_quarantined=2, set_aside=set_aside)


def forget_reasons(config: Config) -> None:
    """Makes the ledger one from before reasons were counted."""
    for path in (config.lake_dir / "files").iterdir():
        content = json.loads(path.read_text(encoding="utf-8"))
        del content["set_aside"]
        path.write_text(json.dumps(content), encoding="utf-8")


def test_a_ledger_without_reasons_is_read_and_renewed_from_the_raw_files(tmp_path: Path) -> None:
    config, first = read(tmp_path, FILES)
    before = contents(config)
    forget_reasons(config)
    old = {r.file: r.set_aside for r in Lake(config).records()}
    assert old == {"october.csv": (("", UNCOUNTED, 1),), "november.csv": (), "both.ndjson": (), "unknown.csv": ()}
    told: list[tuple[str, bool]] = []
    ingest(config, [], lambda record, is_new: told.append((record.file, is_new)))
    again = {r.file: r for r in Lake(config).records()}
    assert {file: replace(r, edition=0) for file, r in again.items()} == first
    assert {file: r.edition for file, r in again.items()} == {"october.csv": 1, "november.csv": 0, "both.ndjson": 0, "unknown.csv": 0}
    assert sorted(told) == [("both.ndjson", False), ("november.csv", False), ("october.csv", True), ("unknown.csv", True)]
    month, sha = "lake/device_events/month=2025-10", first["october.csv"].sha
    after = contents(config)  # what stood is never written over: the rows are written anew beside it
    assert after.pop(f"{month}/{sha}.1.parquet") == before.pop(f"{month}/{sha}.parquet")
    assert after.keys() == before.keys()
    assert {n for n in after if after[n] != before[n]} <= {n for n in before if n.startswith("lake/files/")}


def test_a_ledger_without_reasons_keeps_what_is_no_longer_in_the_raw_folder(tmp_path: Path) -> None:
    config, _ = read(tmp_path, {"october.csv": EVENTS})
    forget_reasons(config)
    (config.raw_dir / "october.csv").unlink()
    ingest(config, [])
    assert [r.set_aside for r in Lake(config).records()] == [(("", UNCOUNTED, 1),)]
    assert len(lake_rows(config, "device_events", "device_key")) == 2


def sequences(config: Config) -> dict[str, int]:
    return {r.sha: r.sequence for r in Lake(config).records()}


def test_a_roster_that_is_read_again_keeps_its_place_in_the_order(tmp_path: Path) -> None:
    config, _ = read(tmp_path, {"devices.csv": "device_id,kind\nd1,individual\nd2,nobody's\n"})
    drop(config, "corrected/devices.csv", "device_id,kind\nd1,shared\nd3,nobody's\n")
    ingest(config, [])
    before = sequences(config)
    assert sorted(before.values()) == [1, 2]
    forget_reasons(config)
    ingest(config, [])
    assert sequences(config) == before


def test_a_roster_dropped_as_it_was_before_its_correction_counts_again_even_when_it_must_be_read_again(tmp_path: Path) -> None:
    first, corrected = "device_id,kind\nd1,individual\nd2,nobody's\n", "device_id,kind\nd1,shared\n"
    config, records = read(tmp_path, {"devices.csv": first})
    drop(config, "devices.csv", corrected)
    ingest(config, [])
    forget_reasons(config)
    drop(config, "devices.csv", first)
    ingest(config, [])
    assert max(sequences(config).items(), key=lambda each: each[1])[0] == records["devices.csv"].sha


@pytest.mark.parametrize("key", ['"', "*", "", "a/b~c", "$", "[0]", "\\", "a.b", "'; DROP TABLE records; --"])
def test_a_json_field_of_any_name_is_looked_at(key: str, tmp_path: Path) -> None:
    event = {"deviceId": "d1", "packageName": "a", "timeStamp": 1759734000000, "eventType": 1}
    _, plain = read_one(tmp_path / "plain", "e.ndjson", json.dumps({**event, key: "blue"}))
    assert (plain.message, plain.rows_loaded) == ("", 1)
    _, refused = read_one(tmp_path / "named", "e.ndjson", json.dumps({**event, key: "zoe.inventee@example.org"}))
    assert "it holds e-mail addresses" in refused.message and "inventee" not in refused.message
