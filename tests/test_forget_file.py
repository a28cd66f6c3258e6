"""`cartable forget FILE`: what a file brought is gone, everything else stands, and the same bytes come back only on purpose."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.config import Config
from analysis.errors import UserError
from analysis.forgetting import files as forgetting
from analysis.forgetting.files import FilesForgotten, bring_back, forget_files
from analysis.ingest import ingest
from analysis.lake import FORGOTTEN, FileRecord, Lake
from analysis.retention import load_retention
from analysis.tables import load_tables
from tests.hand_made import Kept, Town, run, write_csv
from tests.reading import key, keyed_config, lake_rows, left_behind, packed
from tests.test_build import contents

OCTOBER, SECRET = "tablets/october.ndjson", {key("device", "d7"), "secret.app"}


def events(device: str, app: str, day: str) -> str:
    """One use, the same line twice, and a line that is none."""
    lines = [json.dumps(e) for e in Town().app(device, app, f"{day}T07:00", f"{day}T07:20").events]
    return "\n".join([*lines, lines[0], "{", ""])


def write_town(config: Config, with_file: bool = True) -> Path:
    raw = Town(pupils=2).write(config)
    (raw / "tablets").mkdir()
    (raw / "tablets/september.ndjson").write_text(events("d1", "a", "2025-09-08"))
    if with_file:
        (raw / OCTOBER).write_text(events("d7", "secret.app", "2025-10-06"))
    return raw


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    config = keyed_config(tmp_path_factory.mktemp("read"))
    write_town(config)
    ingest(config, [])
    return Kept(config)


@pytest.fixture
def town(read_once: Kept) -> Config:
    """Two pupils with logs of two months; only the second speaks of the tablet d7 and of an app."""
    return read_once.back()


def do(config: Config, *names: str) -> FilesForgotten:
    return forget_files(config, list(names), is_sure=True)


def kept(config: Config) -> dict[str, list[tuple]]:
    return {t.name: lake_rows(config, t.name, *(c.name for c in t.columns)) for t in load_tables().values()}


def records(config: Config) -> dict[str, FileRecord]:
    return {r.file: r for r in Lake(config).records()}


def cartable(config: Config, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*options, "--data-dir", str(config.data_dir)])
    return result.exit_code, " ".join(result.output.split())


def test_what_it_brought_is_gone_and_the_rest_is_as_if_it_had_never_come(town: Config, tmp_path: Path) -> None:
    run(town)
    assert left_behind(town, SECRET) == SECRET
    told = do(town, OCTOBER)
    assert [(f.file, f.rows, f.is_in_raw) for f in told.files] == [(OCTOBER, 2, True)]
    assert left_behind(town, SECRET) == set()
    assert not any(name.encode() in path.read_bytes() for name in SECRET for path in town.data_dir.glob("*.duckdb"))
    never = keyed_config(tmp_path / "never")
    write_town(never, with_file=False)
    run(never)
    assert kept(town) == kept(never)
    assert contents(town) == contents(never)


def test_rows_stay_accounted_for_and_a_note_says_when_which_and_how_many(town: Config) -> None:
    before = records(town)[OCTOBER]
    assert (town.quarantine_dir / before.quarantine).exists()
    do(town, OCTOBER)
    after = records(town)[OCTOBER]
    told = (after.status, after.rows_read, after.rows_loaded, after.rows_quarantined, after.rows_duplicate, after.rows_forgotten)
    assert told == (FORGOTTEN, 4, 2, 1, 1, 2)
    assert not (town.quarantine_dir / before.quarantine).exists()
    [note] = load_retention(town).files
    assert (note.sha, note.rows, len(note.on)) == (before.sha, 2, 10)


def test_the_same_bytes_stay_out_under_any_name(town: Config) -> None:
    do(town, OCTOBER)
    before = kept(town)
    raw = town.raw_dir
    name, content = packed("october.ndjson", (raw / OCTOBER).read_bytes(), "zip")
    (raw / name).write_bytes(content)
    shutil.move(raw / OCTOBER, raw / "renamed.ndjson")
    found = [r for r in ingest(town, []) if r.status == FORGOTTEN]
    assert len(found) == 2 and all("cartable ingest --again" in r.message and "forgotten on 20" in r.message for r in found)
    shutil.rmtree(town.lake_dir)  # to start over from the raw files
    found = [r for r in ingest(town, []) if r.status == FORGOTTEN]
    assert {r.file for r in found} == {"renamed.ndjson", "october.ndjson.zip/export/october.ndjson"}
    assert [r.rows_read for r in found] == [0, 0]  # nothing of them was as much as written down
    assert kept(town) == before


def test_it_comes_back_on_purpose_alone(town: Config) -> None:
    before = kept(town)
    do(town, OCTOBER)
    with pytest.raises(UserError, match="name the files"):
        bring_back(town, [])
    bring_back(town, [town.raw_dir / "people.csv"])  # was never forgotten
    ingest(town, [])
    assert kept(town) != before
    bring_back(town, [town.raw_dir / OCTOBER])
    ingest(town, [])
    assert kept(town) == before
    assert load_retention(town).files == ()


def test_the_commands_say_what_is_done_and_what_the_owner_must(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    import base64

    from analysis.pseudonyms import KEY_VARIABLE
    from tests.reading import KEY

    monkeypatch.setenv(KEY_VARIABLE, base64.b64encode(KEY).decode())
    before, path = kept(town), str(town.raw_dir / OCTOBER)
    code, plan = cartable(town, "forget", OCTOBER)
    assert code == 0 and "2 rows in the lake; what was read from it would go" in plan and "--yes" in plan
    assert kept(town) == before and not (town.data_dir / "forgotten.json").exists()
    code, done = cartable(town, "forget", path, "--yes")
    assert code == 0 and "is gone" in done and f"only you can delete it: {OCTOBER}" in done
    code, told = cartable(town, "ingest")
    assert code == 0 and f"{OCTOBER}: forgotten on 20" in told  # a timer goes on; whoever names the file is refused
    code, told = cartable(town, "ingest", path)
    assert code == 2 and "forgotten on 20" in told
    code, told = cartable(town, "ingest", "--again", path)
    assert code == 0 and kept(town) == before
    assert cartable(town, "forget", OCTOBER, "--person", "p1")[0] != 0
    assert cartable(town, "forget")[0] != 0


@pytest.mark.parametrize("name", ["OCTOBER's SHA", "tablets", "path", "gone"])
def test_a_file_may_be_named_as_it_suits(town: Config, name: str) -> None:
    names = {"OCTOBER's SHA": records(town)[OCTOBER].sha[:8], "tablets": "tablets", "path": str(town.raw_dir / OCTOBER), "gone": OCTOBER}
    if name == "gone":
        (town.raw_dir / OCTOBER).unlink()
    told = do(town, names[name])
    assert {f.file for f in told.files} == {OCTOBER, *(["tablets/september.ndjson"] if name == "tablets" else [])}
    assert [f.is_in_raw for f in told.files if f.file == OCTOBER] == [name != "gone"]


def test_one_member_of_an_archive_and_the_whole(town: Config) -> None:
    import zipfile

    with zipfile.ZipFile(town.raw_dir / "a.zip", "w") as archive:
        archive.writestr("b.ndjson", events("d1", "b", "2025-11-03"))
        archive.writestr("c.ndjson", events("d2", "c", "2025-11-04"))
    ingest(town, [])
    do(town, "a.zip/b.ndjson")
    assert {a for (a,) in lake_rows(town, "device_events", "app_id")} == {"a", "secret.app", "c"}
    ingest(town, [])
    do(town, "a.zip")
    ingest(town, [])
    assert {a for (a,) in lake_rows(town, "device_events", "app_id")} == {"a", "secret.app"}


def test_a_copy_takes_the_rows_with_it(town: Config) -> None:
    """They were loaded once, for whichever came first."""
    name, content = packed("october.ndjson", (town.raw_dir / OCTOBER).read_bytes(), "gz")
    (town.raw_dir / name).write_bytes(content)
    ingest(town, [])
    told = do(town, name)
    assert {f.file for f in told.files} == {OCTOBER, name}
    assert left_behind(town, SECRET) == set()


def test_an_older_version_alone_by_its_sha(town: Config) -> None:
    old = records(town)["people.csv"]
    write_csv(town.raw_dir / "people.csv", [{"person_id": "p2", "profile": "student"}])
    ingest(town, [])
    assert left_behind(town, {key("person", "p1")}) != set()
    do(town, old.sha)
    assert lake_rows(town, "people", "person_key") == [(key("person", "p2"),)]


def test_without_the_newer_version_the_older_counts_again(town: Config) -> None:
    from analysis.standing import standing_of

    before = kept(town)["people"]
    write_csv(town.raw_dir / "people.csv", [{"person_id": "p2", "profile": "student"}])
    newer = next(r for r in ingest(town, []) if r.file == "people.csv" and r.rows_loaded == 1)
    do(town, newer.sha)
    assert kept(town)["people"] == before
    [older] = [s for s in standing_of(Lake(town), []) if s.file == "people.csv" and s.what != "forgotten"]
    assert older.counts


def test_a_name_of_which_nothing_was_read(town: Config) -> None:
    (town.raw_dir / "colours.csv").write_text("colour\nred\n")
    ingest(town, [])
    before = kept(town), records(town)
    for name in ("never.csv", "colours.csv", "", "e" * 9, "octo", str(town.raw_dir)):
        with pytest.raises(UserError):
            do(town, OCTOBER, name)
    assert (kept(town), records(town)) == before


def test_the_last_file_takes_the_warehouse_with_it(town: Config) -> None:
    town.warehouse.write_bytes(b"of before")
    told = do(town, *{r.file for r in Lake(town).loaded()})
    assert told.warehouse_error == ""
    assert not town.warehouse.exists()
    assert all(found == [] for found in kept(town).values())


class Killed(BaseException):
    """What a killed process looks like from inside."""


def test_killed_after_the_note_the_next_ingest_goes_on(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as killing:
        killing.setattr(forgetting, "keep_notes", killed)
        with pytest.raises(Killed):
            do(town, OCTOBER)
    assert left_behind(town, SECRET) == SECRET
    ingest(town, [])
    assert left_behind(town, SECRET) == set()
    assert records(town)[OCTOBER].status == FORGOTTEN
