"""Statistics, directory and learning traces through the whole path: what counts once, what counts never, and whom it names."""

import datetime as dt
import json
from pathlib import Path

import duckdb
import pytest

from analysis.config import Config
from analysis.header import read_folder
from analysis.lake import Lake
from analysis.sources import load_sources
from tests.hand_made import UAI, Town, config_in, rows, run, write_csv
from tests.reading import quarantined, read

ROOT = Path(__file__).parents[2]
STATISTICS = '"Établissement";"UAI";"Date";"Profil";"Connexions";"Visiteurs uniques";"Comptes chargés";"Comptes activés"\n'
DIRECTORY = '"Id";"Type";"Code d\'activation";"Nom"\n'
HOME = "https://ent.exemple.fr/users/"
OUT_OF_SERVICE = "ent_one_statistics_defect"


def cell(day: str, logins: int, visitors: int) -> str:
    """A line of the statistics: pupils of one day."""
    return f'"École";"{UAI}";"{day}T00:00";"Élèves";"{logins}";"{visitors}";"2";"1"\n'


def session_event(action: str, instant: str, **rest: object) -> dict:
    """One Caliper event of p2."""
    person = {"actor": {"id": f"{HOME}2", "type": "Person"}, "object": {"id": "https://ent.exemple.fr"}, "type": "SessionEvent"}
    return person | {"action": action, "eventTime": instant} | rest


