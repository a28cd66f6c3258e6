"""How often each interval that Cartable prints holds the truth, where the truth is known; and the page that says so, docs/intervals.md."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from tempfile import gettempdir

import numpy as np
import polars as pl

from analysis.config import Config
from analysis.engine import new_connection
from analysis.header import read_sql
from analysis.warehouse import t_quantiles
from tests.statistics import towns

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "intervals.md"
MEASURE = read_sql(ROOT / "analysis" / "measures" / "minutes_per_pupil_day.sql").sql
TOWNS = 4_000
LEAST, MOST = 0.93, 0.97
HEAD = """# How often the intervals hold the truth

Written by `python -m tests.statistics`: 4,000 invented towns for each row, whose true answer is known
([tests/statistics/towns.py](../tests/statistics/towns.py)), which takes about a minute; and 300 for each row of `value_added`, which
takes about six. The slow tests draw other towns and compare. An interval of 95 % should hold the truth in 93 to 97 towns of a hundred;
the simulation's own error is 0.7 of a percent, with 300 towns 2.5 (two standard errors). Where a row misses that, the last column says
so: we neither hide the row nor choose kinder towns.

The towns, but for the rows called symmetric, are made as use is: right-skewed minutes, mean equal to standard deviation, 15 % of pupils
without any, 16 to 28 pupils a class, three tenths of the variance between classes. "Printed" is the share of towns in which there was an
interval at all; the others say nothing. The width is the mean width, in the unit of the row. The median lies on a whole day, so its
interval is a little longer than needed, and more so where days are few.

The slopes are those of progress over minutes of use, in standard deviations of the outcome per 10 minutes a day: truly .05 within classes
and .10 between them, or nothing of both; classes share 8 % of the variance of the outcome and schools 4 %. Where slopes differ by
class, their standard deviation is .05. The clusters are classes, in a fourth as many schools.

| interval | towns | clusters | holds the truth | printed | mean width | verdict |
|---|---|---|---|---|---|---|
"""
VERDICTS = {"too short": "**too short**", "longer": "longer than needed", "holds": "holds"}


@dataclass(frozen=True)
class Row:
    """What was seen of one interval in one design: `held` and `printed` are shares of towns, `width` is in the unit of the interval."""

    interval: str
    design: str
    clusters: int
    held: float
    printed: float
    width: float
    drawn: int = TOWNS

    @property
    def verdict(self) -> str:
        return VERDICTS["too short" if self.held < LEAST else "longer" if self.held > MOST else "holds"]

    @property
    def error(self) -> float:
        """The standard error that the share held would have, drawn again."""
        return sqrt(self.held * (1 - self.held) / (self.drawn * self.printed))


@dataclass(frozen=True)
class Study:
    """An interval, the design that it is tried on, and how many clusters it is tried with."""

    interval: str
    design: str
    town: towns.Town
    clusters: tuple[int, ...] = (6, 12, 24)

    def rows(self, seed: int) -> Iterator[Row]:
        for clusters in self.clusters:
            yield self._row(np.random.default_rng([seed, clusters]), clusters)

    def _row(self, chance: np.random.Generator, clusters: int) -> Row:
        return row_of(self.interval, self.design, clusters, [self.town(chance, clusters) for _ in range(TOWNS)])


def row_of(interval: str, design: str, clusters: int, draws: Sequence[towns.Draw]) -> Row:
    """What so many towns show."""
    limits = [(d.estimate.low, d.estimate.high, d.truth) for d in draws]
    printed = np.array([each for each in limits if each[0] is not None and each[1] is not None], dtype=float)
    low, high, truth = printed.T
    held = (low <= truth) & (truth <= high)
    return Row(interval, design, clusters, held.mean(), len(printed) / len(draws), (high - low).mean(), len(draws))


SCHOOLS = (6, 8, 12, 24)
STUDIES = [
    Study("gap within classes, minutes (`within_clusters`)", "half of each class", towns.gap_within(0.5)),
    Study("gap within classes, minutes (`within_clusters`)", "6 % of pupils", towns.gap_within(0.06)),
    Study("gap within classes, by school, minutes (`within_clusters`)", "half of each class", towns.gap_within_by_school),
    Study("gap between classes, minutes (`between_clusters`)", "a third of the classes", towns.gap_between),
    Study("change, minutes (`change`)", "paired by class", towns.change_by_class),
    Study("slope index, minutes (`slope_index`)", "schools of 3 to 12 classes", towns.slope_of_schools, SCHOOLS),
    Study("concentration index (`concentration_index`)", "schools of 3 to 12 classes", towns.concentration_of_schools, SCHOOLS),
    Study("share who have started (`started_share`)", "within 10 days", towns.started_within(10)),
    Study("share who have started (`started_share`)", "within 30 days", towns.started_within(30)),
    Study("share who have started (`started_share`)", "within 60 days", towns.started_within(60)),
    Study("median days to first use (`median_days`)", "whole days", towns.median_start),
]


# A fit takes a second, so these rows rest on fewer towns.
FITTED = 300
SLOPES = {
    "one slope in every class": towns.Slopes(classes=12, schools=3, within=0.05, between=0.1),
    "slopes differ by class": towns.Slopes(classes=24, schools=6, within=0.05, between=0.1, varies=0.05),
    "nothing to find": towns.Slopes(classes=24, schools=6, within=0, between=0),
}


def simulate(seed: int) -> list[Row]:
    """The rows of the page but for the slopes, from towns that the seed decides."""
    ratios = [ratio_row(name, pupils, classes, seed) for name, pupils in PUPILS.items() for classes in (3, 6, 12, 24)]
    return [*ratios, *(row for number, study in enumerate(STUDIES) for row in study.rows(seed * 100 + number))]


def simulate_slopes(seed: int, drawn: int = FITTED) -> list[Row]:
    """The rows of both slopes of `value_added`, each design's towns fitted once."""
    return [row for design in SLOPES for row in slope_rows(design, seed, drawn)]


