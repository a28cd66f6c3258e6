"""The hand-made schools with what the adoption report reads, and one more: half equipped, with trolleys of which a third lies idle."""

import datetime as dt
from pathlib import Path

import duckdb

from tests import published as p
from tests.published import Row, shown, withheld

HALF = "0990008H"
NAMES = {**p.NAMES, HALF: "École élémentaire Marie Curie"}
TRAINING = "2025-11-05"
_LEVELS = ("CP", "CE1", "CE2", "CM1", "CM2")
_MODULES = (("Homeworks", 0.31), ("Conversation", 0.22), ("Blog", 0.15), ("Scrapbook", 0.09), ("Workspace", 0.05), ("autre", 0.18))


def write(path: Path) -> Path:
    """Writes the published tables at `path` and returns it."""
    return fill(p.write(path))


def fill(path: Path) -> Path:
    """Adds what the adoption report reads to published tables that stand, and returns their path."""
    with duckdb.connect(str(path)) as database:
        _half(database)
        p.write_territory(database)
        known = {
            p.ANDROID: _android(),
            p.CHROMEBOOK: _chromebook(),
            p.IPAD: _ipad(),
            p.TROLLEYS: _trolleys(),
            p.LOW: _low(),
            p.TINY: _tiny(),
            HALF: _half_equipped(),
        }
        for uai, rows in known.items():
            p.write_values(database, uai, rows)
    return path


def _half(database: duckdb.DuckDBPyConnection) -> None:
    """The facts of the school with trolleys, under another name, with tablets of pupils too."""
    changes = f"'{HALF}' AS uai, '{NAMES[HALF]}' AS name, 95 AS individual_devices, 'foreground' AS device_evidence"
    source = f"uai = '{p.TROLLEYS}'"
    database.execute(f"INSERT INTO published.schools SELECT * REPLACE ({changes}) FROM published.schools WHERE {source}")
    for table in ("periods", "holidays", "sources"):
        database.execute(f"INSERT INTO published.{table} SELECT * REPLACE ('{HALF}' AS uai) FROM published.{table} WHERE {source}")


def _equipped(first: float, last: float, rises_at: int = 6) -> list[Row]:
    """Equipped pupils by level and by week; from the week number `rises_at` on, `last`."""
    rows = [shown("equipped_share", last, "", "level", level, n=58) for level in _LEVELS[:-1]]
    rows.append(shown("equipped_share", 0.98, "", "level", "CM2", n=58, reason="at_least"))
    weeks = enumerate(p.WEEKS)
    return rows + [shown("equipped_share", first if i < rises_at else last, "", "week", week.isoformat(), n=None) for i, week in weeks]


def _funnel(evidence: str, *shares: float, n: int = 280) -> list[Row]:
    return [
        shown("funnel_share", share, evidence, "stage", stage, n=n)
        for stage, share in zip(("activated", "active", "regular"), shares, strict=True)
    ]


def _started(evidence: str, median: float, *shares: float) -> list[Row]:
    rows = [shown("days_to_first_use_median", median, evidence, n=96, low=median - 1, high=median + 2)]
    for days, share in zip(("1", "5", "10", "20", "40"), shares, strict=True):
        rows.append(shown("started_share", share, evidence, "within", days, n=96, low=share - 0.08, high=min(share + 0.06, 1)))
    return rows


def _weekly(evidence: str, first: float, step: float, hidden: int | None = None) -> list[Row]:
    rows = [shown("weekly_active_share", first + step * 6.5, evidence, n=287)]
    for i, week in enumerate(p.WEEKS):
        cell = ("week", week.isoformat())
        share = first + step * i + i % 3 / 100
        rows.append(
            withheld("weekly_active_share", "floor", evidence, *cell)
            if i == hidden
            else shown("weekly_active_share", share, evidence, *cell)
        )
    return rows


def _regular(evidence: str, overall: float) -> list[Row]:
    rows = [shown("regular_share", overall, evidence, n=284)]
    rows += [shown("regular_share", overall + i / 50, evidence, "level", level, n=57) for i, level in enumerate(_LEVELS[:-1])]
    return [*rows, withheld("regular_share", "small", evidence, "level", "CM2")]


