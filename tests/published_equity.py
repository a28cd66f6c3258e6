"""The hand-made tables of `published.py` with what the report on equity reads: each kind of school that it must be honest about."""

from pathlib import Path

import duckdb

from tests import published as p
from tests.published import ANDROID, CHROMEBOOK, EMPTY, IPAD, LOW, TERRITORY, TINY, TROLLEYS, Row, shown, withheld

NO_TRAITS, ONE_CLASS = "0990011K", "0990012L"
NAMES = {**p.NAMES, NO_TRAITS: "École élémentaire Les Peupliers", ONE_CLASS: "École maternelle du Lavoir"}
KINDS = (ANDROID, CHROMEBOOK, IPAD, TROLLEYS, NO_TRAITS, LOW, TINY, ONE_CLASS, EMPTY)
BANDS = ("très favorisée", "favorisée", "moyenne", "défavorisée")
TRAITS = {
    "sex": ("F", "M"),
    "social_band": (*BANDS, "unknown"),
    "home_internet": ("true", "false"),
    "take_home": ("true", "false"),
    "level": ("CP", "CE1", "CE2", "CM1", "CM2"),
}


def write(path: Path) -> Path:
    """Writes the published tables at `path` and returns it."""
    p.write(path)
    with duckdb.connect(str(path)) as database:
        database.execute("INSERT INTO published.settings VALUES ('social_bands', ?)", ["|".join(BANDS)])
        for uai in (NO_TRAITS, ONE_CLASS):
            _copy(database, ANDROID, uai)
        database.execute("UPDATE published.schools SET classes = 1, pupils = 24, individual_devices = 24 WHERE uai = ?", [ONE_CLASS])
        for uai, rows in _rows().items():
            p.write_values(database, uai, rows)
    return path


def _copy(database: duckdb.DuckDBPyConnection, source: str, uai: str) -> None:
    """Another school with the same facts and whole-school values."""
    tables = database.execute("SELECT table_name FROM information_schema.columns WHERE table_schema = 'published' AND column_name = 'uai'")
    for (table,) in tables.fetchall():
        only = "AND breakdown = 'all'" if table == "values" else ""
        name = f", '{NAMES[uai]}' AS name" if table == "schools" else ""
        copied = f"SELECT * REPLACE ('{uai}' AS uai{name}) FROM published.\"{table}\" WHERE uai = '{source}' {only}"
        database.execute(f'INSERT INTO published."{table}" {copied}')


def _rows() -> dict[str, list[Row]]:
    use = [*_gaps("foreground"), *_regular("foreground"), *_unequal("foreground")]
    return {
        ANDROID: [*_access(), *use, withheld("equipped_share", "small", "", "social_band", "moyenne")],
        CHROMEBOOK: [*_access(), *_gaps("active", wide=True), *_regular("active"), *_unequal("active", between=0.08)],
        IPAD: [shown("equipped_share", 0.99, "", reason="at_least"), *_access()],
        TROLLEYS: [shown("home_internet_share", 0.93, ""), *_by("home_internet_share", "", {"social_band": (0.98, 0.97, 0.95, 0.83)})],
        NO_TRAITS: _unequal("foreground"),
        LOW: [shown("equipped_share", 0.98, ""), *_access(), *_hidden("coverage")],
        TINY: [*_hidden("small"), withheld("equipped_share", "small", "")],
        ONE_CLASS: [*_access(), shown("gap_minutes", -2, breakdown="sex", category="F"), *_regular("foreground")],
        TERRITORY: [*_access(), *_gaps("foreground"), *_territory_gaps(), *_regular("foreground"), *_unequal_between_schools()],
    }


def _by(measure: str, evidence: str, values: dict[str, tuple[float, ...]]) -> list[Row]:
    """A row for each group; `values` by breakdown, in the order of TRAITS."""
    pairs = [(trait, *each) for trait, numbers in values.items() for each in zip(TRAITS[trait], numbers, strict=False)]
    return [shown(measure, value, evidence, trait, category) for trait, category, value in pairs]


def _access() -> list[Row]:
    rows = _by("equipped_share", "", {"sex": (0.99, 0.98), "social_band": (0.99, 0.98), "home_internet": (0.98, 0.97)})
    rows += [shown("equipped_share", 0.95, "", "social_band", "défavorisée"), shown("working_share", 0.96, "")]
    rows += _by("working_share", "", {"sex": (0.96, 0.95), "social_band": (0.98, 0.97, 0.95, 0.91), "home_internet": (0.96, 0.9)})
    rows += [shown("take_home_share", 0.48, ""), *_by("take_home_share", "", {"social_band": (0.5, 0.49, 0.47, 0.46)})]
    return [*rows, shown("home_internet_share", 0.93, ""), *_by("home_internet_share", "", {"social_band": (0.98, 0.97, 0.95, 0.83)})]


