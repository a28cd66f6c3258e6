"""Classes, pupils and grown-ups of the commune."""

from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Any

import numpy as np
import polars as pl

from analysis.demo import names
from analysis.demo.clock import day_number, stream
from analysis.demo.plans import SchoolPlan

NO_SCHOOL = -1
OPEN_END = 1_000_000  # a day number that never comes: the span lasts
PUPILS_PER_CLASS = 24
FIRST_SCHOOL_DAY = day_number(date(2025, 9, 1))
AUTUMN_LEAVE = day_number(date(2025, 10, 17))
AUTUMN_RETURN = day_number(date(2025, 11, 3))
BANDS = ("très favorisée", "favorisée", "moyenne", "défavorisée")
_LEVEL_SHIFT = {"CP": -0.30, "CE1": -0.10, "CE2": 0.0, "CM1": 0.10, "CM2": 0.15}


@dataclass(frozen=True)
class People:
    """Frames: `classes` (one per class), `people` (one per person), `enrolments` (person x class x span of day numbers)."""

    plans: list[SchoolPlan]
    classes: pl.DataFrame
    people: pl.DataFrame
    enrolments: pl.DataFrame

    def school(self, key: str) -> int:
        """The number of the school that its plan calls `key`; NO_SCHOOL, which no school has, where none is called so."""
        return _number(self.plans, key)


def build_people(sized: list[tuple[SchoolPlan, int]], seed: int) -> People:
    """Everybody in schools of these sizes: the pupils, one teacher per class, none to two relatives per pupil."""
    plans = [plan for plan, _ in sized]
    classes, seats = _classes_and_seats(sized, seed)
    children = _pupils(plans, seats, seed)
    grown_ups = pl.concat([_teachers(classes, seed), _relatives(children, seed), _staff(plans, seed)])
    everyone = pl.concat([children.select(grown_ups.columns), grown_ups]).with_row_index("person").cast({"person": pl.Int64})
    children = children.with_columns(person=everyone["person"].head(children.height))
    return People(plans, classes, _with_identities(everyone, seed), _enrolments(plans, children, everyone))


def _number(plans: list[SchoolPlan], key: str) -> int:
    return next((i for i, plan in enumerate(plans) if plan.key == key), NO_SCHOOL)


def _classes_and_seats(sized: list[tuple[SchoolPlan, int]], seed: int) -> tuple[pl.DataFrame, list[tuple[int, int, str]]]:
    """The classes, and one (school, class, level) per pupil."""
    rows: list[dict[str, Any]] = []
    seats: list[tuple[int, int, str]] = []
    for school, (plan, size) in enumerate(sized):
        groups = class_groups(plan, size)
        labels = _labels(groups)
        for i, levels in enumerate(groups):
            position = i / max(1, len(groups) - 1)
            row = {
                "class_": len(rows),
                "school": school,
                "label": labels[i],
                "levels": "|".join(dict.fromkeys(levels)),
                "position": position,
            }
            seats += [(school, len(rows), level) for level in levels]
            rows.append(row)
    return _with_habits(pl.DataFrame(rows), [plan for plan, _ in sized], seed), seats


