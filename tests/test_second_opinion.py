"""The SQL against the slow reading in plain Python, on random data: spans of use, minutes per day, visits."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.header import read_sql
from analysis.pseudonyms import load_pseudonyms
from tests.hand_made import Town, config_in, in_marts, rows
from tests.second_opinion import Event, seconds_by_day, stays, visits

MARTS = Path(__file__).parents[1] / "analysis" / "marts"
START = datetime(2025, 10, 6, 8, tzinfo=UTC)
TYPES = [1, 1, 1, 2, 2, 2, 3, 4, 5, 11, 15, 16, 17, 18, 23, 23, 24, 26, 27]


@st.composite
def event_logs(draw: st.DrawFn) -> list[Event]:
    """Up to 30 events of two devices, bunched in time so that ties, overlaps and long silences all occur."""
    steps = draw(st.lists(st.sampled_from([0, 1, 20, 600, 4000, 10_799, 10_801, 40_000]), min_size=1, max_size=30))
    at, log = START, []
    for step in steps:
        at += timedelta(seconds=step)
        device, app, activity = draw(st.sampled_from("xy")), draw(st.sampled_from("ab")), draw(st.sampled_from("mn"))
        log.append((device, app, activity, draw(st.sampled_from(TYPES)), at))
    return log


@settings(max_examples=200, deadline=None)
@given(event_logs())
def test_spans_of_use(log: list[Event]) -> None:
    assert spans_by_sql(log) == {key: spans for key, spans in stays(log).items() if spans}


@settings(max_examples=60, deadline=None)
@given(event_logs(), event_logs())
def test_two_evidences_of_one_device_are_read_apart(apps: list[Event], locks: list[Event]) -> None:
    """An agent that tells apps and a policy that tells locks, on the same devices: each as if the other were not there."""
    found = spans_by_sql(apps, locks)
    assert {key[1:]: spans for key, spans in found.items() if key[0] == "active"} == {
        k: spans for k, spans in stays(locks).items() if spans
    }
    assert {key[1:]: spans for key, spans in found.items() if key[0] == "foreground"} == {k: s for k, s in stays(apps).items() if s}


def spans_by_sql(log: list[Event], active: list[Event] | None = None) -> dict:
    """Spans by device and app; with a second log of evidence `active`, by evidence, device and app."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("CREATE SCHEMA lake")
        texts = ", ".join(f"{name} VARCHAR" for name in ("source", "evidence", "device_key", "app_id", "activity"))
        connection.execute(f"CREATE TABLE lake.device_events ({texts}, event INTEGER, happened_at TIMESTAMPTZ)")
        connection.executemany("INSERT INTO lake.device_events VALUES ('s', 'foreground', ?, ?, ?, ?, ?)", log)
        for event in active or []:
            connection.execute("INSERT INTO lake.device_events VALUES ('t', 'active', ?, ?, ?, ?, ?)", event)
        connection.execute("SET VARIABLE month_start = DATE '2025-10-01'")
        connection.execute("SET VARIABLE month_end = DATE '2025-10-31'")
        found: dict = {}
        query = f"SELECT evidence, device_key, app_id, started_at, ended_at FROM ({read_sql(MARTS / 'use_interval.sql').sql}) ORDER BY ALL"
        for evidence, device, app, start, end in connection.execute(query).fetchall():
            found.setdefault((device, app) if active is None else (evidence, device, app), []).append((start, end))
        return found


