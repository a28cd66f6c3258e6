"""The behaviour model: who uses which device when (docs/demo.md describes it and names each number)."""

import numpy as np
import polars as pl

from analysis.demo.clock import DAY, HOUR, MINUTE, is_school_day, stream, to_local, to_utc, weekday
from analysis.demo.devices import Fleet
from analysis.demo.people import BANDS, People
from analysis.demo.plans import CLOSURE, TRAINED_SCHOOL, TRAINING_DAY

SHORTEST, LONGEST = 60_000, 45 * MINUTE
BAND_MINUTES = dict(zip(BANDS, (0.10, 0.05, 0.0, -0.28), strict=True))  # added to the logarithm of minutes
BAND_HOME = dict(zip(BANDS, (1.2, 1.1, 1.0, 0.7), strict=True))  # multiplies the chance of use at home
TRAINING_LOG, TRAINING_LOGIT = 0.20, 0.45
CLOSED_SCHOOL = "pommeraie"
_WEEKDAY_LOGIT = np.array([-0.1, 0.15, -0.6, 0.15, -0.2, 0.0, 0.0])
_CLOCK_CHANGE_NIGHT = 20387  # 26 October 2025
_COLUMNS = ["device", "person", "start", "length"]


def build_bouts(people: People, fleet: Fleet, first: int, last: int, seed: int) -> pl.DataFrame:
    """Every stretch with the screen on: device, person (-1: unknown), start (UTC ms), length (ms); those of a device never overlap."""
    days = open_days(people, first, last)
    members = _with_people(fleet, people)
    lessons = _lessons(people, days, first, seed)
    parts = [
        _lesson_bouts(members, lessons, seed),
        _autonomy(members, days, seed),
        _after_school_study(members, days, seed),
        _trolley_bouts(fleet, days, seed),
        _home(members, people, days, first, last, seed),
        _grown_ups(fleet, people, days, seed),
        _technician(fleet, people, seed),
    ]
    bouts = pl.concat([part.select(_COLUMNS) for part in parts if part.height])
    bouts = bouts.with_columns(start=pl.Series(to_utc(bouts["start"].to_numpy())))
    bouts = pl.concat([bouts, *(part.select(_COLUMNS) for part in _nights(members, people, first, last, seed))])
    return _kept(bouts, fleet, people, first, last, seed)


def open_days(people: People, first: int, last: int) -> pl.DataFrame:
    """One row per school and day on which it is open: school, day."""
    all_days = np.arange(first, last + 1)
    rows = []
    for school, plan in enumerate(people.plans):
        is_open = is_school_day(all_days, plan.week_pattern)
        if plan.key == CLOSED_SCHOOL:
            is_open &= (all_days < CLOSURE[0]) | (all_days > CLOSURE[1])
        rows.append(pl.DataFrame({"day": all_days[is_open]}).with_columns(school=pl.lit(school, dtype=pl.Int64)))
    return pl.concat(rows)


def is_dark(people: People, devices: pl.DataFrame, first: int, last: int, seed: int) -> pl.DataFrame:
    """One row per device and day on which its agent reports nothing at all: device, day."""
    rng = stream(seed, "dark")
    n_days = last - first + 1
    share = np.array([people.plans[s].dark_share for s in devices["school"]])
    grid = rng.random((devices.height, n_days)) < share[:, None]
    grid |= np.arange(first, last + 1)[None, :] >= devices["silent_from"].to_numpy()[:, None]
    device, day = np.nonzero(grid)
    return pl.DataFrame({"device": device, "day": day + first})


def seen_days(people: People, fleet: Fleet, bouts: pl.DataFrame, first: int, last: int, seed: int) -> pl.DataFrame:
    """Days on which a device reports something: days of use, school days of a held device, one other day in twelve. Columns device, day."""
    rng = stream(seed, "seen")
    every_day = pl.DataFrame({"day": np.arange(first, last + 1)})
    held = fleet.members.select("device", "school", "from_", "to_").join(every_day, how="cross")
    held = held.filter(pl.col("day").is_between("from_", "to_")).sort("device", "day")
    held = held.join(
        open_days(people, first, last).with_columns(is_open=pl.lit(True)), on=["school", "day"], how="left", maintain_order="left"
    )
    held = held.filter(pl.col("is_open").fill_null(False) | pl.Series(rng.random(held.height) < 0.08)).select("device", "day")
    dark = is_dark(people, fleet.devices, first, last, seed)
    return pl.concat([held.join(dark, on=["device", "day"], how="anti"), bouts.select("device", "day")]).unique().sort("device", "day")