def _gaps(evidence: str, *, wide: bool = False) -> list[Row]:
    """Girls and boys alike, the least favoured 3 minutes less, the others unsure; with few classes (`wide`) nothing is sure."""
    low, high = (-9.0, 3.0) if wide else (-4.5, -1.5)
    rows = [
        shown("gap_minutes", 0, evidence, "sex", "F", low=-2.5 if wide else -1, high=3 if wide else 1, n=131),
        shown("gap_minutes", -3, evidence, "social_band", "défavorisée", low=low, high=high, n=48),
        shown("gap_minutes", -1, evidence, "home_internet", "false", low=-5, high=2, n=19),
        shown("gap_minutes", 4, evidence, "take_home", "true", low=-1, high=21 if wide else 9.5, n=120),
        shown("minutes_per_pupil_day", 6, evidence, "social_band", "défavorisée", low=4, high=8, n=48),
        shown("minutes_per_pupil_day", 7, evidence, "social_band", "unknown", n=14),
        shown("gap_regular_share", 0.01, evidence, "sex", "F", low=-0.03, high=0.05),
        shown("gap_regular_share", -0.12, evidence, "social_band", "défavorisée", low=-0.2, high=0.1 if wide else -0.04),
    ]
    return [*rows, withheld("gap_regular_share", "complement", evidence, "home_internet", "false")]


def _territory_gaps() -> list[Row]:
    return [
        shown("gap_minutes", -2, breakdown="support", category="true", low=-4, high=-0.5, n=160),
        shown("gap_minutes", -1, breakdown="rep", category="rep", low=-5.5, high=3.5, n=610),
        shown("gap_minutes", -2, breakdown="ips", category="low", low=-6, high=2, n=820),
    ]


def _regular(evidence: str) -> list[Row]:
    rows = [shown("regular_share", 0.71, evidence), shown("left_out_share", 0.12, evidence)]
    rows += _by(
        "regular_share",
        evidence,
        {
            "sex": (0.72, 0.7),
            "social_band": (0.78, 0.75, 0.7, 0.6),
            "home_internet": (0.72, 0.61),
            "take_home": (0.8, 0.62),
            "level": (0.5, 0.66, 0.72, 0.8, 0.86),
        },
    )
    rows += _by("left_out_share", evidence, {"sex": (0.12, 0.13), "social_band": (0.08, 0.1, 0.13, 0.21), "level": (0.27, 0.16, 0.11)})
    rows.append(shown("left_out_share", 0.05, evidence, "take_home", "true", reason="at_most"))
    return [*rows, withheld("left_out_share", "small", evidence, "home_internet", "false")]


def _unequal(evidence: str, between: float = 0.31) -> list[Row]:
    """Lorenz ordinates of a convex curve; Gini from its trapezia is 0.4308, printed 0.43."""
    rows = [shown("unused_share", 0.04, evidence, n=287), shown("gini_minutes", 0.43, evidence, n=287)]
    rows += [shown("theil_t_minutes", 0.3, evidence, n=287)]
    rows += [shown("lorenz_share", y, evidence, "lowest", x) for x, y in (("20", 0.02), ("40", 0.11), ("60", 0.27), ("80", 0.52))]
    return [*rows, *_between(evidence, "classes", between, 0.04)]


def _unequal_between_schools() -> list[Row]:
    whole = [row for row in _unequal("foreground") if row[1] != "between"]
    return [*whole, *_between("foreground", "schools", 0.14, 0.03)]


def _between(evidence: str, unit: str, share: float, chance: float) -> list[Row]:
    cells = ((unit, share), (f"{unit}_by_chance", chance))
    return [shown("theil_between_share", value, evidence, "between", category) for category, value in cells]


def _hidden(reason: str) -> list[Row]:
    rows = [withheld(measure, reason) for measure in ("regular_share", "left_out_share", "unused_share", "gini_minutes", "theil_t_minutes")]
    rows += [withheld("gap_minutes", reason, breakdown=trait, category=first) for trait, (first, *_) in TRAITS.items() if trait != "level"]
    rows += [withheld("regular_share", reason, breakdown=trait, category=group) for trait in ("sex", "level") for group in TRAITS[trait]]
    rows += [withheld("lorenz_share", reason, breakdown="lowest", category=lowest) for lowest in ("20", "40", "60", "80")]
    return [*rows, withheld("theil_between_share", reason, breakdown="between", category="classes")]
