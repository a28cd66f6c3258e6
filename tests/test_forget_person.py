"""`cartable forget --person`: nothing of one person is left anywhere, everything of the others is, and no export brings the person back."""

import base64
import json
import shutil
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from analysis import build as building
from analysis import ingest as ingesting
from analysis.build import build
from analysis.cli import app
from analysis.config import Config
from analysis.disclosure.queries import query
from analysis.errors import UserError
from analysis.forgetting import forget as renewing
from analysis.forgetting.person import PersonForgotten, forget_person
from analysis.ingest import ingest
from analysis.lake import FileRecord, Lake
from analysis.pseudonyms import KEY_VARIABLE
from analysis.retention import load_retention
from analysis.tables import load_tables
from tests.erasable_town import P1_ACCOUNTS, ent, moodle, rosters, write_town
from tests.hand_made import Kept, Town, config_in, write_csv
from tests.reading import KEY, key, keyed_config, lake_rows, left_behind
from tests.test_build import contents

P1 = {"ent-1", *(key("person", name) for name in ("p1", "ent-1", "37"))}  # "p1" and "37" alone stand in hashes and in times


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    config = keyed_config(tmp_path_factory.mktemp("town"))
    write_town(config)
    ingest(config, [])
    return Kept(config)


@pytest.fixture
def town(read_once: Kept) -> Config:
    """The town as it was read."""
    return read_once.back()