@pytest.mark.parametrize(("seed", "zone", "uai"), [(1, "Europe/Paris", "0920001B"), (2, "America/Martinique", "9720001U")])
def test_minutes_of_a_random_town_through_the_whole_path(tmp_path: Path, seed: int, zone: str, uai: str) -> None:
    """Sixty days of five pupils over a clock change, mid-month and month ends; every day compared."""
    chance, log = random.Random(seed), []
    town = Town(uai=uai, timezone=zone, pupils=5)
    for number in range(1, 6):
        at = datetime(2025, 9, 20, tzinfo=UTC)
        while at < datetime(2025, 11, 19, tzinfo=UTC):
            at += timedelta(seconds=round(chance.expovariate(1 / chance.choice([30, 300, 3000, 30_000])), 3))
            instant = at.replace(microsecond=at.microsecond // 1000 * 1000)
            event = (f"d{number}", chance.choice("abc"), chance.choice("mn"), chance.choice(TYPES), instant)
            log.append(event)
            town.event(event[0], event[1], event[3], event[4].replace(tzinfo=None).isoformat(), event[2])
    config = config_in(tmp_path)
    town.write(config)
    in_marts(config)
    assert minutes_found(config) == pytest.approx(minutes_by_hand(log, zone, config), abs=1e-6)


def minutes_found(config: object) -> dict[tuple[str, date], float]:
    query = "SELECT person_key, local_date, seconds FROM marts.pupil_day WHERE seconds > 0"
    return {(person, day): seconds for person, day, seconds in rows(config, query)}  # type: ignore[arg-type]


def minutes_by_hand(log: list[Event], zone: str, config: object) -> dict[tuple[str, date], float]:
    pseudonyms, spans = load_pseudonyms(config), {}  # type: ignore[arg-type]
    for (device, _), mine in stays(log).items():
        spans.setdefault(device.replace("d", "p"), []).extend(mine)
    return {(pseudonyms.of("person", p), day): s for p, mine in spans.items() for day, s in seconds_by_day(mine, zone).items()}


def test_visits_of_the_published_vector() -> None:
    """TV-USE-3: five events, four lengths of silence."""
    day = "2025-10-06T"
    instants = [datetime.fromisoformat(day + t) for t in ("08:00", "08:10", "08:40", "09:10:01", "09:12:01")]
    found = {gap: visits(instants, gap) for gap in (10, 15, 30, 60)}
    minutes = {gap: (len(v), sum((end - start).total_seconds() / 60 for start, end in v)) for gap, v in found.items()}
    assert minutes[10] == (3, 12)
    assert minutes[15] == (3, 12)
    assert minutes[30] == (2, 42)
    assert minutes[60] == (1, pytest.approx(72.0166, abs=0.001))


def test_visits_of_the_published_vector_through_the_whole_path(tmp_path: Path) -> None:
    """TV-USE-3 from a raw ENT file to `marts.portal_gap_day` and, at the configured 30 minutes, `marts.portal_day`."""
    config = config_in(tmp_path)
    raw = Town().write(config)
    lines = []
    for clock in ("08:00:00", "08:10:00", "08:40:00", "09:10:01", "09:12:01"):
        stamp = int(datetime.fromisoformat(f"2025-10-06T{clock}+00:00").timestamp() * 1000)
        lines.append(f'{{"_id":"x{clock}","event-type":"ACCESS","module":"Blog","date":{stamp},"userId":"p1","profil":"Student"}}')
    (raw / "ent.ndjson").write_text("\n".join(lines))
    in_marts(config)
    gaps = rows(config, "SELECT gap_minutes, visits, ROUND(minutes, 2) FROM marts.portal_gap_day ORDER BY ALL")
    assert gaps == [(10, 3, 12.0), (15, 3, 12.0), (30, 2, 42.0), (60, 1, 72.02)]
    assert rows(config, "SELECT uai, profile, visits, minutes FROM marts.portal_day") == [("0920001B", "student", 2, 42)]


def test_one_event_is_one_visit_of_no_minutes(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    raw = Town().write(config)
    (raw / "ent.ndjson").write_text('{"event-type":"LOGIN","module":"Auth","date":1759737600000,"userId":"p1","profil":"Student"}\n')
    in_marts(config)
    assert rows(config, "SELECT visits, minutes FROM marts.portal_day") == [(1, 0)]
