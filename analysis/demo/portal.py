"""Visits to the school portal: who clicks what when. The export formats are in ent.py (ONE) and moodle.py."""

import numpy as np
import polars as pl

from analysis.demo.behaviour import open_days
from analysis.demo.clock import DAY, HOUR, MINUTE, stream, to_utc
from analysis.demo.people import People

ACCESS, CREATE, CONNECTOR, LOGIN, ACTIVATION = "ACCESS", "CREATE", "CONNECTOR", "LOGIN", "ACTIVATION"
_ACTIVATED = {"student": 0.86, "teacher": 0.97, "relative": 0.76, "personnel": 0.6}
_DAILY = {"student": 0.11, "teacher": 0.72, "relative": 0.12, "personnel": 0.25}  # chance of a visit on a school day
_DAY_OFF = {"student": 0.25, "teacher": 0.3, "relative": 0.5, "personnel": 0.05}  # of that chance on other days
_AGAIN = {"student": 0.15, "teacher": 0.8, "relative": 0.25, "personnel": 0.2}  # further visits that day
_HOURS = {
    "student": (9.0, 10.2, 14.0, 15.0, 17.5, 18.5, 19.3),
    "teacher": (7.5, 8.0, 12.2, 12.8, 16.8, 18.0, 20.5, 21.3),
    "relative": (7.8, 12.5, 13.2, 17.5, 18.5, 20.2, 21.0, 21.9),
    "personnel": (9.5, 14.5, 16.5),
}
_MODULES = {
    "student": ("Homeworks", "Homeworks", "Blog", "Scrapbook", "Workspace", "Exercizer", "Conversation", "Portal"),
    "teacher": ("Homeworks", "Conversation", "Conversation", "Workspace", "Blog", "SchoolBook", "Portal", "Directory", "Scrapbook"),
    "relative": ("SchoolBook", "Homeworks", "Conversation", "Blog", "Timeline", "Portal", "Actualites"),
    "personnel": ("Conversation", "Portal", "Actualites", "Rack"),
}
_IPAD_FACTOR = 2.0


def moodle_class(people: People) -> int:
    """The class that works on a Moodle instead of the portal: the last one of the sixth school; -1 where that school is not there."""
    return max(people.classes.filter(pl.col("school") == people.school("hirondelles"))["class_"].to_list(), default=-1)


def build_visits(people: People, first: int, last: int, seed: int) -> pl.DataFrame:
    """Clicks of everybody, sorted: person, profile, school, class_, visit, at (UTC ms), event, module, is_app; Moodle pupils included."""
    rng = stream(seed, "portal")
    days = _visit_days(people, first, last, rng)
    starts = _starts(days, rng)
    clicks = _clicks(starts, rng)
    return _with_logins(clicks, starts, rng)


def _visit_days(people: People, first: int, last: int, rng: np.random.Generator) -> pl.DataFrame:
    """One row per person and day with a visit."""
    who = people.people.sort("person")
    profile = who["profile"]
    activated = rng.random(who.height) < profile.replace_strict(_ACTIVATED).to_numpy()
    taste = np.exp(rng.normal(0, 0.6, who.height))
    is_ipad = np.array([plan.system == "ipad" for plan in people.plans])[who["school"].to_numpy()] & (profile == "student").to_numpy()
    chance = profile.replace_strict(_DAILY).to_numpy() * taste * np.where(is_ipad, _IPAD_FACTOR, 1.0)
    who = who.with_columns(chance=pl.Series(chance)).filter(pl.Series(activated))
    who = who.select("person", "profile", "home_internet", "chance").join(_places(people, first, last), on="person")
    days = who.join(pl.DataFrame({"day": np.arange(first, last + 1)}), how="cross")
    days = days.filter(pl.col("day").is_between("from_", "to_")).sort("person", "day")
    days = days.join(
        open_days(people, first, last).with_columns(is_open=pl.lit(True)), on=["school", "day"], how="left", maintain_order="left"
    )
    off = pl.when(pl.col("is_open").fill_null(False)).then(1.0).otherwise(pl.col("profile").replace_strict(_DAY_OFF))
    off = pl.when(pl.col("is_open").is_null() & ~pl.col("home_internet").fill_null(True)).then(0.0).otherwise(off)
    ramp = 0.5 + 0.5 * (1 - np.exp(-(days["day"].to_numpy() - first) / 20))
    days = days.with_columns(chance=pl.col("chance") * off * pl.Series(ramp), is_open=pl.col("is_open").fill_null(False))
    return days.filter(pl.Series(rng.random(days.height)) < pl.col("chance").clip(0, 0.95))