@pytest.fixture(scope="module")
def forgotten_once(read_once: Kept, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = shutil.copytree(read_once.back().data_dir.parent, tmp_path_factory.mktemp("forgotten"), dirs_exist_ok=True)
    do(config := config_in(folder))
    return Kept(config)


@pytest.fixture
def forgotten(forgotten_once: Kept) -> Config:
    """The town as it was read, without p1."""
    return forgotten_once.back()


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """The same town, in which p1 never was."""
    config = keyed_config(tmp_path_factory.mktemp("without"))
    write_town(config, without="p1")
    ingest(config, [])
    return config


def do(config: Config, who: str = "p1", system: str = "roster") -> PersonForgotten:
    return forget_person(config, who, system, is_sure=True)


def kept(config: Config) -> dict[str, list[tuple]]:
    """Every row of the lake, by table."""
    return {t.name: lake_rows(config, t.name, *(c.name for c in t.columns)) for t in load_tables().values()}


def records(config: Config) -> dict[str, FileRecord]:
    return {r.file: r for r in Lake(config).records()}


def command(config: Config, *options: str, typed: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["forget", "--data-dir", str(config.data_dir), *options], input=typed)
    return result.exit_code, result.output + (str(result.exception) if result.exit_code and result.exception else "")


# the portal's own account "p1" is taken for p1 too: no roster gives it to anybody else
GONE = {
    "assignments": 3,
    "device_events": 6,
    "enrolments": 1,
    "identifiers": 2,
    "people": 1,
    "portal_events": 3,
    "sightings": 3,
    "trainings": 1,
    "use_totals": 3,
}


def test_every_row_of_the_person_goes_and_every_row_of_others_stays(town: Config, without: Config) -> None:
    """In the lake and in the warehouse, decoded and byte by byte."""
    build(town)
    assert left_behind(town, P1) == P1 - {"ent-1"}
    told = do(town)
    assert (told.rows, told.is_linked, told.was_before, told.is_done, told.warehouse_error) == (GONE, True, False, True, "")
    assert kept(town) == kept(without)
    build(without)
    found, expected = contents(town), contents(without)
    assert found.pop("published.arrivals") != expected.pop("published.arrivals")  # it counts what the files held when they arrived
    assert found == expected
    assert left_behind(town, P1) == set()
    assert left_behind(town, {key("person", "p2"), key("device", "d1")}) == {key("person", "p2"), key("device", "d1")}
    # the database was made anew: no page of the old one is among its bytes
    assert not any(name.encode() in path.read_bytes() for name in P1 for path in town.data_dir.glob("*.duckdb"))


@pytest.mark.parametrize(("who", "system"), [("ent-1", "ent"), (" ENT-1 ", "ENT"), ("37", "moodle")])
def test_an_account_is_as_good_a_name_as_the_registers(town: Config, without: Config, who: str, system: str) -> None:
    assert do(town, who, system).rows == GONE
    assert kept(town) == kept(without)


def test_rows_read_stay_accounted_for(town: Config) -> None:
    before = records(town)
    do(town)
    for name, record in records(town).items():
        old = before[name]
        assert (record.rows_read, record.rows_loaded, record.set_aside) == (old.rows_read, old.rows_loaded, old.set_aside)
    after = Lake(town)
    assert {t: sum(r.rows_forgotten for r in after.loaded(t)) for t in GONE} == GONE
    for table, found in kept(town).items():
        assert len(found) == sum(r.rows_kept for r in after.loaded(table)), table


def test_raw_files_that_still_stand_do_not_bring_the_person_back(forgotten: Config) -> None:
    before = kept(forgotten), records(forgotten)
    ingest(forgotten, [])
    assert (kept(forgotten), records(forgotten)) == before


def test_nor_do_newer_exports_and_their_rows_are_counted(forgotten: Config, without: Config) -> None:
    raw = forgotten.raw_dir
    write_csv(raw / "people.csv", [*rosters()["people"], {"person_id": "p5", "profile": "student", "sex": "M", "social_band": "x"}])
    (raw / "ent-2.ndjson").write_text(ent("ent-1", "2025-11-03T07:00") + ent("ent-2", "2025-11-03T07:00"))
    (raw / "moodle-2.csv").write_text(moodle("38", "37"))
    events = Town().app("d1", "b", "2025-10-02T07:00", "2025-10-02T07:20").app("d1", "b", "2025-10-13T07:00", "2025-10-13T07:20").events
    (raw / "events-2.ndjson").write_text("\n".join(map(json.dumps, events)) + "\n")
    found = {r.file: r for r in ingest(forgotten, [])}
    told = {name: (found[name].rows_loaded, found[name].rows_forgotten) for name in ("ent-2.ndjson", "moodle-2.csv", "events-2.ndjson")}
    assert told == {"ent-2.ndjson": (2, 1), "moodle-2.csv": (2, 1), "events-2.ndjson": (4, 2)}
    assert left_behind(forgotten, P1) == set()
    assert [when for (when,) in lake_rows(forgotten, "device_events", "happened_at") if when.startswith("2025-10-02")] == []
    assert len(kept(forgotten)["portal_events"]) == len(kept(without)["portal_events"]) + 2


def test_nor_does_a_lake_that_is_made_anew(forgotten: Config, without: Config) -> None:
    shutil.rmtree(forgotten.lake_dir)
    ingest(forgotten, [])
    assert kept(forgotten) == kept(without)


@pytest.mark.parametrize("name", ["people.csv", *(pytest.param(n, marks=pytest.mark.slow) for n in ("identifiers.csv", "assignments.csv"))])
def test_it_does_not_matter_which_roster_comes_late(tmp_path: Path, without: Config, name: str) -> None:
    """Asked for before a roster has come that tells more: what it links goes then."""
    config = keyed_config(tmp_path)
    late = write_town(config) / name
    later = tmp_path / name
    shutil.move(late, later)
    ingest(config, [])
    do(config)
    shutil.move(later, late)
    ingest(config, [])
    assert kept(config) == kept(without)
    assert left_behind(config, P1) == set()


def test_logs_that_come_after_are_the_next_holders_from_the_day_that_a_late_roster_says(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    raw = Town(pupils=2).write(config)
    write_csv(raw / "devices.csv", [{"device_id": d, "kind": "individual", "os": "Android"} for d in ("d1", "d2")])
    write_csv(raw / "assignments.csv", [{"device_id": "d1", "person_id": "p1", "from_date": "2025-09-01"}])
    ingest(config, [])
    do(config)
    events = Town().app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").app("d1", "a", "2025-10-13T07:00", "2025-10-13T07:05").events
    (raw / "events.ndjson").write_text("\n".join(map(json.dumps, events)) + "\n")
    ingest(config, [])
    assert lake_rows(config, "device_events", "happened_at") == []
    write_csv(raw / "assignments-2.csv", [{"device_id": "d1", "person_id": "p2", "from_date": "2025-10-13"}])
    ingest(config, [])
    assert {when[:10] for (when,) in lake_rows(config, "device_events", "happened_at")} == {"2025-10-13"}
    before = kept(config), records(config)
    ingest(config, [])
    assert (kept(config), records(config)) == before


def test_an_account_that_the_registers_give_to_somebody_else_is_theirs(forgotten: Config) -> None:
    """identifiers.csv had said that Moodle's 37 is p1: a corrected one says p2."""
    accounts = [{**row, "person_id": "p2"} if row["identifier"] == "37" else row for row in rosters()["identifiers"]]
    write_csv(forgotten.raw_dir / "identifiers.csv", accounts)
    ingest(forgotten, [])
    assert (key("person", "37"),) in lake_rows(forgotten, "portal_events", "person_key")
    assert left_behind(forgotten, P1 - {key("person", "37")}) == set()


def test_the_same_number_in_another_system_is_somebody_else(town: Config) -> None:
    """The roster's 38 is not the 38 whom Moodle means, for identifiers.csv says who that is."""
    write_csv(town.raw_dir / "people-2.csv", [{"person_id": "38", "profile": "student"}])
    ingest(town, [])
    before = kept(town)
    assert do(town, "38").rows == {"people": 1}
    assert {name for name, found in kept(town).items() if found != before[name]} == {"people"}


def test_rosters_that_a_newer_one_replaced_lose_the_person_too(town: Config) -> None:
    """p1 was taken out of every roster first, as a town may do: only what they said before tells whose tablet d1 was."""
    for name, found in rosters().items():
        if any("person_id" in row for row in found):
            write_csv(town.raw_dir / f"{name}.csv", [row for row in found if row.get("person_id") != "p1"])
    ingest(town, [])
    assert left_behind(town, P1) != set()
    do(town)
    assert left_behind(town, P1) == set()
    used = {when[:10] for (when,) in lake_rows(town, "device_events", "happened_at")}
    assert "2025-10-14" not in used  # d3 has no other holder: p1 had it that week


def test_an_account_that_no_roster_names(town: Config) -> None:
    (town.raw_dir / "ent.ndjson").write_text(ent("ent-8") + ent("ent-2"))
    ingest(town, [])
    told = do(town, "ent-8", "ent")
    assert (told.rows, told.is_linked) == ({"portal_events": 1}, False)
    assert left_behind(town, {key("person", "ent-8")}) == set()
    (town.raw_dir / "ent-9.ndjson").write_text(ent("ent-8", "2025-12-01T07:00"))
    ingest(town, [])
    assert left_behind(town, {key("person", "ent-8")}) == set()


@pytest.mark.parametrize(("who", "system"), [("p7", "roster"), ("p1", "moodle-2"), ("p7", "moodle"), ("", "roster"), ("37", "roster")])
def test_nobody_of_that_identifier(town: Config, who: str, system: str) -> None:
    before = kept(town), records(town)
    with pytest.raises(UserError) as refused:
        do(town, who, system)
    assert refused.value.exit_code == 2
    assert not who or who not in str(refused.value)
    assert (kept(town), records(town)) == before
    assert not (town.data_dir / "forgotten.json").exists()


def test_without_yes_nothing_changes_and_the_same_is_told(town: Config) -> None:
    before = {p: p.read_bytes() for p in town.data_dir.rglob("*") if p.is_file()}
    told = forget_person(town, "p1", "roster", is_sure=False)
    assert {p: p.read_bytes() for p in town.data_dir.rglob("*") if p.is_file()} == before
    assert (told.rows, told.is_done) == (GONE, False)
    assert "devices.csv" not in told.raw and {"people.csv", "events.ndjson", "ent.ndjson", "moodle.csv"} <= set(told.raw)
    assert do(town).raw == told.raw


def test_the_command_names_nobody(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, base64.b64encode(KEY).decode())
    code, plan = command(town, "--person", "-", typed="p1\n")
    assert code == 0 and "6 of device_events" in plan and "--yes" in plan
    code, done = command(town, "--person", "ent-1", "--system", "ent", "--yes")
    assert code == 0 and "are gone" in done and "people.csv" in done
    code, again = command(town, "--person", "ent-1", "--system", "ent", "--yes")
    assert code == 0 and "asked for before" in again and "Nothing of that person" in again
    assert left_behind(town, P1, plan, done, again) == set()


def test_done_twice_is_done_once(forgotten: Config) -> None:
    before = kept(forgotten), records(forgotten)
    again = do(forgotten)
    assert (again.rows, again.was_before) == ({}, True)
    assert (kept(forgotten), records(forgotten)) == before
    assert [rows for _, rows in load_retention(forgotten).on_request.runs] == [sum(GONE.values())]


def test_two_persons_one_after_the_other(forgotten: Config) -> None:
    do(forgotten, "p2")
    assert left_behind(forgotten, P1 | {key("person", n) for n in ("p2", "ent-2", "38")}) == set()
    assert lake_rows(forgotten, "people", "person_key") == sorted((key("person", n),) for n in ("p3", "p4", "p9"))
    assert len(load_retention(forgotten).on_request.runs) == 2


def test_forgotten_by_age_and_on_request(forgotten: Config) -> None:
    renewing.forget(forgotten, date(2025, 10, 1), is_sure=True)
    ingest(forgotten, [])
    assert load_retention(forgotten).on_request.runs
    assert left_behind(forgotten, P1) == set()
    assert lake_rows(forgotten, "people", "person_key") == sorted((key("person", n),) for n in ("p2", "p3", "p4"))


def test_the_list_holds_marks_only(forgotten: Config) -> None:
    text = (forgotten.data_dir / "forgotten.json").read_text()
    on_request = load_retention(forgotten).on_request
    assert len(on_request.accounts) == 3 and len(on_request.spans) == 3
    assert not any(name in text for name in (*P1, key("device", "d1"), '"p1"'))
    assert {(s.first, s.until) for s in on_request.spans} == {
        ("2025-09-01", "2025-10-12"),
        ("2025-10-13", "2025-10-17"),
        ("2025-09-01", ""),
    }


def test_another_key_does_not_bring_the_person_back_unseen(forgotten: Config) -> None:
    shutil.rmtree(forgotten.lake_dir)
    (forgotten.data_dir.parent / "key").write_bytes(bytes(32))
    with pytest.raises(UserError, match="another pseudonym key"):
        ingest(forgotten, [])


class Killed(BaseException):
    """What a killed process looks like from inside."""


def killed(*_: object) -> None:
    raise Killed


@pytest.mark.parametrize("step", [7, 21, *(pytest.param(step, marks=pytest.mark.slow) for step in (0, 14, 28))])
def test_a_crash_leaves_each_file_whole_or_cut_and_the_next_run_goes_on(
    town: Config, without: Config, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Killed before the n-th of: a file moved in, a record written, an old file removed."""
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
    if (town.data_dir / "forgotten.json").exists():
        ingest(town, [])
    else:
        do(town)
    assert kept(town) == kept(without)
    assert left_behind(town, P1) == set()


def test_killed_before_the_warehouse_was_made_again_the_next_run_makes_it(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    town.warehouse.write_bytes(b"of before")
    monkeypatch.setattr(renewing, "build", killed)
    for _ in range(2):
        with pytest.raises(Killed):  # asked for again, it comes to the warehouse again
            do(town)
    assert load_retention(town).on_request.runs


def test_a_build_after_an_ingest_that_was_killed_starts_without_the_person(forgotten: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    (forgotten.raw_dir / "ent-2.ndjson").write_text(ent("ent-1", "2025-11-03T07:00"))
    with monkeypatch.context() as killing:
        killing.setattr(ingesting, "forget_again", killed)
        with pytest.raises(Killed):
            ingest(forgotten, [])
    assert left_behind(forgotten, P1) != set()
    monkeypatch.setattr(building, "_build", killed)
    with pytest.raises(Killed):
        build(forgotten)
    assert left_behind(forgotten, P1) == set()


def test_the_ledger_still_knows_that_somebody_was_there(town: Config) -> None:
    """Without a trace, figures of before and after would differ by that pupil alone."""
    people = pl.DataFrame(
        {"uai": "x", "period": "2025-10", "person_key": [key("person", n) for n in ("p1", "p2")], "print": [7, 8], "data_to": None},
        schema_overrides={"print": pl.UInt64, "data_to": pl.Date},
    )
    folder = town.ledger_dir / "people"
    folder.mkdir(parents=True)
    for name in ("000001-2025-11-01", "000002-2025-12-01"):
        people.write_parquet(folder / f"{name}.parquet")
    do(town)
    assert left_behind(town, P1) == set()
    found = pl.concat([pl.read_parquet(path) for path in sorted(folder.glob("*.parquet"))])
    assert found.schema == people.schema
    theirs = found.filter(pl.col("person_key") != key("person", "p2"))
    assert theirs["person_key"].n_unique() == 1 and theirs["person_key"][0].startswith("forgotten-")
    assert theirs["print"].to_list() == [0, 0]
    assert found.filter(pl.col("person_key") == key("person", "p2"))["print"].to_list() == [8, 8]


def test_what_that_one_pupil_alone_would_revise_is_withheld(town: Config) -> None:
    """Of a school whose figures were released: the query that the gate asks, over what the ledger holds then and now."""
    pupils = [f"q{n}" for n in range(12)]
    then = pl.DataFrame({"uai": "x", "period": "2025-10", "person_key": ["forgotten-0", *pupils], "print": [0, *[7] * 12]})
    cut = pl.DataFrame({"uai": "x", "school_uai": "x", "period": "2025-10", "person_key": pupils, "breakdown": "all", "category": "all"})
    with duckdb.connect() as connection:
        connection.register("cut", cut)
        connection.execute("CREATE SCHEMA marts; CREATE TABLE marts.pupil_cut AS FROM cut")
        connection.execute("CREATE TABLE setting AS SELECT 'threshold' AS name, '11' AS value")
        connection.register("people_now", then.filter(pl.col("person_key") != "forgotten-0"))
        withheld = []
        for before in (then, then.filter(pl.col("person_key") != "forgotten-0")):
            connection.register("people_released", before)
            withheld.append(connection.execute(query("few_changed")).fetchall())
    assert withheld == [[("x", "2025-10", "all", "all")], []]  # with the trace, and as it would be without any


def test_every_table_that_names_persons_or_what_their_device_did_is_looked_through() -> None:
    """A new table with pseudonyms needs a file in analysis/forgetting/erasure, or a reason here."""
    from analysis.forgetting.erasure.plan import ROOM

    of_devices_alone = {"devices", "repairs"}  # a tablet and its repairs are the town's, whoever held it
    named = {t.name for t in load_tables().values() if any(c.pseudonym in ("person", "device") for c in t.columns)}
    assert named - of_devices_alone == {path.stem for path in ROOM.glob("*.sql")} & load_tables().keys()


def test_p1_is_all_over_the_raw_files(town: Config) -> None:
    """What the tests above look for is there to be found."""
    text = "".join(path.read_text() for path in town.raw_dir.iterdir())
    assert all(name in text for name in P1_ACCOUNTS)
