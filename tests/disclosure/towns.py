"""Random territories, pupil by pupil, through the real gate: the cells, the attack, the mask and the published values, without any export.

Each town has a school year of its own, so that many stand in one database and the gate looks at them one after the other.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from analysis.disclosure import publish
from analysis.header import read_sql
from tests.disclosure.attacker import ALL, TERRITORY, Figure, Public, Secret, Time, figures_by
from tests.hand_made import config_in

DISCLOSURE = Path(publish.__file__).parent
COUNTS, DAYS_USED, MINUTES = "regular_share", "share_pupil_days_used", "minutes_per_pupil_day"
GROUPS = {COUNTS: ("level", "cycle", "sex", "take_home"), DAYS_USED: ("level", "cycle"), MINUTES: ("level", "cycle", "sex", "take_home")}
MEASURES = tuple(GROUPS)
OUTSIDE = "outside"  # of no level: a few pupils of whom no figure speaks
CYCLES = {"CP": "CP–CE2", "CE1": "CP–CE2", "CE2": "CP–CE2", "CM1": "CM1–CM2", "CM2": "CM1–CM2", OUTSIDE: OUTSIDE}
SIZES = (1, 2, 3, 5, 8, 9, 10, 11, 12, 13, 15, 20, 22, 24, 28)
RATES = (0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
DAYS_A_MONTH = 6
MOST_MINUTES = 90.0
COLUMNS = "measure, uai, period, breakdown, category, evidence, value, shown, reason"


@dataclass
class Town:
    """Pupils with a school, a group of each breakdown, and what each does on each day; a day before or after theirs counts for nothing."""

    number: int
    breakdowns: tuple[str, ...]
    schools: list[str]
    groups: list[tuple[str, ...]]
    here: np.ndarray  # pupils x days
    minutes: np.ndarray  # pupils x days, 0 on a day without use
    months: int
    has_weeks: bool = False
    regular: dict[Time, np.ndarray] = field(default_factory=dict)

    @property
    def school_year(self) -> str:
        """A year that no other town has."""
        return f"{2000 + self.number}-{2001 + self.number}"

    @property
    def dates(self) -> list[dt.date]:
        """The days of its months: the first Mondays and Tuesdays of each."""
        return [day for month in range(self.months) for day in _days_of(2000 + self.number, month)]

    @property
    def periods(self) -> dict[str, list[int]]:
        """The days of each period, by their places in `dates`."""
        every, count = list(range(len(self.dates))), DAYS_A_MONTH
        found = {f"{self.dates[m * count]:%Y-%m}": every[m * count : (m + 1) * count] for m in range(self.months)}
        if self.months > 1:
            cuts = (0, 4 * count, 7 * count, len(every))
            trimesters = {f"{2000 + self.number}-T{i + 1}": every[cuts[i] : cuts[i + 1]] for i in range(3)}
            found |= {name: days for name, days in trimesters.items() if days} | {self.school_year: every}
        return found

    @property
    def times(self) -> dict[Time, list[int]]:
        """Periods, and the weeks of the months."""
        found = {(period, ""): days for period, days in self.periods.items()}
        if self.has_weeks:
            for period, days in self.periods.items():
                for day in days:
                    monday = self.dates[day] - dt.timedelta(self.dates[day].weekday())
                    found.setdefault((period, str(monday)), []).append(day)
        return found


def _days_of(year: int, month: int) -> list[dt.date]:
    first = dt.date(year + (8 + month) // 12, (8 + month) % 12 + 1, 1)
    days = [first + dt.timedelta(i) for i in range(28)]
    return [day for day in days if day.weekday() in (0, 1)][:DAYS_A_MONTH]


def random_town(number: int, seed: int, months: int, largest: int = 4) -> Town:
    """One to four schools of two to five levels, many of about eleven pupils; some pupils come late or leave."""
    chance = np.random.default_rng([seed, number])
    second = str(chance.choice(["sex", "take_home", "none"]))
    levels = [*["CP", "CE1", "CE2", "CM1", "CM2"][: chance.integers(2, 6)], *([OUTSIDE] if chance.random() < 0.15 else [])]
    schools, groups = [], []
    for school in range(chance.integers(1, largest + 1)):
        for level in levels:
            size = int(chance.choice(SIZES)) if level != OUTSIDE else int(chance.integers(1, 8))
            schools += [f"{number:04}{school:03}A"] * size
            groups += [(level, CYCLES[level], *_second(second, level, chance)) for _ in range(size)]
    breakdowns = ("level", "cycle") if second == "none" else ("level", "cycle", second)
    town = Town(number, breakdowns, schools, groups, *_use(chance, schools, groups, months), months, bool(chance.random() < 0.2))
    for time, days in town.times.items():
        if not time[1]:
            town.regular[time] = _by_group(chance, schools, groups) > chance.random(len(schools))
            town.regular[time] &= town.here[:, days].any(axis=1)
    return town


def _second(kind: str, level: str, chance: np.random.Generator) -> tuple[str, ...]:
    if kind == "sex":
        return (str(chance.choice(["F", "M"])),)
    is_old = level in ("CE2", "CM1", "CM2")  # the tablets that go home are those of the older ones, but for a few
    return (str(bool(is_old ^ (chance.random() < 0.06))).lower(),) if kind == "take_home" else ()


def _by_group(chance: np.random.Generator, schools: list[str], groups: list[tuple[str, ...]]) -> np.ndarray:
    """How likely each pupil is to do something: as likely as the others of the class."""
    keys = [(school, group[0]) for school, group in zip(schools, groups, strict=True)]
    rates = {key: chance.choice(RATES) for key in sorted(set(keys))}
    return np.array([rates[key] for key in keys])


def _use(chance: np.random.Generator, schools: list[str], groups: list[tuple[str, ...]], months: int) -> tuple[np.ndarray, np.ndarray]:
    pupils, days = len(schools), months * DAYS_A_MONTH
    first = np.where(chance.random(pupils) < 0.04, chance.integers(0, days, pupils), 0)
    last = np.where(chance.random(pupils) < 0.04, chance.integers(0, days, pupils), days)
    day = np.arange(days)
    here = (day >= first[:, None]) & (day < np.maximum(last, first + 1)[:, None])
    used = chance.random((pupils, days)) < _by_group(chance, schools, groups)[:, None]
    return here, here * used * chance.uniform(1, MOST_MINUTES, (pupils, days)) * _by_group(chance, schools, groups)[:, None]


def public_of(town: Town) -> Public:
    """What everybody knows of a town, and a little more."""
    public = Public(town.breakdowns)
    months = {day: m for m in range(town.months) for day in range(m * DAYS_A_MONTH, (m + 1) * DAYS_A_MONTH)}
    mondays = [day - dt.timedelta(day.weekday()) for day in town.dates]
    names = [(months[i], mondays[i]) if town.has_weeks else (months[i],) for i in range(len(mondays))]
    numbers = {name: i for i, name in enumerate(dict.fromkeys(names))}
    piece = np.array([numbers[name] for name in names])
    public.pieces = {time: tuple(sorted({int(piece[day]) for day in days})) for time, days in town.times.items()}
    for cell, members in _cells(town).items():
        for number in numbers.values():
            public.days[cell, number] = float(town.here[members][:, piece == number].sum())
        for time, days in town.times.items():
            public.pupils[cell, time] = int(town.here[members][:, days].any(axis=1).sum())
    return public


def _cells(town: Town) -> dict[tuple[str, tuple[str, ...]], list[int]]:
    found: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for i, cell in enumerate(zip(town.schools, town.groups, strict=True)):
        found.setdefault(cell, []).append(i)
    return found


def truth_of(town: Town, secret: Secret) -> float:
    """What the pupils of a secret really do."""
    members = np.isin(np.arange(len(town.schools)), [i for cell in secret.cells for i in _cells(town).get(cell, [])])
    return _value(town, secret.measure, members, secret.time, town.times[secret.time])[1]


def _value(town: Town, measure: str, members: np.ndarray, time: Time, days: list[int]) -> tuple[float, float, float]:
    """Numerator, ratio and denominator of some pupils at some time."""
    here, minutes = town.here[members][:, days], town.minutes[members][:, days]
    if measure == COUNTS:
        top, bottom = town.regular[time][members].sum(), here.any(axis=1).sum()
    else:
        top, bottom = (minutes > 0).sum() if measure == DAYS_USED else minutes.sum(), here.sum()
    return float(top), float(top / bottom) if bottom else 0.0, float(bottom)


def _rows_of(town: Town, measures: Sequence[str]) -> list[dict]:
    """The rows of `measures.values`."""
    schools, rows = np.array(town.schools), []
    places = [(uai, schools == uai) for uai in sorted(set(town.schools))] + [(TERRITORY, np.ones(len(schools), dtype=bool))]
    for measure in measures:
        for uai, inside in places:
            for breakdown, category, members in _groups(town, measure, inside):
                for time, days in town.times.items():
                    if (not time[1] or (breakdown == ALL and measure != COUNTS)) and town.here[members][:, days].any():
                        rows.append(_row(town, measure, uai, time, days, breakdown, category, members))
    return rows


def _groups(town: Town, measure: str, inside: np.ndarray) -> list[tuple[str, str, np.ndarray]]:
    found = [(ALL, ALL, inside)]
    for at, breakdown in enumerate(town.breakdowns):
        if breakdown in GROUPS[measure]:
            mine = np.array([group[at] for group in town.groups])
            found += [(breakdown, category, inside & (mine == category)) for category in sorted(set(mine) - {OUTSIDE})]
    return found


def _row(town: Town, measure: str, uai: str, time: Time, days: list[int], breakdown: str, category: str, members: np.ndarray) -> dict:
    numerator, value, denominator = _value(town, measure, members, time, days)
    present = members & town.here[:, days].any(axis=1)
    minutes = town.minutes[members][:, days].sum(axis=1)
    is_largest = measure == MINUTES and minutes.sum() > 0
    group = ("week", time[1]) if time[1] else (breakdown, category)
    return {
        **dict(zip(("measure", "uai", "period", "breakdown", "category"), (measure, uai, time[0], *group), strict=True)),
        "evidence": "foreground",
        "n": int(present.sum()),
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "population": hash(present.tobytes()) % 2**63,
        "largest": float(minutes.max() / minutes.sum()) if is_largest else None,
    }


def _cuts_of(town: Town) -> list[tuple[str, ...]]:
    """The rows of `marts.pupil_cut`."""
    rows = []
    for period, days in town.periods.items():
        for pupil in np.flatnonzero(town.here[:, days].any(axis=1)):
            uai, groups = town.schools[pupil], [(ALL, ALL), *zip(town.breakdowns, town.groups[pupil], strict=True)]
            for place in (uai, TERRITORY):
                rows += [(place, period, f"{town.number}-{pupil}", *group, uai) for group in groups if group[1] != OUTSIDE]
    return rows


class Gated:
    """Some towns in a database in memory, gone through the real gate; `published`, `naive` or otherwise hidden, as a reader sees them."""

    def __init__(self, towns: Sequence[Town], folder: Path, measures: Sequence[str] = MEASURES) -> None:
        self.towns = {town.number: town for town in towns}
        self._of = {period: town.number for town in towns for period in town.periods}
        self.connection = duckdb.connect()
        self.connection.execute("CREATE SCHEMA measures; CREATE SCHEMA marts; CREATE SCHEMA published; SET threads = 1")
        for name in ("macros.sql", "counting.sql"):
            self.connection.execute((DISCLOSURE.parent / name).read_text("utf-8"))
        self._fill(towns, measures)
        config = config_in(folder)
        for name, frame in publish._frames(config).items():
            self.connection.register(name, frame)
        self._make("periods")
        publish._close_gate(config, read_sql(DISCLOSURE / "queries" / "cells.sql"), self.connection)
        self._make("values")

    def figures(self) -> dict[int, list[Figure]]:
        """What a reader sees, by town."""
        return figures_by(self.connection.execute(f'SELECT {COLUMNS} FROM published."values"').fetchall(), self._of)

    def with_primary_suppression_only(self) -> dict[int, list[Figure]]:
        """What a reader would see if only the small groups themselves were hidden."""
        self.connection.execute("DELETE FROM measures.mask")
        self.connection.execute("UPDATE measures.cell SET hidden = NULL WHERE hidden IN ('complement', 'steady')")
        self.connection.execute('DROP TABLE published."values"')
        self._make("values")
        return self.figures()

    def _make(self, name: str) -> None:
        self.connection.execute(f'CREATE TABLE published."{name}" AS {read_sql(DISCLOSURE / f"{name}.sql").sql}')

    def _fill(self, towns: Sequence[Town], measures: Sequence[str]) -> None:
        rows = [row for town in towns for row in _rows_of(town, measures)]
        schools = [(uai, town.school_year) for town in towns for uai in sorted(set(town.schools))]
        spans = [
            (uai, period, _kind(period), town.school_year, town.dates[days[0]], town.dates[days[-1]])
            for town in towns
            for uai in sorted(set(town.schools))
            for period, days in town.periods.items()
        ]
        days = [(uai, day, True) for town in towns for uai in sorted(set(town.schools)) for day in town.dates]
        frames = {
            'measures."values"': pl.DataFrame(rows, infer_schema_length=None).with_columns(
                pl.col("population").cast(pl.UInt64),
                pl.col("largest").cast(pl.Float64),
                pl.lit(None, pl.Int64).alias("clusters"),
                *(pl.lit(None, pl.Float64).alias(name) for name in ("low", "high")),
            ),
            "marts.school": _frame(schools, "uai school_year").with_columns(ips=pl.lit(None, pl.Float64)),
            "marts.period": _frame(spans, "uai period kind school_year from_date to_date"),
            "marts.school_day": _frame(days, "uai local_date is_school_day"),
            "marts.pupil_cut": _frame([r for t in towns for r in _cuts_of(t)], "uai period person_key breakdown category school_uai"),
        }
        for name, frame in frames.items():
            self.connection.register("frame", frame)
            self.connection.execute(f"CREATE TABLE {name} AS FROM frame")


def _frame(rows: list[tuple], columns: str) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=columns.split(), orient="row", infer_schema_length=None)


def _kind(period: str) -> str:
    return "month" if len(period) == 7 and "T" not in period else "trimester" if "T" in period else "year"