def slope_rows(design: str, seed: int, drawn: int) -> list[Row]:
    """Within and between classes, of the same towns."""
    town, number = SLOPES[design], list(SLOPES).index(design)
    pairs = zip(*(towns.slopes_found(np.random.default_rng([seed, number, each]), town) for each in range(drawn)), strict=True)
    names = ("slope within classes, per 10 minutes (`value_added`)", "slope between classes, per 10 minutes (`value_added`)")
    return [row_of(name, design, town.classes, draws) for name, draws in zip(names, pairs, strict=True)]


def symmetric(chance: np.random.Generator, room: np.ndarray) -> np.ndarray:
    """Pupils of classes around 60 minutes with a standard deviation of 10."""
    effects = chance.normal(0, 10 * np.sqrt(towns.ICC), room.max() + 1)
    return effects[room] + chance.normal(60, 10 * np.sqrt(1 - towns.ICC), len(room))


def skewed(chance: np.random.Generator, room: np.ndarray) -> np.ndarray:
    return towns.minutes(chance, towns.factor(chance, towns.ICC, room.max() + 1)[room])


PUPILS: dict[str, Callable[[np.random.Generator, np.ndarray], np.ndarray]] = {"symmetric": symmetric, "skewed, with zeros": skewed}
TRUTHS = {"symmetric": 60.0, "skewed, with zeros": towns.MEAN}


def ratio_row(
    design: str, pupils: Callable[[np.random.Generator, np.ndarray], np.ndarray], classes: int, seed: int, schools: int = TOWNS
) -> Row:
    """The interval of the measure's own SQL over as many schools as the others have towns."""
    pupils_seen = pupil_period(pupils, classes, seed, schools)
    with new_connection(Config(), Path(gettempdir())) as connection:
        connection.execute("CREATE SCHEMA marts")
        for name, frame in {"pupil_period": pupils_seen, "pupil_cut": pupils_seen.clear(), "t_quantile": t_quantiles()}.items():
            connection.register("frame", frame)
            connection.execute(f"CREATE TABLE marts.{name} AS SELECT * FROM frame")
        held = f"SELECT AVG(CAST({TRUTHS[design]} BETWEEN low AND high AS INTEGER)), COUNT(low), AVG(high - low) FROM ({MEASURE})"
        share, printed, width = connection.execute(held).fetchall()[0]
    return Row("minutes per pupil and day (`minutes_per_pupil_day.sql`)", design, classes, share, printed / schools, width)


def pupil_period(pupils: Callable[[np.random.Generator, np.ndarray], np.ndarray], classes: int, seed: int, schools: int) -> pl.DataFrame:
    """Rows of `marts.pupil_period` for many schools of `classes` classes, all drawn around one true mean."""
    days, chance = 40, np.random.default_rng([seed, classes])
    room = towns.rooms(chance, schools * classes)
    minutes = pupils(chance, room)
    school = room // classes
    keys = pl.DataFrame({"uai": school, "school_uai": school, "cluster_key": room, "person_key": np.arange(len(room))}).cast(pl.String)
    # as long as what is read of a pseudonym
    keys = keys.with_columns(pl.col("person_key").str.zfill(12))
    whole = {"period": "2025-T1", "breakdown": "all", "category": "all", "evidence": "foreground", "days": days}
    return keys.with_columns(pl.lit(value).alias(name) for name, value in whole.items()).with_columns(
        seconds=pl.Series(minutes * days * 60)
    )


def page_of(rows: list[Row]) -> str:
    """The text of docs/intervals.md."""
    return HEAD + "".join(
        f"| {r.interval} | {r.design} | {r.clusters} | {r.held:.1%} | {r.printed:.0%} | {r.width:.3g} | {r.verdict} |\n" for r in rows
    )


def rows_of(page: str) -> list[Row]:
    """The rows that a page holds, as it rounds them."""
    found = re.findall(r"^\| (.+) \| (.+) \| (\d+) \| ([\d.]+)% \| ([\d.]+)% \| ([\d.]+) \| .+ \|$", page, flags=re.MULTILINE)
    return [
        Row(
            interval,
            design,
            int(clusters),
            float(held) / 100,
            float(printed) / 100,
            float(width),
            FITTED if "value_added" in interval else TOWNS,
        )
        for interval, design, clusters, held, printed, width in found
    ]