CALIPER = [
    session_event("LoggedIn", "2025-09-16T08:00:00Z", session={"id": "s"}),
    session_event("LoggedOut", "2025-09-16T08:25:00Z", session={"id": "s"}),
    session_event(
        "TimedOut",
        "2025-09-16T12:00:00Z",
        actor={"id": "https://ent.exemple.fr", "type": "SoftwareApplication"},
        object={"user": f"{HOME}2", "startedAtTime": "2025-09-16T08:30:00Z", "endedAtTime": "2025-09-16T12:00:00Z"},
    ),
]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Two pupils in September 2025: accounts of the portal and of Caliper declared, statistics and sessions exported twice."""
    config = config_in(tmp_path_factory.mktemp("town"))
    raw = Town(pupils=2).app("d1", "a", "2025-09-15T09:00", "2025-09-15T09:10").write(config)
    write_csv(raw / "people.csv", [{"person_id": f"p{i}", "profile": "student", "social_band": f"band {i}"} for i in (1, 2)])
    accounts = [("p1", "ent", "u1"), ("p2", "caliper", f"{HOME}2")]
    write_csv(raw / "identifiers.csv", [dict(zip(("person_id", "system", "identifier"), each, strict=True)) for each in accounts])
    write_csv(raw / "structures.csv", [{"structure_id": "s1", "uai": UAI}])
    stamp = int(dt.datetime(2025, 9, 15, 9, tzinfo=dt.UTC).timestamp() * 1000)
    event = {"event-type": "LOGIN", "module": "Auth", "date": stamp, "userId": "u1", "profil": "Student", "structures": ["s1"]}
    (raw / "ent.ndjson").write_text(json.dumps(event) + "\n")
    (raw / "directory.csv").write_text(DIRECTORY + '"u1";"Parent";"";"Durand"\n"u9";"Parent";"x1y2";"Durand"\n')
    (raw / "week.csv").write_text(STATISTICS + cell("2025-09-15", 10, 2) + cell("2025-09-16", 4, 2))
    (raw / "later.csv").write_text(STATISTICS + cell("2025-09-16", 6, 2) + cell("2025-09-17", 3, 1))
    (raw / "dnma.csv").write_text(f"debutSemaine,UAI,visites_eleve,utilisateurs_eleve\n2019-09-02,{UAI},50,2\n2025-09-15,{UAI},20,2\n")
    (raw / "caliper.json").write_text(json.dumps({"sensor": "s", "data": CALIPER}))
    (raw / "caliper.ndjson").write_text("".join(json.dumps(each) + "\n" for each in CALIPER))
    run(config)
    return config


def frequency_of(*dates: str) -> str | None:
    """The frequency that a file with these dates is taken to have."""
    with duckdb.connect() as connection:
        connection.execute((ROOT / "analysis/macros.sql").read_text(encoding="utf-8"))
        columns = ("record", "UAI", "Date", "Profil", "Support", "Application", "Connecteur", "melted.name", "melted.value")
        values = ", ".join(f"({i}, '{UAI}', '{day}', 'Élève', NULL, NULL, NULL, 'Connexions', '1')" for i, day in enumerate(dates))
        named = ", ".join(f'"{column}"' for column in columns)
        connection.execute(f"CREATE TABLE raw AS FROM (VALUES {values}) AS v ({named})")
        [found] = connection.execute(f"SELECT DISTINCT frequency FROM ({load_sources()['ent_one_statistics'].sql})").fetchall()
        return found[0]


@pytest.mark.parametrize(
    ("dates", "frequency"),
    [
        (("2026-03-02T00:00", "2026-03-02T14:00"), "hour"),
        (("2026-03-03T00:00", "2026-03-02T00:00", "2026-03-09T00:00"), "day"),
        (("2026-03-04T00:00",), "day"),  # no week starts on a Wednesday, no month on the fourth
        (("2026-03-02T00:00", "2026-03-09T00:00", "2026-03-30T00:00"), "week"),
        (("2026-03-02T00:00", "2026-03-16T00:00"), None),  # Mondays, never two in a row: days or weeks
        (("2026-02-01T00:00", "2026-03-01T00:00"), "month"),
        (("2025-09-01T00:00", "2025-12-01T00:00"), "month"),  # Mondays too
        (("2026-03-01T00:00",), None),
        (("2026-03-02T00:00",), None),
        (("yesterday", "2026-03-04T00:00"), "day"),
    ],
)
def test_the_frequency_is_told_by_the_dates_of_the_file(dates: tuple[str, ...], frequency: str | None) -> None:
    assert frequency_of(*dates) == frequency


def test_a_cell_exported_twice_counts_once_with_its_later_value(town: Config) -> None:
    query = "SELECT CAST(\"date\" AS VARCHAR), value FROM marts.portal_count WHERE indicator = 'logins' ORDER BY ALL"
    assert rows(town, query) == [("2025-09-15", 10), ("2025-09-16", 6), ("2025-09-17", 3)]


def test_persons_are_never_summed(town: Config) -> None:
    """The rows stay as they were given, say that they do not add up, and no measure or other mart reads them."""
    query = "SELECT indicator, is_additive, COUNT(*) FROM marts.portal_count WHERE profile = 'student' GROUP BY ALL ORDER BY ALL"
    expected = [("accounts_activated", False, 3), ("accounts_loaded", False, 3), ("logins", True, 3), ("unique_visitors", False, 3)]
    assert rows(town, query) == [*expected, ("users", False, 2), ("visits", True, 2)]
    readers = [
        name
        for folder in ("marts", "measures")
        for name, file in read_folder(ROOT / "analysis" / folder).items()
        if "portal_count" in file.sql
    ]
    assert readers == ["portal_count"]


def test_statistics_of_other_years_open_no_month(town: Config) -> None:
    assert rows(town, "SELECT DISTINCT period FROM marts.period WHERE kind = 'month'") == [("2025-09",)]
    assert rows(town, "SELECT COUNT(*) FROM lake.portal_counts WHERE \"date\" < DATE '2020-01-01'") == [(2,)]


def test_a_session_exported_twice_stands_once_and_a_time_out_is_no_visit(town: Config) -> None:
    query = "SELECT person_key, CAST(started_at AS VARCHAR), seconds, ended_by FROM marts.portal_session ORDER BY started_at"
    [(p2,)] = rows(town, "SELECT person_key FROM lake.identifiers WHERE \"system\" = 'caliper'")
    bounds = [("2025-09-16 08:00:00+00", 1500.0, "logged_out"), ("2025-09-16 08:30:00+00", 12600.0, "timed_out")]
    assert rows(town, query) == [(p2, *each) for each in bounds]
    visits = rows(town, f"SELECT visits, minutes FROM marts.portal_day WHERE person_key = '{p2}'")
    assert visits == [(1, 25.0)]


def test_a_roster_knows_better_than_the_directory_and_loses_nothing_to_it(town: Config) -> None:
    query = "SELECT profile, social_band, has_account FROM marts.person ORDER BY ALL"
    assert rows(town, query) == [("relative", None, True), ("student", "band 1", True), ("student", "band 2", False)]
    members = "SELECT profile, uai, has_account FROM marts.portal_member WHERE profile <> 'student'"
    assert rows(town, members) == [("relative", None, True)]


def test_without_declared_identifiers_an_account_is_its_own_person() -> None:
    with duckdb.connect() as connection:
        connection.execute((ROOT / "analysis/macros.sql").read_text(encoding="utf-8"))
        connection.execute("CREATE SCHEMA lake; CREATE SCHEMA marts")
        connection.execute('CREATE TABLE marts.person_identity ("system" VARCHAR, identifier VARCHAR, person_key VARCHAR)')
        systems = "('ent_one_directory', 'ent'), ('roster_people', 'roster')"
        connection.execute(f"CREATE TABLE lake.sources AS FROM (VALUES {systems}) AS v (source, person_system)")
        connection.execute("CREATE TABLE lake.enrolments (source VARCHAR, person_key VARCHAR)")
        columns = "person_key, source, profile, sex, social_band, home_internet, support"
        values = (
            "('u9', 'ent_one_directory', 'relative', NULL, NULL, NULL, NULL), ('p1', 'roster_people', 'student', 'F', NULL, TRUE, NULL)"
        )
        connection.execute(f"CREATE TABLE lake.people AS FROM (VALUES {values}) AS v ({columns})")
        marts = read_folder(ROOT / "analysis/marts")
        connection.execute(f"CREATE VIEW marts.register_person AS {marts['register_person'].sql}")
        who = f"SELECT person_key, profile, sex, has_account FROM ({marts['person'].sql}) ORDER BY ALL"
        assert connection.execute(who).fetchall() == [("p1", "student", "F", False), ("u9", "relative", None, True)]
        connection.execute("INSERT INTO marts.person_identity VALUES ('ent', 'u1', 'p1')")
        assert connection.execute(who).fetchall() == [("ent:u9", "relative", None, True), ("p1", "student", "F", False)]


def test_a_period_says_what_is_wrong_with_the_sources_that_it_has(town: Config) -> None:
    """Defective statistics and the change of DNMA; the portal's own events are not concerned by either."""
    notes = "SELECT uai, code FROM published.notes WHERE period = '2025-09' ORDER BY ALL"
    both = ["dnma_method", OUT_OF_SERVICE]
    assert rows(town, notes) == [(place, code) for place in (UAI, "territory") for code in both]
    found = "SELECT source FROM published.sources WHERE uai = '{}' AND period = '2025-09' AND source NOT LIKE 'android%' ORDER BY ALL"
    listed = [("caliper_events",), ("dnma_open_data",), ("ent_one_events",), ("ent_one_statistics",)]
    assert rows(town, found.format(UAI)) == listed
    assert rows(town, found.format("territory")) == listed