def _retention(evidence: str) -> list[Row]:
    cells = {"2025-09|1-4": 0.82, "2025-09|5-8": 0.78, "2025-09|9-12": 0.74, "2025-10|1-4": 0.7, "2025-10|5-8": 0.66}
    rows = [shown("retention_share", share, evidence, "retention", cell, n=90) for cell, share in cells.items()]
    return [*rows, withheld("retention_share", "small", evidence, "retention", "2025-11|1-4")]


def _training(evidence: str, change: float, margin: float) -> list[Row]:
    return [
        shown("training_minutes", 8, evidence, "before", TRAINING),
        shown("training_minutes", 8 + change, evidence, "after", TRAINING),
        shown("training_change_minutes", change, evidence, "training", TRAINING, low=change - margin, high=change + margin),
        shown("training_change_minutes", 0.5, evidence, "training_elsewhere", TRAINING, low=-0.5, high=1.5),
    ]


def _tablets(evidence: str, dormant: float = 0.08) -> list[Row]:
    rows = [shown("dormant_14_share", dormant, evidence), shown("dormant_28_share", dormant - 0.03, evidence)]
    rows += [shown("never_used_share", 0.02, evidence, "kind", "individual", reason="at_most"), shown("second_life_share", 0.12, "")]
    return [*rows, shown("repair_days_share", 0.01, ""), shown("returned_share", 0.88, "")]


def _accounts(profiles: dict[str, tuple[float | None, float, float, float]]) -> list[Row]:
    """Loaded, activated, active and regular accounts for each profile; None: no row."""
    rows: list[Row] = []
    for profile, shares in profiles.items():
        for stage, share in zip(("loaded", "activated", "active", "regular"), shares, strict=True):
            if share is not None:
                evidence = "" if stage == "loaded" else "estimated"
                rows.append(shown(f"accounts_{stage}_share", share, evidence, "profile", profile, n=250))
    return rows


def _portal(*profiles: str) -> list[Row]:
    """Rhythm, services and weeks of the pupils' accounts; visits and weeks of other `profiles`."""
    levels = {"teacher": 0.7, "relative": 0.33}
    rows = [shown("visits_per_visitor", 45 * levels[profile], "estimated", "profile", profile) for profile in profiles]
    for step, share in (("none", 0.18), ("under_1", 0.44), ("1_to_2", 0.27), ("3_or_more", 0.11)):
        rows.append(shown("visit_frequency_share", share, "estimated", "frequency", step))
    rows += [
        shown(f"{name}_share", share, "estimated") for name, share in (("created", 0.12), ("app_login", 0.35), ("weekly_active", 0.41))
    ]
    for profile, share in {"student": 0.11, **{profile: levels[profile] / 2 for profile in profiles}}.items():
        rows.append(shown("created_weeks_share", share, "estimated", "profile", profile))
    rows += [shown("module_share", share, "estimated", "module", module) for module, share in _MODULES]
    weeks = {"week": 0.38, **{f"week_{profile}": levels[profile] for profile in profiles}}
    for i, week in enumerate(p.WEEKS):
        shares = {breakdown: level + i % 4 / 40 for breakdown, level in weeks.items()}
        rows += [shown("weekly_active_share", share, "estimated", breakdown, week.isoformat()) for breakdown, share in shares.items()]
    return rows


def _android() -> list[Row]:
    rows = _equipped(0.92, 0.99) + _funnel("foreground", 0.95, 0.88, 0.61) + _started("foreground", 2, 0.48, 0.71, 0.83, 0.9, 0.94)
    rows += _weekly("foreground", 0.52, 0.022, hidden=3) + _regular("foreground", 0.62) + _retention("foreground")
    rows += [
        shown("apps_per_pupil", 9, n=270),
        shown("closure_days_used_share", 0.31),
        shown("home_minutes_per_pupil_day", 3, low=2, high=4),
    ]
    rows += [shown("portal_closure_days_share", 0.14, "estimated"), *_training("foreground", 3, 1.5), *_tablets("foreground")]
    rows += [
        shown("dormant_14_share", 0.2, breakdown="kind", category="shared"),
        shown("never_used_share", 0.05, breakdown="kind", category="shared"),
    ]
    teachers = {"student": (0.97, 0.88, 0.74, 0.36), "teacher": (0.95, 0.92, 0.85, 0.6), "relative": (None, 0.62, 0.5, 0.2)}
    return rows + _accounts(teachers) + _portal("teacher", "relative")