def _places(people: People, first: int, last: int) -> pl.DataFrame:
    """Where everybody is from when to when: pupils and teachers by their enrolments, the others in one school all along."""
    enrolled = people.enrolments.select("person", "school", "class_", "from_", "to_").cast(pl.Int64)
    others = people.people.join(enrolled, on="person", how="anti").select("person", "school", "class_")
    return pl.concat([enrolled, others.with_columns(from_=pl.lit(first, dtype=pl.Int64), to_=pl.lit(last, dtype=pl.Int64))])


def _starts(days: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """One row per visit with the instant of its first click."""
    extra = rng.poisson(days["profile"].replace_strict(_AGAIN).to_numpy())
    row = np.repeat(np.arange(days.height), 1 + extra)
    visits = days[row].with_row_index("visit").cast({"visit": pl.Int64})
    pick, noise = rng.random(visits.height), rng.normal(0, 0.35, visits.height)
    hours = np.array([_HOURS[p][int(x * len(_HOURS[p]))] for p, x in zip(visits["profile"], pick, strict=True)])
    is_day_off = ~visits["is_open"].to_numpy() & (visits["profile"] == "student").to_numpy()
    hours = np.where(is_day_off, 14 + 5 * pick, hours)
    local = visits["day"].to_numpy() * DAY + (np.clip(hours + noise, 6.5, 22.4) * HOUR).astype(np.int64)
    return visits.with_columns(start=pl.Series(to_utc(local)), is_app=pl.Series(rng.random(visits.height) < 0.3))


def _clicks(starts: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """The clicks of each visit: mostly a minute apart, at most 28 minutes, for an hour at most."""
    count = 1 + rng.poisson(np.where((starts["profile"] == "teacher").to_numpy(), 5.0, 2.2))
    row = np.repeat(np.arange(starts.height), count)
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    gap = np.clip(np.exp(rng.normal(np.log(55), 1.2, len(row))) * 1000, 1500, 28 * MINUTE).astype(np.int64)
    gap[first] = rng.integers(1000, 9000, starts.height)
    since = np.cumsum(gap)
    since -= (since - gap)[first][row]
    clicks = starts[row].with_columns(at=pl.col("start") + pl.Series(since), since=pl.Series(since))
    pick = rng.random(len(row))
    modules = [_MODULES[p][int(x * len(_MODULES[p]))] for p, x in zip(clicks["profile"], pick, strict=True)]
    kind = rng.choice([ACCESS, CREATE, CONNECTOR], len(row), p=[0.86, 0.08, 0.06])
    clicks = clicks.with_columns(event=pl.Series(kind.tolist()), module=pl.Series(modules)).filter(pl.col("since") < HOUR)
    return clicks.select("person", "profile", "school", "class_", "visit", "at", "event", "module", "is_app")


def _with_logins(clicks: pl.DataFrame, starts: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Adds the log-in of most visits and the activation of new accounts."""
    logs_in = pl.Series(rng.random(starts.height) < 0.85)
    logins = starts.filter(logs_in).with_columns(
        at=pl.col("start"), event=pl.lit(LOGIN), module=pl.when("is_app").then(pl.lit("appli-mobile")).otherwise(pl.lit("Auth"))
    )
    opening = starts.sort("person", "start").unique("person", keep="first", maintain_order=True)
    opening = opening.filter(pl.Series(rng.random(opening.height) < 0.35))
    opening = opening.with_columns(at=pl.col("start") - 4000, event=pl.lit(ACTIVATION), module=pl.lit("Auth"), is_app=pl.lit(False))
    parts = [clicks, logins.select(clicks.columns), opening.select(clicks.columns)]
    return (
        pl.concat(parts)
        .unique(["person", "at", "event", "module"], keep="first", maintain_order=True)
        .sort("at", "person", "event", "module")
    )