def class_groups(plan: SchoolPlan, size: int) -> list[list[str]]:
    """The levels of the pupils of each class: classes of one level where there are enough pupils, else of several."""
    per_level = [size * (i + 1) // len(plan.levels) - size * i // len(plan.levels) for i in range(len(plan.levels))]
    if min(per_level) >= 15:
        return [part for level, n in zip(plan.levels, per_level, strict=True) for part in _split([level] * n)]
    row = [level for level, n in zip(plan.levels, per_level, strict=True) for _ in range(n)]
    return [row] if plan.key == "hameau" else _split(row, 2)


def _split(row: list[str], least: int = 1) -> list[list[str]]:
    parts = max(least, round(len(row) / PUPILS_PER_CLASS))
    return [row[len(row) * i // parts : len(row) * (i + 1) // parts] for i in range(parts)]


def _labels(groups: list[list[str]]) -> list[str]:
    stems = ["-".join(dict.fromkeys(levels)) for levels in groups]
    return [f"{stem} {ascii_uppercase[stems[:i].count(stem)]}" for i, stem in enumerate(stems)]


def _with_habits(classes: pl.DataFrame, plans: list[SchoolPlan], seed: int) -> pl.DataFrame:
    """Adds identifiers and what the teacher decides: how much, how often, whether the tablet goes home."""
    rng = stream(seed, "classes")
    n = classes.height
    share = np.array([plans[s].take_home_share for s in classes["school"]])
    first_of_school = classes["position"].to_numpy() == 0
    return classes.with_columns(
        class_id=pl.Series(names.codes(rng, "cl-", n)),
        ent_class=pl.Series(names.uuids(rng, n)),
        log_teacher=pl.Series(rng.normal(0, 0.17, n)),
        logit_teacher=pl.Series(rng.normal(0, 0.27, n)),
        take_home=pl.Series((rng.random(n) < share) | (first_of_school & (share >= 0.4))),
        is_individual=pl.Series([plans[s].individual_until >= p for s, p in classes.select("school", "position").iter_rows()]),
    )


def _pupils(plans: list[SchoolPlan], seats: list[tuple[int, int, str]], seed: int) -> pl.DataFrame:
    """One row per pupil. Social band follows the school's IPS; nothing else follows the band but what docs/demo.md plants."""
    rng = stream(seed, "pupils")
    frame = pl.DataFrame(seats, schema=["school", "class_", "level"], orient="row")
    n = frame.height
    ips = np.array([plans[s].ips for s in frame["school"]])
    band = np.clip(np.digitize(rng.normal((ips - 100) / 18, 1), [0.9, 0.2, -0.6]), 0, 3)
    home_internet = rng.random(n) < np.array([0.99, 0.98, 0.95, 0.86])[band]
    shift = np.array([_LEVEL_SHIFT[level] for level in frame["level"]])
    return frame.with_columns(
        profile=pl.lit("student"),
        sex=pl.Series(np.where(rng.random(n) < 0.5, "F", "M")),
        social_band=pl.Series([BANDS[b] for b in band]),
        home_internet=pl.Series(home_internet),
        support=pl.Series(rng.random(n) < 0.06),
        log_person=pl.Series(rng.normal(0, 0.30, n) + shift),
        child=pl.lit(-1, dtype=pl.Int64),
    )


def _teachers(classes: pl.DataFrame, seed: int) -> pl.DataFrame:
    rng = stream(seed, "teachers")
    return _grown_ups(rng, "teacher", classes["school"].to_list(), classes["class_"].to_list(), [-1] * classes.height)


def _relatives(children: pl.DataFrame, seed: int) -> pl.DataFrame:
    rng = stream(seed, "relatives")
    count = rng.choice([0, 1, 2], children.height, p=[0.05, 0.47, 0.48])
    child = np.repeat(np.arange(children.height), count)
    return _grown_ups(rng, "relative", children["school"].to_numpy()[child].tolist(), [-1] * len(child), child.tolist())


def _staff(plans: list[SchoolPlan], seed: int) -> pl.DataFrame:
    schools = [s for s in range(len(plans)) for _ in range(2)]
    return _grown_ups(stream(seed, "staff"), "personnel", schools, [-1] * len(schools), [-1] * len(schools))


def _grown_ups(rng: np.random.Generator, profile: str, school: list[int], class_: list[int], child: list[int]) -> pl.DataFrame:
    n = len(school)
    return pl.DataFrame(
        {
            "school": pl.Series(school, dtype=pl.Int64),
            "class_": pl.Series(class_, dtype=pl.Int64),
            "level": pl.Series([""] * n, dtype=pl.String),
            "profile": pl.Series([profile] * n, dtype=pl.String),
            "sex": pl.Series(np.where(rng.random(n) < (0.8 if profile == "teacher" else 0.6), "F", "M")),
            "social_band": pl.Series([""] * n, dtype=pl.String),
            "home_internet": pl.Series([None] * n, dtype=pl.Boolean),
            "support": pl.Series([None] * n, dtype=pl.Boolean),
            "log_person": pl.Series(rng.normal(0, 0.4, n)),
            "child": pl.Series(child, dtype=pl.Int64),
        }
    )


def _with_identities(people: pl.DataFrame, seed: int) -> pl.DataFrame:
    rng = stream(seed, "identities")
    n = people.height
    first, last = names.first_names(rng, people["sex"].to_numpy() == "F"), names.last_names(rng, n)
    mail = [f"{a}.{b}{i}@valmont.example.org".lower() for i, (a, b) in enumerate(zip(first, last, strict=True))]
    return people.with_columns(
        person_id=pl.Series(names.codes(rng, "vs-", n)),
        ent_id=pl.Series(names.uuids(rng, n)),
        moodle_id=pl.Series(4_000_000 + rng.permutation(900_000)[:n]),
        first_name=pl.Series(first),
        last_name=pl.Series(last),
        email=pl.Series(mail).str.normalize("NFKD").str.replace_all(r"\p{M}", ""),
    )


def _enrolments(plans: list[SchoolPlan], children: pl.DataFrame, everyone: pl.DataFrame) -> pl.DataFrame:
    """Pupils and teachers in their class since the first day; some pupils leave at All Saints, some come after, some change school."""
    spans = everyone.filter(pl.col("class_") >= 0).select("person", "school", "class_", "level")
    spans = spans.with_columns(from_=pl.lit(FIRST_SCHOOL_DAY), to_=pl.lit(OPEN_END))
    leavers, comers = _pairs(children, _number(plans, "moulin"))
    spans = spans.with_columns(
        to_=pl.when(pl.col("person").is_in(leavers)).then(AUTUMN_LEAVE).otherwise("to_"),
        from_=pl.when(pl.col("person").is_in(comers)).then(AUTUMN_RETURN).otherwise("from_"),
    )
    here, there = _number(plans, "tilleuls"), _number(plans, "hirondelles")
    if NO_SCHOOL in (here, there):
        return spans.sort("person", "from_")
    movers = _movers(children, here, there)
    target = spans.filter(pl.col("school") == there).row(0, named=True)
    moved = spans.filter(pl.col("person").is_in(movers)).with_columns(
        school=pl.lit(there, dtype=pl.Int64),
        class_=pl.lit(target["class_"], dtype=pl.Int64),
        level=pl.lit(target["level"]),
        from_=pl.lit(AUTUMN_RETURN),
    )
    stayed = spans.with_columns(to_=pl.when(pl.col("person").is_in(movers)).then(AUTUMN_RETURN - 1).otherwise("to_"))
    return pl.concat([stayed, moved]).sort("person", "from_")


def _pairs(children: pl.DataFrame, school: int) -> tuple[list[int], list[int]]:
    """Pupils who leave, and as many who come after them and get their device: two per class of one school."""
    second = children.filter(pl.col("school") == school).sort("class_", "person")
    by_class = second.group_by("class_", maintain_order=True).agg("person").get_column("person").to_list()
    usable = [people for people in by_class if len(people) >= 2][:8]
    return [people[0] for people in usable], [people[1] for people in usable]


def _movers(children: pl.DataFrame, here: int, there: int) -> list[int]:
    """Up to four pupils who go from one school to another with their tablet."""
    level = children.filter(pl.col("school") == there)["level"][0]
    first = children.filter((pl.col("school") == here) & (pl.col("level") == level))
    return first["person"].head(4 if children.height >= 1000 else 1).to_list()
