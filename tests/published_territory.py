"""Hand-made territories: twelve schools of all kinds, one school, none with tablet exports, none with a portal, forty schools."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests import published as p
from tests.published import Row, shown, withheld

TWELVE, ONE, PORTAL_ONLY, TABLETS_ONLY, FORTY, NOTHING_AT_ALL = "twelve", "one", "portal_only", "tablets_only", "forty", "nothing"
TOWNS = (TWELVE, ONE, PORTAL_ONLY, TABLETS_ONLY, FORTY, NOTHING_AT_ALL)
SETTINGS = {
    "territory": p.TOWN,
    "contact": "numerique@valmont.example",
    "threshold": "11",
    "coverage_floor": "0.5",
    "session_gap_minutes": "30",
    "language": "fr",
    "social_bands": "très favorisée|favorisée|moyenne|défavorisée",
    "cost_eur_per_school_year": "310000.0",
    "cost_covers": "tablettes, housses, assurance et gestion",
}
CUMULATED = "<details><summary>[^<]*(?:cumulées|cumulated).*?</details>"  # shares of a curve: one of many schools is 42 % by right
NAMES = (
    "Les Tilleuls|Jean Moulin|du Parc|Les Acacias|Paul Bert|du Hameau"
    "|Louise Michel|Les Hirondelles|Victor Hugo|La Fontaine|Simone Veil|des Closiaux"
)


@dataclass(frozen=True)
class Place:
    """A school: its facts and its published rows."""

    uai: str
    name: str
    pupils: int
    evidence: str | None
    ips: float | None
    rep: str
    rows: tuple[Row, ...]
    shared: int = 0


def write(path: Path, town: str = TWELVE) -> Path:
    """Writes the published tables of a territory at `path` and returns it."""
    places, rows = _town(town)
    with duckdb.connect(str(path)) as database:
        database.execute(Path(p.__file__).with_suffix(".sql").read_text(encoding="utf-8"))
        for name, value in SETTINGS.items():
            is_free = town == PORTAL_ONLY and name.startswith("cost_")
            database.execute("INSERT INTO published.settings VALUES (?, ?)", [name, "" if is_free else value])
        for place in places:
            _facts(database, place)
            p.write_values(database, place.uai, list(place.rows))
        p.write_territory(database)
        p.write_values(database, p.TERRITORY, rows)
    return path


def _town(town: str) -> tuple[list[Place], list[Row]]:
    everything = [*tablets(), *portal(), *equipment(), *equity()]
    known = {
        TWELVE: (twelve(), everything),
        ONE: (twelve()[:1], [*tablets()[:7], *portal(), *equipment()]),
        PORTAL_ONLY: ([_without_tablets(place) for place in twelve()[:6]], portal()),
        TABLETS_ONLY: (twelve(), [*tablets(), *equipment(), *equity()]),
        FORTY: (forty(), everything),
        NOTHING_AT_ALL: ([_without_anything(place) for place in twelve()[:3]], []),
    }
    return known[town]


def twelve() -> list[Place]:
    """Seven Android schools (one tiny, one of low coverage), two of Chromebooks, two of iPads, one of trolleys."""
    names = NAMES.split("|")
    kinds = [
        "foreground",
        "active",
        "checkin",
        "trolleys",
        "low",
        "tiny",
        "foreground",
        "foreground",
        "active",
        "checkin",
        "foreground",
        "foreground",
    ]
    return [_place(i, f"École élémentaire {name}", kind) for i, (name, kind) in enumerate(zip(names, kinds, strict=True))]


def forty() -> list[Place]:
    """Forty schools, most of them with Android tablets; names of all lengths."""
    kinds = ["foreground"] * 6 + ["active", "checkin", "low", "trolleys"]
    names = NAMES.split("|")
    return [
        _place(i, f"École élémentaire {names[i % 12]} {'du Quartier des Grandes Carrières ' * (i % 3)}{i}", kinds[i % 10])
        for i in range(40)
    ]


def _place(i: int, name: str, kind: str) -> Place:
    uai, ips, rep = f"099{i:04d}A", 84.0 + (i * 37) % 48, "REP" if i % 6 == 0 else ""
    pupils = 9 if kind == "tiny" else 180 + (i * 53) % 140
    minutes = 8.0 + (i * 29) % 9
    if kind in ("foreground", "active"):
        return Place(uai, name, pupils, kind, ips, rep, tuple(_measured(kind, pupils, minutes)))
    if kind == "checkin":
        return Place(uai, name, pupils, kind, ips, rep, tuple(_seen(pupils)))
    if kind == "trolleys":
        return Place(uai, name, pupils, None, ips, rep, (shown("coverage_shared", 0.9), shown("minutes_per_device_day", 41)), shared=30)
    reason = "coverage" if kind == "low" else "small"
    return Place(uai, name, pupils, "foreground", ips, rep, tuple(_hidden(reason)))


def _measured(evidence: str, pupils: int, minutes: float) -> list[Row]:
    rows = [
        shown("minutes_per_pupil_day", minutes, evidence, low=minutes - 1.6, high=minutes + 1.6, n=pupils),
        shown("median_minutes_active_day", minutes + 4, evidence, n=pupils),
        shown("coverage", 0.8 + minutes / 100, evidence, n=pupils),
        shown("equipped_share", 0.99, "", n=pupils),
    ]
    for i, week in enumerate(p.WEEKS):
        cell = ("week", week.isoformat())
        value = minutes + (i * 5) % 7
        rows.append(
            withheld("median_minutes_active_day", "floor", evidence, *cell)
            if i == 5
            else shown("median_minutes_active_day", value, evidence, *cell)
        )
    return rows


def _seen(pupils: int) -> list[Row]:
    rows = [shown("coverage", 0.86, "checkin", n=pupils), shown("equipped_share", 0.97, "", n=pupils)]
    return rows + [shown("coverage", 0.8 + i % 4 / 25, "checkin", "week", week.isoformat()) for i, week in enumerate(p.WEEKS)]


def _hidden(reason: str) -> list[Row]:
    rows = [withheld(name, reason) for name in ("minutes_per_pupil_day", "median_minutes_active_day", "share_pupil_days_used")]
    rows += [withheld("median_minutes_active_day", reason, breakdown="week", category=week.isoformat()) for week in p.WEEKS]
    return (
        [*rows, shown("coverage", 0.31, n=160), shown("equipped_share", 0.98, "", n=160)]
        if reason == "coverage"
        else [*rows, withheld("coverage", reason)]
    )


def _without_tablets(place: Place) -> Place:
    return Place(place.uai, place.name, place.pupils, None, place.ips, place.rep, (shown("portal_share_pupil_days", 0.3, "estimated"),))


def _without_anything(place: Place) -> Place:
    return Place(place.uai, place.name, place.pupils, None, None, "", ())


def tablets() -> list[Row]:
    """Use in the whole territory: Android, then Chromebooks, then iPads."""
    rows = []
    for evidence, n, minutes, used, under_5, middle, over_30 in (
        ("foreground", 1412, 9, 0.57, 0.17, 0.35, 0.05),
        ("active", 437, 11, 0.66, 0.10, 0.52, 0.04),
    ):
        rows += [
            shown("minutes_per_pupil_day", minutes, evidence, low=minutes - 0.9, high=minutes + 0.9, n=n),
            shown("share_pupil_days_used", used, evidence, n=n),
            shown("share_pupil_days_under_5", under_5, evidence, n=n),
            shown("share_pupil_days_5_30", middle, evidence, n=n),
            shown("share_pupil_days_over_30", over_30, evidence, n=n),
            shown("median_minutes_active_day", minutes + 4, evidence, n=n),
            shown("coverage", 0.93, evidence, n=n),
        ]
    closed = [
        shown("closure_days_used_share", 0.31, n=520),
        shown("home_minutes_per_pupil_day", 3.2, n=520),
        shown("share_days_off_used", 0.17, n=520),
        shown("closure_days_used_share", 0.02, "active", n=140, reason="at_most"),
    ]
    return [*rows, *closed, shown("coverage", 0.85, "checkin", n=396)]


def portal() -> list[Row]:
    """Accounts of the portal by profile, and its visits."""
    stages = ("accounts_activated_share", "accounts_active_share", "accounts_regular_share", "weekly_active_share")
    rows = [shown("accounts_loaded_share", 0.96, "", "profile", "teacher", n=112)]
    for profile, n, values in (
        ("teacher", 108, (0.93, 0.86, 0.44, 0.61)),
        ("student", 2310, (0.81, 0.63, 0.22, 0.37)),
        ("relative", 3120, (0.57, 0.41, 0.08, 0.19)),
    ):
        rows += [shown(stage, value, "estimated", "profile", profile, n=n) for stage, value in zip(stages, values, strict=True)]
    rows.append(withheld("accounts_active_share", "small", "estimated", "profile", "personnel"))
    return [*rows, shown("portal_share_pupil_days", 0.21, "estimated"), shown("portal_closure_days_share", 0.12, "estimated")]


def equipment() -> list[Row]:
    """Who has a tablet, the plan, the life of the tablets, the cost."""
    rows = [
        shown("equipped_share", 0.96, "", n=2480),
        shown("home_internet_share", 0.94, "", n=2300),
        shown("take_home_share", 0.45, "", n=2380),
    ]
    rows += [
        shown("equipped_share", value, "", "level", level)
        for level, value in zip(("CP", "CE1", "CE2", "CM1", "CM2"), (0.9, 0.96, 0.97, 0.98, 0.98), strict=True)
    ]
    rows += [shown("tablets_in_hands", 2380, ""), shown("tablets_planned", 2700, ""), shown("tablets_at_term", 2900, "")]
    rows += [
        shown("second_life_share", 0.24, ""),
        shown("repair_days_share", 0.01, "", reason="at_most"),
        shown("returned_share", 0.93, ""),
    ]
    rows += [shown("dormant_14_share", 0.11), shown("dormant_28_share", 0.07)]
    return [*rows, shown("cost_per_equipped_pupil", 130, ""), shown("cost_per_active_pupil", 151, "")]


def equity() -> list[Row]:
    """Access and gaps by group, inequality, the schools' social index."""
    rows = [
        shown("equipped_share", value, "", trait, group, n=300)
        for trait, group, value in (
            ("sex", "F", 0.96),
            ("sex", "M", 0.96),
            ("social_band", "défavorisée", 0.95),
            ("social_band", "moyenne", 0.96),
            ("social_band", "unknown", 0.61),
            ("home_internet", "true", 0.96),
            ("home_internet", "false", 0.95),
        )
    ]
    rows += [shown("take_home_share", value, "", "social_band", band, n=300) for band, value in (("moyenne", 0.5), ("défavorisée", 0.32))]
    gaps = (
        ("sex", "F", 0.2, -0.6, 0.9),
        ("social_band", "défavorisée", -2.4, -3.5, -1.3),
        ("home_internet", "false", -1.1, -3.0, 0.8),
        ("rep", "rep", -1.5, -5.2, 2.2),
        ("ips", "low", -2.0, -6.1, 2.1),
    )
    rows += [
        shown("gap_minutes", value, breakdown=trait, category=group, low=low, high=high, n=260) for trait, group, value, low, high in gaps
    ]
    rows.append(withheld("gap_minutes", "small", breakdown="support", category="true"))
    rows += [shown("theil_between_share", 0.18, breakdown="between", category="schools"), shown("theil_t_minutes", 0.41, n=1412)]
    rows += [shown("theil_between_share", 0.01, breakdown="between", category="schools_by_chance"), shown("gini_minutes", 0.52, n=1412)]
    return [*rows, shown("sii_minutes", 3.4, low=-2.1, high=8.9), shown("concentration_index_minutes", 0.06, low=-0.05, high=0.17)]