def _with_people(fleet: Fleet, people: People) -> pl.DataFrame:
    who = people.people.select("person", "log_person", "social_band", "home_internet")
    return (
        fleet.members.join(who, on="person", how="left", maintain_order="left")
        .with_columns(
            log_band=pl.col("social_band").replace_strict(BAND_MINUTES, default=0.0),
            home_factor=pl.col("social_band").replace_strict(BAND_HOME, default=1.0),
        )
        .with_columns(log_person=pl.col("log_person").fill_null(0.0) + pl.col("log_band"))
    )


def _lessons(people: People, days: pl.DataFrame, first: int, seed: int) -> pl.DataFrame:
    """Lessons with tablets: class_, day, slot (0 morning, 1 afternoon), start (local ms), log_minutes."""
    rng = stream(seed, "lessons")
    grid = people.classes.select("class_", "school", "log_teacher", "logit_teacher").join(days, on="school").sort("class_", "day")
    n, day, school = grid.height, grid["day"].to_numpy(), grid["school"].to_numpy()
    log_school = np.array([plan.log_use for plan in people.plans])[school]
    is_trained = np.array([plan.key == TRAINED_SCHOOL for plan in people.plans])[school] & (day > TRAINING_DAY)
    ramp = 0.6 + 0.4 * (1 - np.exp(-(day - first) / 15))
    logit = 0.05 + grid["logit_teacher"].to_numpy() + 1.2 * log_school + _WEEKDAY_LOGIT[weekday(day)] + TRAINING_LOGIT * is_trained
    chance = ramp / (1 + np.exp(-logit))
    log_minutes = np.log(10.5) + grid["log_teacher"].to_numpy() + log_school + TRAINING_LOG * is_trained + rng.normal(0, 0.25, n)
    slots = []
    for slot, (opens, width, weight) in enumerate([(8 * 60 + 40, 80, 0.95), (13 * 60 + 50, 55, 0.65)]):
        takes_place = (rng.random(n) < chance * weight) & ((weekday(day) != 2) | (slot == 0))
        start = day * DAY + ((opens + rng.integers(0, width, n)) * MINUTE)
        part = grid.select("class_", "day").with_columns(slot=pl.lit(slot), start=pl.Series(start), log_minutes=pl.Series(log_minutes))
        slots.append(part.filter(pl.Series(takes_place)))
    return pl.concat(slots)


def _lesson_bouts(members: pl.DataFrame, lessons: pl.DataFrame, seed: int) -> pl.DataFrame:
    rng = stream(seed, "lesson bouts")
    mine = members.filter(pl.col("kind") == "individual").join(lessons, on="class_")
    mine = mine.filter(pl.col("day").is_between("from_", "to_")).sort("device", "start")
    mine = mine.filter(pl.Series(rng.random(mine.height) < 0.93))
    late = rng.integers(0, 90_000, mine.height)
    return _timed(mine.with_columns(start=pl.col("start") + pl.Series(late)), rng, mine["log_minutes"].to_numpy(), 0.25)