@pytest.mark.parametrize(
    ("source", "period", "codes"),
    [
        ("ent_one_statistics", ("2025-09-24", "2025-09-30"), [OUT_OF_SERVICE]),
        ("ent_one_statistics", ("2025-09-25", "2025-09-30"), []),
        ("ent_one_events", ("2025-09-01", "2025-09-30"), []),
        ("ent_one_postgres", ("2025-09-01", "2026-07-04"), ["ent_one_access_dedup"]),
        ("dnma_open_data", ("2025-09-01", "2025-09-30"), ["dnma_method"]),
        ("dnma_open_data", ("2025-10-01", "2025-10-31"), []),
        ("moodle_logs", ("2025-09-01", "2026-07-04"), []),
    ],
)
def test_a_window_concerns_its_own_source_on_its_own_days(source: str, period: tuple[str, str], codes: list[str]) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE series_break AS FROM read_csv('{ROOT}/analysis/reference/series_breaks.csv')")
        first, last = period
        connection.execute(
            "CREATE SCHEMA published; CREATE TABLE published.sources AS SELECT 'u' AS uai, 'p' AS period, ? AS source", [source]
        )
        spans = "CREATE TABLE published.periods AS SELECT 'u' AS uai, 'p' AS period, ?::DATE AS from_date, ?::DATE AS to_date"
        connection.execute(spans, [first, last])
        found = connection.execute(f"SELECT code FROM ({read_folder(ROOT / 'analysis/disclosure')['notes'].sql})").fetchall()
        assert [code for (code,) in found] == codes


@pytest.mark.parametrize(
    ("name", "content", "source", "said"),
    [
        (
            "month.ndjson",
            {
                "actor": {"openid": "https://4711.fr"},
                "verb": {"id": "http://x/read"},
                "object": {"id": "u:1"},
                "result": {"duration": "P1M"},
                "timestamp": "2026-03-09T08:00:00Z",
            },
            "xapi_durations",
            '1,result,"not a number. Expected an ISO 8601 duration of weeks, days, hours, minutes and seconds"',
        ),
        (
            "before.ndjson",
            session_event("LoggedOut", "2025-09-16T08:25:00Z", session={"startedAtTime": "2025-09-16T09:00:00Z"}),
            "caliper_sessions",
            "1,session,the session ends before it starts",
        ),
    ],
)
def test_a_length_that_is_none_is_set_aside_and_its_event_stays(name: str, content: dict, source: str, said: str, tmp_path: Path) -> None:
    config, _ = read(tmp_path, {name: json.dumps(content) + "\n"})
    part, whole = sorted(Lake(config).records(), key=lambda record: record.source != source)
    assert (part.rows_read, part.rows_quarantined, quarantined(config, part)) == (1, 1, [said])
    assert (whole.rows_read, whole.rows_loaded) == (1, 1)