def _facts(database: duckdb.DuckDBPyConnection, place: Place) -> None:
    individual = place.pupils if place.evidence else 0
    systems = {"foreground": "Android", "active": "ChromeOS", "checkin": "iPadOS"}.get(place.evidence or "", "Android")
    system = {"foreground": "android", "active": "chromebook", "checkin": "ipad"}.get(place.evidence or "", "")
    known = [f"individual:{place.evidence}:{system}" if system else "", "shared:foreground:android" if place.shared else ""]
    kinds = "|".join(filter(None, known))
    facts = [
        place.uai,
        p.PERIOD,
        "2025-2026",
        place.name,
        "Valmont",
        "public",
        place.ips,
        place.rep,
        place.pupils,
        11,
        "CP|CE1|CE2|CM1|CM2",
    ]
    facts += [individual, place.shared, place.evidence, "foreground" if place.shared else None, systems, kinds, True]
    database.execute(f"INSERT INTO published.schools VALUES ({', '.join('?' * len(facts))})", facts)
    has_data = bool(place.rows)
    data = [dt.date(2025, 9, 1), dt.date(2025, 12, 19)] if has_data else [None, None]
    period = [place.uai, p.PERIOD, "trimester", "2025-2026", "2025-09-01", "2025-12-31", 56, *data]
    database.execute("INSERT INTO published.periods VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", period)
    for name, first, last in (("toussaint", "2025-10-18", "2025-11-02"), ("noel", "2025-12-20", "2026-01-04")):
        database.execute("INSERT INTO published.holidays VALUES (?, ?, ?, ?, ?)", [place.uai, p.PERIOD, name, first, last])
    if place.evidence:
        source = {"foreground": "android_usage_events", "active": "chromebook_active_time", "checkin": "jamf_school_devices"}[
            place.evidence
        ]
        row = [place.uai, p.PERIOD, source, *p.TITLES, place.evidence, "2025-09-01", "2025-12-19"]
        database.execute("INSERT INTO published.sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