def _autonomy(members: pl.DataFrame, days: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Alone, before lunch: a pupil who has finished."""
    rng = stream(seed, "autonomy")
    mine = _sampled(members.filter(pl.col("kind") == "individual"), days, rng, 0.07)
    start = mine["day"].to_numpy() * DAY + 10 * HOUR + 55 * MINUTE + rng.integers(0, 12 * MINUTE, mine.height)
    return _timed(mine.with_columns(start=pl.Series(start)), rng, np.full(mine.height, np.log(5.0)), 0.4, 14 * MINUTE)


def _after_school_study(members: pl.DataFrame, days: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Use that runs past the last bell."""
    rng = stream(seed, "study")
    mine = _sampled(members.filter((pl.col("kind") == "individual") & pl.col("take_home")), days, rng, 0.02)
    mine = mine.filter(pl.Series(weekday(mine["day"].to_numpy()) != 2))
    start = mine["day"].to_numpy() * DAY + 15 * HOUR + 38 * MINUTE + rng.integers(0, 47 * MINUTE, mine.height)
    return _timed(mine.with_columns(start=pl.Series(start)), rng, np.full(mine.height, np.log(12.0)), 0.4, 40 * MINUTE)


def _trolley_bouts(fleet: Fleet, days: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Sessions of a whole trolley: each device of it nine times in ten."""
    rng = stream(seed, "trolleys")
    shared = fleet.devices.filter(pl.col("kind") == "shared").select("device", "trolley", "school", "session_share")
    sessions = shared.drop("device").unique().join(days, on="school").sort("trolley", "day")
    n = sessions.height
    start = sessions["day"].to_numpy() * DAY + 9 * HOUR + rng.integers(0, 60 * MINUTE, n)
    sessions = sessions.with_columns(start=pl.Series(start), log_minutes=pl.Series(np.log(16.0) + rng.normal(0, 0.3, n)))
    sessions = sessions.filter(pl.Series(rng.random(n)) < pl.col("session_share")).select("trolley", "start", "log_minutes")
    mine = shared.join(sessions, on="trolley").sort("device", "start")
    mine = mine.filter(pl.Series(rng.random(mine.height) < 0.9))
    late = rng.integers(0, 120_000, mine.height)
    mine = mine.with_columns(start=pl.col("start") + pl.Series(late), person=pl.lit(-1, dtype=pl.Int64), log_person=pl.lit(0.0))
    return _timed(mine, rng, mine["log_minutes"].to_numpy(), 0.2)


def _home(members: pl.DataFrame, people: People, days: pl.DataFrame, first: int, last: int, seed: int) -> pl.DataFrame:
    """At home, where the tablet may go home and there is internet: evenings, weekends, holidays, days on which the school is closed."""
    rng = stream(seed, "home")
    mine = members.filter((pl.col("kind") == "individual") & pl.col("take_home") & pl.col("home_internet").fill_null(False))
    every_day = pl.DataFrame({"day": np.arange(first, last + 1)})
    mine = mine.join(every_day, how="cross").filter(pl.col("day").is_between("from_", "to_")).sort("device", "day")
    mine = mine.join(days.with_columns(is_open=pl.lit(True)), on=["school", "day"], how="left", maintain_order="left")
    day, is_open = mine["day"].to_numpy(), mine["is_open"].fill_null(False).to_numpy()
    is_closure = (mine["school"] == people.school(CLOSED_SCHOOL)).to_numpy() & (day >= CLOSURE[0]) & (day <= CLOSURE[1])
    chance = np.select([is_closure, is_open, weekday(day) == 2, weekday(day) >= 5], [0.5, 0.16, 0.14, 0.10], 0.06)
    chance = chance * mine["home_factor"].to_numpy()
    opens = np.where(is_open, 17.25, np.where(is_closure, 9.25, 14.0)) * HOUR
    start = day * DAY + opens.astype(np.int64) + rng.integers(0, 2 * HOUR + 45 * MINUTE, mine.height)
    picked = pl.Series(rng.random(mine.height) < chance)
    mine = mine.with_columns(start=pl.Series(start)).filter(picked)
    return _timed(mine, rng, np.full(mine.height, np.log(9.0)), 0.5, 40 * MINUTE)


def _grown_ups(fleet: Fleet, people: People, days: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Teachers and after-school staff: before class, at noon, in the evening."""
    rng = stream(seed, "grown-ups")
    schools = fleet.devices.select("device", "school")
    holdings = fleet.holdings.filter(pl.col("kind").is_in(["teacher", "extracurricular"])).drop("class_")
    holdings = holdings.join(schools, on="device").with_columns(log_person=pl.lit(0.0))
    parts = []
    for opens, width, share in [(7 * 60 + 45, 20, 0.5), (12 * 60, 60, 0.4), (17 * 60, 120, 0.35)]:
        mine = _sampled(holdings, days, rng, share)
        start = mine["day"].to_numpy() * DAY + opens * MINUTE + rng.integers(0, width * MINUTE, mine.height)
        parts.append(_timed(mine.with_columns(start=pl.Series(start)), rng, np.full(mine.height, np.log(11.0)), 0.5, 22 * MINUTE))
    return pl.concat(part.select(_COLUMNS) for part in parts)


def _technician(fleet: Fleet, people: People, seed: int) -> pl.DataFrame:
    """A broken tablet on the bench, two days after the pupil gave it back: nobody's minutes."""
    rng = stream(seed, "technician")
    last = fleet.holdings.group_by("device").agg(pl.col("to_").max()).filter(pl.col("to_") < 1_000_000).sort("device")
    start = (last["to_"].to_numpy() + 2) * DAY + 11 * HOUR + rng.integers(0, HOUR, last.height)
    bench = last.with_columns(person=pl.lit(-1, dtype=pl.Int64), log_person=pl.lit(0.0), start=pl.Series(start))
    return _timed(bench, rng, np.full(bench.height, np.log(4.0)), 0.3)


def _nights(members: pl.DataFrame, people: People, first: int, last: int, seed: int) -> list[pl.DataFrame]:
    """A few evenings that run past midnight, and a few nights on which the clock changes (UTC instants)."""
    rng = stream(seed, "nights")
    android = [school for school, plan in enumerate(people.plans) if plan.system == "android"]
    homes = members.filter((pl.col("kind") == "individual") & pl.col("take_home") & pl.col("school").is_in(android)).sort("device")
    homes = homes.filter(pl.col("home_internet") & (pl.col("to_") > last))
    picks = homes.filter(pl.Series((rng.random(homes.height) < 0.12) | (np.arange(homes.height) < 2)))
    day = rng.integers(first + 14, max(first + 15, last), picks.height)
    day = day - (day == _CLOCK_CHANGE_NIGHT - 1)
    late = day * DAY + 23 * HOUR + 40 * MINUTE + rng.integers(0, 15 * MINUTE, picks.height)
    length = rng.integers(10 * MINUTE, 40 * MINUTE, picks.height)
    past = picks.with_columns(start=pl.Series(to_utc(late)), length=pl.Series(length), day=pl.Series(day)).filter(
        pl.col("from_") <= pl.col("day")
    )
    few = homes.filter(pl.Series((rng.random(homes.height) < 0.02) | (np.arange(homes.height) < 1)))
    start = _CLOCK_CHANGE_NIGHT * DAY + 30 * MINUTE + rng.integers(0, 20 * MINUTE, few.height)
    change = few.with_columns(start=pl.Series(start), length=pl.Series(rng.integers(25 * MINUTE, 70 * MINUTE, few.height)))
    return [past, change.filter((pl.col("from_") < _CLOCK_CHANGE_NIGHT) & (last > _CLOCK_CHANGE_NIGHT))]


def _sampled(members: pl.DataFrame, days: pl.DataFrame, rng: np.random.Generator, share: float) -> pl.DataFrame:
    """Some of the school days of each holding."""
    mine = members.join(days, on="school").filter(pl.col("day").is_between("from_", "to_")).sort("device", "day")
    return mine.filter(pl.Series(rng.random(mine.height) < share))


def _timed(mine: pl.DataFrame, rng: np.random.Generator, log_minutes: np.ndarray, spread: float, longest: int = LONGEST) -> pl.DataFrame:
    """Adds a length: log-normal around `log_minutes` plus what the person adds."""
    log_length = log_minutes + mine["log_person"].to_numpy() + rng.normal(0, spread, mine.height)
    length = np.clip((np.exp(log_length) * MINUTE).astype(np.int64), SHORTEST, longest)
    return mine.with_columns(length=pl.Series(length))


def _kept(bouts: pl.DataFrame, fleet: Fleet, people: People, first: int, last: int, seed: int) -> pl.DataFrame:
    """Bouts of the period that the agent reported."""
    bouts = bouts.with_columns(day=pl.Series(to_local(bouts["start"].to_numpy()) // DAY)).filter(pl.col("day").is_between(first, last))
    dark = is_dark(people, fleet.devices, first, last, seed)
    return bouts.join(dark, on=["device", "day"], how="anti").sort("device", "start")
