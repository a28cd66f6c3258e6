"""What the disclosure publishes of all schools together and of what arrived: a town of two schools, counted by hand."""

import datetime as dt
import json
from pathlib import Path

import pytest

from analysis.build import build
from analysis.config import Config
from analysis.ingest import ingest
from tests.hand_made import UAI, Town, config_in, rows, run, write_csv

OTHER = "9980001C"  # invented, and in another zone
SCHOOL = {"school_year": "2025-2026", "week_pattern": "4", "bells": "08:30-11:30,13:30-16:30", "timezone": "Europe/Paris"}


def write_second_school(raw: Path) -> None:
    """Beside p1 and p2 with Android tablets in zone C: p3 with a tablet and one class with a trolley in zone A."""
    first = {**SCHOOL, "uai": UAI, "name": "École du Test", "zone": "C", "commune": "Valmont", "sector": "public"}
    write_csv(raw / "schools.csv", [first, {**first, "uai": OTHER, "name": "École B", "zone": "A", "commune": "Autreville"}])
    write_csv(raw / "classes2.csv", [{"class_id": "k2", "uai": OTHER, "school_year": "2025-2026", "levels": "CP"}])
    write_csv(raw / "people2.csv", [{"person_id": "p3", "profile": "student"}])
    enrolment = {"person_id": "p3", "class_id": "k2", "uai": OTHER, "level": "CP", "from_date": "2025-09-01"}
    write_csv(raw / "enrolments2.csv", [enrolment])
    devices = [{"device_id": "d3", "kind": "individual", "os": "Android"}, {"device_id": "t1", "kind": "shared", "os": "iPadOS"}]
    write_csv(raw / "devices2.csv", devices)
    held = [{"device_id": "d3", "person_id": "p3", "class_id": ""}, {"device_id": "t1", "person_id": "", "class_id": "k2"}]
    write_csv(raw / "assignments2.csv", [{**each, "from_date": "2025-09-01"} for each in held])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Use from February to March 2026; one faulty row, one duplicate, one tablet of nobody, two events of 2015."""
    config = config_in(tmp_path_factory.mktemp("town"), territory="Val d'Essai")
    made = Town(pupils=2).app("d1", "a", "2026-02-03T09:00", "2026-02-03T09:10").app("d3", "a", "2026-03-10T09:00", "2026-03-10T09:10")
    made.app("d9", "a", "2026-02-05T09:00", "2026-02-05T09:10").app("d1", "a", "2015-01-01T09:00", "2015-01-01T09:10")
    made.event("d2", "a", 99_999, "2026-02-06T09:00")
    made.events.append(made.events[0])
    write_second_school(made.write(config))
    run(config)
    return config


def test_the_territory_is_all_schools_and_what_they_have_in_common(town: Config) -> None:
    columns = (
        "name, commune, sector, ips, pupils, classes, levels, individual_devices, shared_devices, device_evidence, systems, is_invented"
    )
    found = rows(town, f"SELECT {columns} FROM published.schools WHERE uai = 'territory' AND period = '2026-02'")
    assert found == [("Val d'Essai", None, "public", None, 3, 2, "CE1|CP", 10, 10, "foreground", "Android|iPadOS", False)]


def test_each_period_of_the_schools_is_one_of_the_territory(town: Config) -> None:
    query = "SELECT DISTINCT period FROM published.{} WHERE {} ORDER BY ALL"
    for table in ("schools", "periods"):
        assert rows(town, query.format(table, "uai = 'territory'")) == rows(town, query.format(table, "uai <> 'territory'"))


def test_a_period_of_the_territory_goes_from_the_earliest_to_the_latest_day(town: Config) -> None:
    """Between winter and spring: zone C goes back to school on 9 March, zone A on 23 February until 3 April, C until 17 April."""
    found = rows(town, "SELECT from_date, to_date, school_days FROM published.periods WHERE uai = 'territory' AND period = '2025-P4'")
    # data end on 31 March; zone A has the more school days: 4 a week for 5 weeks, then Monday 30 and Tuesday 31 March
    assert found == [(dt.date(2026, 2, 23), dt.date(2026, 4, 17), 22)]


def test_holidays_of_the_territory_are_the_days_that_all_schools_share(town: Config) -> None:
    """Winter: 7 to 22 February in zone A, 21 February to 8 March in zone C."""
    query = "SELECT name, from_date, to_date FROM published.holidays WHERE uai = 'territory' AND period = '{}'"
    assert rows(town, query.format("2026-02")) == [("hiver", dt.date(2026, 2, 21), dt.date(2026, 2, 22))]
    assert rows(town, query.format("2026-03")) == []


def test_a_source_of_the_territory_spans_those_of_its_schools(town: Config) -> None:
    found = rows(town, "SELECT uai, first_day, last_day FROM published.sources WHERE period = '2025-2026' ORDER BY ALL")
    first, last = dt.date(2026, 2, 3), dt.date(2026, 3, 10)
    assert found == [(UAI, first, first), (OTHER, last, last), ("territory", first, last)]


def test_what_arrived_is_counted_by_source(town: Config) -> None:
    """Ten lines: eight ends of spans, one impossible type, one line twice."""
    columns = "files, rows_read, rows_loaded, rows_set_aside, rows_duplicate, first_day, last_day"
    found = rows(town, f"SELECT {columns} FROM published.arrivals WHERE source = 'android_usage_events'")
    assert found == [(1, 10, 8, 1, 1, dt.date(2026, 2, 3), dt.date(2026, 3, 10))]
    assert rows(town, "SELECT files, rows_read, first_day FROM published.arrivals WHERE source = 'roster_people'") == [(2, 3, None)]


def test_reasons_unplaced_tablets_and_wrong_clocks_are_counted(town: Config) -> None:
    assert rows(town, 'SELECT source, "column", row_count FROM published.set_aside') == [("android_usage_events", "eventType", 1)]
    assert rows(town, "SELECT source, devices, row_count FROM published.unplaced") == [("android_usage_events", 1, 2)]
    assert rows(town, "SELECT source, kind, row_count FROM published.clock_errors") == [("android_usage_events", "before_data", 2)]


def test_no_name_of_a_file_and_no_value_of_a_row_is_published(town: Config) -> None:
    tables = rows(town, "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'published'")
    written = " ".join(str(rows(town, f'SELECT * FROM published."{name}"')) for (name,) in tables)
    assert len(tables) >= 11
    assert not [word for word in ("events.ndjson", "people2", "99999", "99_999", "d9") if word in written]


def test_a_series_break_reaches_the_territory_when_one_school_has_the_source(tmp_path: Path) -> None:
    """The break of 3 June 2026 in the portal's events, of which the first school alone has any."""
    config = config_in(tmp_path)
    raw = Town(pupils=2).write(config)
    write_second_school(raw)
    write_csv(raw / "structures.csv", [{"structure_id": "s1", "uai": UAI}])
    stamp = int(dt.datetime(2026, 6, 5, 9, tzinfo=dt.UTC).timestamp() * 1000)
    event = {"event-type": "LOGIN", "module": "Auth", "date": stamp, "userId": "p1", "profil": "Student", "structures": ["s1"]}
    (raw / "ent.ndjson").write_text(json.dumps(event) + "\n")
    ingest(config, [])
    build(config)
    found = rows(config, "SELECT uai, code FROM published.notes WHERE period = '2026-06' ORDER BY ALL")
    assert found == [(UAI, "ent_one_access_dedup"), ("territory", "ent_one_access_dedup")]
