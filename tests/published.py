"""A small hand-made published database: one school of each kind that a report must be honest about, with the numbers written here."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb

PERIOD, MONTH = "2025-T1", "2025-10"
TERRITORY, TOWN = "territory", "Ville de Valmont"
ANDROID, CHROMEBOOK, IPAD, TROLLEYS, LOW, TINY, EMPTY = (f"099000{i}{letter}" for i, letter in enumerate("ABCDEFG", 1))
NAMES = {
    ANDROID: "École élémentaire Les Tilleuls",
    CHROMEBOOK: "École élémentaire Jean Moulin",
    IPAD: "École élémentaire du Parc",
    TROLLEYS: "École élémentaire Les Acacias",
    LOW: "École élémentaire Paul Bert",
    TINY: "École élémentaire du Hameau",
    EMPTY: 'Ébénistes <b>#let $x$ *école* "É"</b>',
}
SECRET = 0.4217  # stands in withheld rows; no report may show it
WEEKS = [dt.date(2025, 9, 1) + dt.timedelta(days=7 * i) for i in range(16) if i not in (7, 8)]

TITLES = ("Title of the format, in English", "Titre du format, en français")
ARRIVALS = (  # source, files, rows read, rows set aside, exact duplicates
    ("android_usage_events", 120, 1_250_000, 214, 1_830),
    ("chromebook_active_time", 4, 12_400, 0, 0),
    ("jamf_school_devices", 16, 3_168, 1, 0),
    ("ent_one_events", 110, 402_118, 0, 12),
    ("roster_assignments", 1, 875, 2, 0),
)
SET_ASIDE = (  # source, column, problem, rows
    ("android_usage_events", "timeStamp", "the date is outside 2010 to today: the clock of the device was wrong", 200),
    ("android_usage_events", "eventType", "empty", 14),
    ("jamf_school_devices", "serialNumber", "empty", 1),
    ("roster_assignments", "from_date", "not a date. Expected year-month-day", 2),
)


@dataclass(frozen=True)
class Kind:
    """The facts of a school: devices, evidence."""

    pupils: int
    individual: int
    shared: int
    evidence: str | None
    shared_evidence: str | None
    systems: str
    ips: float | None = 103.0


KINDS = {
    ANDROID: Kind(287, 287, 15, "foreground", "foreground", "Android"),
    CHROMEBOOK: Kind(240, 240, 0, "active", None, "ChromeOS", 118.0),
    IPAD: Kind(198, 198, 0, "checkin", None, "iPadOS", 97.0),
    TROLLEYS: Kind(210, 0, 30, None, "foreground", "Android"),
    LOW: Kind(150, 150, 0, "foreground", None, "Android", 88.0),
    TINY: Kind(9, 9, 0, "foreground", None, "Android"),
    EMPTY: Kind(120, 0, 0, None, None, "", None),
}


def write(path: Path) -> Path:
    """Writes the published tables at `path` and returns it."""
    with duckdb.connect(str(path)) as database:
        database.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
        settings = {"territory": TOWN, "contact": "numerique@valmont.example", "threshold": "11", "coverage_floor": "0.5"}
        for name, value in {**settings, "session_gap_minutes": "30", "language": "fr"}.items():
            database.execute("INSERT INTO published.settings VALUES (?, ?)", [name, value])
        for uai, kind in KINDS.items():
            _facts(database, uai, kind)
        write_territory(database)
        for uai, rows in (
            (ANDROID, _android()),
            (CHROMEBOOK, _chromebook()),
            (IPAD, _ipad()),
            (TROLLEYS, _trolleys()),
            (LOW, _low()),
            (TINY, _tiny()),
            (TERRITORY, _territory()),
        ):
            write_values(database, uai, rows)
    return path


def write_territory(database: duckdb.DuckDBPyConnection) -> None:
    """Writes again the rows of the territory, made from those of the schools that stand, and what arrived on the way."""
    for table in ("schools", "periods", "holidays", "sources"):
        database.execute(f"DELETE FROM published.{table} WHERE uai = '{TERRITORY}'")
    for table in ("arrivals", "set_aside", "unplaced", "clock_errors"):
        database.execute(f"DELETE FROM published.{table}")
    database.execute(Path(__file__).with_name("published_territory_rows.sql").read_text(encoding="utf-8"))
    for source, files, read, aside, twice in ARRIVALS:
        row = [source, *TITLES, files, read, read - aside - twice, aside, twice, "2025-09-01", "2025-12-19"]
        row[-2:] = [None, None] if source.startswith("roster_") else row[-2:]
        database.execute("INSERT INTO published.arrivals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    for source, column, problem, rows in SET_ASIDE:
        database.execute("INSERT INTO published.set_aside VALUES (?, ?, ?, ?, ?, ?)", [source, *TITLES, column, problem, rows])
    database.execute("INSERT INTO published.unplaced VALUES (?, ?, ?, ?, ?)", ["android_usage_events", *TITLES, 3, 1204])
    database.execute("INSERT INTO published.clock_errors VALUES (?, ?, ?, ?, ?)", ["android_usage_events", *TITLES, "before_data", 57])


Row = tuple[str, str, str, str, int | None, float | None, float | None, float | None, bool, str | None]


def shown(measure: str, value: float, evidence: str = "foreground", breakdown: str = "all", category: str = "all", **more: object) -> Row:
    """A row of published values that may be shown; `more`: n, low, high, reason."""
    n, low, high = more.get("n", 280), more.get("low"), more.get("high")
    return measure, breakdown, category, evidence, n, value, low, high, True, more.get("reason")  # type: ignore[return-value]


def withheld(measure: str, reason: str, evidence: str = "foreground", breakdown: str = "all", category: str = "all") -> Row:
    """A withheld row that, by mistake, still holds its value: a report must not show it."""
    return measure, breakdown, category, evidence, 7, SECRET, SECRET, SECRET, False, reason


def kinds_of(kind: Kind) -> str:
    """What the devices are, in the words of the published table: `individual:checkin:ipad`."""
    system = {"Android": "android", "ChromeOS": "chromebook", "iPadOS": "ipad"}.get(kind.systems, "")
    known = {"individual": kind.evidence, "shared": kind.shared_evidence}
    return "|".join(f"{holder}:{evidence}:{system}" for holder, evidence in known.items() if evidence)


def _facts(database: duckdb.DuckDBPyConnection, uai: str, kind: Kind) -> None:
    for period, name, first, last, days in (
        (PERIOD, "trimester", "2025-09-01", "2025-12-31", 56),
        (MONTH, "month", "2025-10-01", "2025-10-31", 13),
        ("2025-P2", "stretch", "2025-11-03", "2025-12-19", 27),
        ("2025-2026", "year", "2025-09-01", "2026-07-03", 140),
    ):
        facts = [uai, period, "2025-2026", NAMES[uai], "Valmont", "public", kind.ips, "", kind.pupils, 12, "CP|CE1|CE2|CM1|CM2"]
        facts += [kind.individual, kind.shared, kind.evidence, kind.shared_evidence, kind.systems, kinds_of(kind), True]
        database.execute(f"INSERT INTO published.schools VALUES ({', '.join('?' * 18)})", facts)
        data = [first, min(last, "2025-12-19")] if uai != EMPTY else [None, None]
        database.execute(
            "INSERT INTO published.periods VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [uai, period, name, "2025-2026", first, last, days, *data]
        )
    for name, first, last in (("toussaint", "2025-10-18", "2025-11-02"), ("noel", "2025-12-20", "2026-01-04")):
        database.execute("INSERT INTO published.holidays VALUES (?, ?, ?, ?, ?)", [uai, PERIOD, name, first, last])
    if kind.evidence or kind.shared_evidence:
        sources = {"foreground": "android_usage_events", "active": "chromebook_active_time", "checkin": "jamf_school_devices"}
        evidence = kind.evidence or kind.shared_evidence
        for source, known in ((sources[str(evidence)], evidence), ("ent_one_events", "estimated")):
            row = [uai, PERIOD, source, *TITLES, known, "2025-09-01", "2025-12-19"]
            database.execute("INSERT INTO published.sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def write_values(database: duckdb.DuckDBPyConnection, uai: str, rows: list[Row]) -> None:
    """Rows of published values of a school, or of the territory, in the trimester."""
    for measure, breakdown, category, evidence, n, value, low, high, is_shown, reason in rows:
        row = [
            measure,
            uai,
            PERIOD,
            breakdown,
            category,
            evidence,
            n,
            None,
            18942.0 if is_shown else SECRET,
            value,
            low,
            high,
            is_shown,
            None,
            reason,
        ]
        database.execute(f'INSERT INTO published."values" VALUES ({", ".join("?" * 15)})', row)


def _weekly(evidence: str, *, hidden: int | None = None) -> list[Row]:
    """Medians that double from September to November, then stay; the week number `hidden` is withheld."""
    rows = []
    for i, week in enumerate(WEEKS):
        median = min(6 + i, 14)
        for measure, value in (("q1", median - 4), ("median", median), ("q3", median + 8)):
            name = f"{measure}_minutes_active_day"
            cell = ("week", week.isoformat())
            rows.append(withheld(name, "floor", evidence, *cell) if i == hidden else shown(name, value, evidence, *cell))
        rows.append(shown("coverage", 0.90 + i % 5 / 50, evidence, "week", week.isoformat()))
    return rows


def _portal(share: float = 0.23) -> list[Row]:
    rows = [shown("portal_share_pupil_days", share, "estimated"), shown("portal_median_minutes_active_day", 8, "estimated")]
    rows += [
        shown("portal_median_minutes_active_day", value, "estimated", "gap", gap)
        for gap, value in (("10", 5), ("15", 6), ("30", 8), ("60", 11))
    ]
    return [*rows, shown("visits_per_visitor", 14.2, "estimated")]


def _pupils(evidence: str) -> list[Row]:
    rows = [
        shown("minutes_per_pupil_day", 9, evidence, low=7.8, high=10.1, n=287),
        shown("share_pupil_days_used", 0.62, evidence, n=287),
        shown("median_minutes_active_day", 13, evidence, n=287),
        shown("share_pupil_days_under_5", 0.17, evidence),
        shown("coverage", 0.94, evidence),
        shown("share_days_off_used", 0.21, evidence),
        shown("minutes_per_day_off", 4, evidence),
        shown("equipped_share", 0.99, ""),
    ]
    for name, value in (("q1", 7), ("median", 8.6), ("q3", 10), ("count", 8)):
        rows.append(shown("minutes_per_pupil_day", value, evidence, "similar_schools", name))
    for day, value in (("1", 9), ("2", 13), ("4", 10), ("5", 6)):
        rows.append(shown("minutes_per_pupil_day", value, evidence, "weekday", day))
    for level, value in (("CM2", 13), ("CP", 5), ("CE1", 7.5), ("CM1", 11)):
        rows.append(shown("minutes_per_pupil_day", value, evidence, "level", level, low=value - 1.5, high=value + 1.5, n=58))
    return [*rows, withheld("minutes_per_pupil_day", "small", evidence, "level", "CE2")]


def _android() -> list[Row]:
    rows = _pupils("foreground") + _weekly("foreground", hidden=3) + _portal()
    rows += [shown("share_pupil_days_over_30", 0.05, reason="at_most"), shown("share_pupil_days_over_5", 0.45)]
    rows += [withheld("share_pupil_days_5_30", "complement"), shown("share_minutes_in_school", 0.71)]
    for kind, value in (("lecture", 0.36), ("calcul", 0.27), ("création", 0.13), ("dictionnaire", 0.04), ("autre", 0.2)):
        rows.append(shown("share_app_minutes", value, breakdown="app_category", category=kind))
    rows.append(withheld("share_app_minutes", "small", breakdown="app_category", category="musique"))
    return [*rows, shown("minutes_per_device_day", 22), shown("share_device_days_used", 0.4), shown("coverage_shared", 0.88)]


def _chromebook() -> list[Row]:
    rows = _pupils("active") + _weekly("active") + _portal()
    return [*rows, shown("share_pupil_days_5_30", 0.33, "active"), shown("share_pupil_days_over_30", 0.12, "active")]


def _ipad() -> list[Row]:
    rows = [shown("coverage", 0.87, "checkin", n=198), *_portal(0.34)]
    return rows + [shown("coverage", 0.80 + i % 4 / 25, "checkin", "week", week.isoformat()) for i, week in enumerate(WEEKS)]


def _trolleys() -> list[Row]:
    return [shown("minutes_per_device_day", 41), shown("share_device_days_used", 0.55), shown("coverage_shared", 0.91), *_portal(0.11)]


def _low() -> list[Row]:
    measures = (
        "minutes_per_pupil_day",
        "share_pupil_days_used",
        "median_minutes_active_day",
        "share_pupil_days_under_5",
        "share_pupil_days_over_30",
    )
    rows = [withheld(measure, "coverage") for measure in measures]
    rows += [withheld("median_minutes_active_day", "coverage", breakdown="week", category=week.isoformat()) for week in WEEKS]
    rows += [shown("coverage", 0.1 + i % 5 / 20, "foreground", "week", week.isoformat()) for i, week in enumerate(WEEKS)]
    return [*rows, shown("coverage", 0.31), *_portal(0.5)]


def _tiny() -> list[Row]:
    measures = ("minutes_per_pupil_day", "share_pupil_days_used", "median_minutes_active_day", "share_minutes_in_school", "coverage")
    rows = [withheld(measure, "small") for measure in measures]
    return [
        *rows,
        withheld("portal_share_pupil_days", "small", "estimated"),
        withheld("coverage", "small", breakdown="week", category="2025-09-01"),
    ]


def _territory() -> list[Row]:
    """All schools whose coverage is above the floor, together."""
    rows = _pupils("foreground") + _weekly("foreground") + _portal()
    return [row for row in rows if row[1] != "similar_schools"]
