"""Results of the town's own test, in September and in December, with what the use of tablets is planted to mean for them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from analysis.demo.behaviour import open_days
from analysis.demo.clock import DAY, MINUTE, day_number, iso, stream, to_local
from analysis.demo.people import People
from analysis.demo.rawfiles import FileTruth, RawFolder

TEST = "Test de la ville"
FIRST_TEST, SECOND_TEST = day_number(date(2025, 9, 18)), day_number(date(2025, 12, 11))
SCALE = (0, 100)
_PUPIL_SD, _CLASS_SD, _SCHOOL_SD, _TEST_SD = 12.0, 3.0, 2.0, 6.0
_PER_IPS_POINT = 0.2
_KEEPS = 0.8  # of a pupil's place among the others, from one test to the next
_ABSENT = 0.03


@dataclass(frozen=True)
class Domain:
    """A domain of the test: points for ten minutes more a day than the class, and for ten minutes more of the class itself."""

    name: str
    within: float
    between: float


DOMAINS = (Domain("lecture", 3.0, 0.0), Domain("calcul", 0.0, 0.0))


def write_outcomes(folder: RawFolder, people: People, bouts: pl.DataFrame, first: int, last: int, seed: int) -> None:
    """Writes assessments.csv: both tests where the span holds them; nothing where it holds none."""
    days = [day for day in (FIRST_TEST, SECOND_TEST) if first <= day <= last]
    if not days:
        return
    rng = stream(seed, "outcomes")
    pupils = pupils_with_minutes(people, bouts, first, last)
    rows: list[str] = []
    for domain in DOMAINS:
        for day, points in zip((FIRST_TEST, SECOND_TEST), scores(pupils, domain, rng), strict=True):
            came = rng.random(pupils.height) >= _ABSENT  # drawn for every day, whatever the span: the rest stays as it is
            taken = pupils.select("person", "person_id", points=pl.Series(points)).filter(came).join(_enrolled(people, day), on="person")
            rows += _lines(taken, domain, day) if day in days else []
    text = "\n".join(["person_id,test,domain,taken_on,score,scale", *rows]) + "\n"
    folder.write(FileTruth("rosters/assessments.csv", "roster_assessments", len(rows)), text)


def scores(pupils: pl.DataFrame, domain: Domain, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The points of all pupils (school, class_, ips, minutes) in both tests, whole numbers within the scale.

    The second result keeps most of the first one's ability, and adds classes, schools and what `domain` plants for minutes.
    """
    school, class_ = pupils["school"].to_numpy(), pupils["class_"].to_numpy()
    minutes = pupils["minutes"].fill_null(0.0).to_numpy()
    mean = pupils.select(pl.col("minutes").mean().over("class_").fill_null(0.0)).to_series().to_numpy()
    ability = rng.normal(0, _PUPIL_SD, len(school)) + _PER_IPS_POINT * (pupils["ips"].to_numpy() - 100)
    later = _KEEPS * ability + rng.normal(0, _PUPIL_SD * np.sqrt(1 - _KEEPS**2), len(school))
    planted = domain.within * (minutes - np.where(minutes > 0, mean, minutes)) / 10 + domain.between * mean / 10
    return tuple(  # type: ignore[return-value]
        _points(50 + known + _shared(rng, class_, _CLASS_SD) + _shared(rng, school, _SCHOOL_SD) + rng.normal(0, _TEST_SD, len(school)))
        for known in (ability, 4 + later + planted)
    )


def pupils_with_minutes(people: People, bouts: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    """One row per pupil: person, person_id, school, class_, ips, and minutes per school day between both tests, null without a tablet."""
    days = open_days(people, max(first, FIRST_TEST + 1), min(last, SECOND_TEST))
    counted = days.group_by("school").agg(pl.len().alias("days"))
    own = bouts.filter(pl.col("person") >= 0)
    used = own.with_columns(day=pl.Series(to_local(own["start"].to_numpy()) // DAY))
    pupils = people.people.filter(pl.col("profile") == "student").select("person", "person_id", "school", "class_")
    minutes = (
        used.join(pupils, on="person")
        .join(days, on=["school", "day"], how="semi")
        .group_by("person")
        .agg((pl.col("length").sum() / MINUTE).alias("total"))
    )
    ips = pl.DataFrame({"school": range(len(people.plans)), "ips": [plan.ips for plan in people.plans]})
    joined = pupils.join(ips, on="school", how="left").join(counted, on="school", how="left").join(minutes, on="person", how="left")
    return joined.with_columns(minutes=pl.col("total") / pl.col("days")).sort("person")


def _enrolled(people: People, day: int) -> pl.DataFrame:
    return people.enrolments.filter((pl.col("from_") <= day) & (pl.col("to_") >= day)).select("person").unique()


def _lines(taken: pl.DataFrame, domain: Domain, day: int) -> list[str]:
    rest = f"{TEST},{domain.name},{iso(day)}"
    return [
        f"{person},{rest},{points},{SCALE[0]}-{SCALE[1]}"
        for person, points in taken.sort("person").select("person_id", "points").iter_rows()
    ]


def _points(exact: np.ndarray) -> np.ndarray:
    return np.clip(np.round(exact), *SCALE).astype(int)


def _shared(rng: np.random.Generator, group: np.ndarray, spread: float) -> np.ndarray:
    """What those of a class (or a school) have in common."""
    return rng.normal(0, spread, int(group.max()) + 1)[group]