def _chromebook() -> list[Row]:
    rows = _equipped(0.97, 0.98) + _funnel("active", 0.97, 0.93, 0.44) + _weekly("active", 0.55, 0) + _regular("active", 0.45)
    rows += _training("active", 1, 3) + _tablets("active", 0.05) + [shown("closure_days_used_share", 0.05, "active", reason="at_most")]
    rows += [
        withheld(f"accounts_{stage}_share", "small", "estimated", "profile", "teacher") for stage in ("activated", "active", "regular")
    ]
    return (
        rows
        + _accounts({"student": (0.9, 0.7, 0.52, 0.2)})
        + [withheld("visit_frequency_share", "complement", "estimated", "frequency", "none")]
    )


def _ipad() -> list[Row]:
    rows = [shown("equipped_share", 0.97, "", n=198), *_equipped(0.97, 0.97), *_tablets("checkin", 0.1)[:2]]
    return rows + _accounts({"student": (0.97, 0.8, 0.6, 0.3), "relative": (None, 0.5, 0.4, 0.1)}) + _portal("relative")


def _trolleys() -> list[Row]:
    idle = [
        shown("never_used_share", 0.33, breakdown="kind", category="shared"),
        shown("dormant_14_share", 0.4, breakdown="kind", category="shared"),
    ]
    return idle + _accounts({"student": (0.85, 0.55, 0.31, 0.05)}) + _portal()


def _half_equipped() -> list[Row]:
    rows = [shown("coverage", 0.9, n=95), shown("equipped_share", 0.5, "", n=210)]
    for level, share in (("CP", 0.0), ("CE1", 0.0), ("CM1", 0.92), ("CM2", 0.96)):
        coded = {"reason": "at_most"} if share == 0 else {}
        rows.append(shown("equipped_share", share or 0.05, "", "level", level, n=42, **coded))
    rows += [*_funnel("foreground", 0.43, 0.4, 0.28, n=210), *_weekly("foreground", 0.6, 0), *_regular("foreground", 0.6)]
    rows += [shown("never_used_share", 0.33, breakdown="kind", category="shared"), *_tablets("foreground", 0.06)]
    return [*rows, shown("training_change_minutes", 2, breakdown="training", category=TRAINING)]


def _low() -> list[Row]:
    rows = [shown("equipped_share", 0.9, "", n=150), *_equipped(0.9, 0.9)]
    rows += [withheld("funnel_share", "coverage", breakdown="stage", category=stage) for stage in ("activated", "active", "regular")]
    rows += [withheld("started_share", "coverage", breakdown="within", category=days) for days in ("1", "5", "10", "20", "40")]
    rows += [withheld("regular_share", "coverage"), withheld("weekly_active_share", "coverage"), withheld("apps_per_pupil", "coverage")]
    return rows + _accounts({"student": (0.9, 0.7, 0.6, 0.33)})


def _tiny() -> list[Row]:
    rows = [withheld("equipped_share", "small", ""), withheld("equipped_share", "small", "", "level", "CP")]
    rows += [withheld("funnel_share", "small", breakdown="stage", category=stage) for stage in ("activated", "active", "regular")]
    rows += [withheld(name, "small") for name in ("regular_share", "weekly_active_share", "dormant_14_share", "closure_days_used_share")]
    rows += [
        withheld("started_share", "small", breakdown="within", category="5"),
        withheld("module_share", "small", "estimated", "module", "Blog"),
    ]
    rows += [withheld("weekly_active_share", "small", breakdown="week", category=dt.date(2025, 9, 1).isoformat())]
    return [*rows, *(withheld(f"accounts_{stage}_share", "small", "estimated", "profile", "student") for stage in ("activated", "active"))]
