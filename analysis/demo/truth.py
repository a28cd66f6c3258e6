"""What a correct reading of the raw exports must find.

It comes from the behaviour model itself: nothing here imports the measures, the ingest or the calendar that it checks.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import polars as pl

from analysis.demo.behaviour import open_days
from analysis.demo.clock import DAY, HOUR, MINUTE, to_local, to_utc
from analysis.demo.devices import Fleet
from analysis.demo.people import People
from analysis.demo.rawfiles import FileTruth, compact

VISIT_GAP = 30 * MINUTE


@dataclass(frozen=True)
class Reported:
    """What the exports hold: Android events and intervals, Chromebook active days, iPad days shown, portal clicks (with `source`)."""

    events: pl.DataFrame
    intervals: pl.DataFrame
    active: pl.DataFrame
    shown: pl.DataFrame
    clicks: pl.DataFrame


def build_truth(people: People, fleet: Fleet, reported: Reported, first: int, last: int) -> dict[str, pl.DataFrame]:
    """The frames that write_truth writes, by name; docs/demo.md lists their columns. Seconds are exact to the millisecond."""
    pieces = _disjoint(_split_at_midnight(reported.intervals), ["device"])
    device_days = _device_days(people, fleet, reported, pieces)
    person_days = _person_days(people, fleet, device_days, pieces)
    expected = _expected(people, fleet, first, last)
    return {
        "device_days": device_days.drop("device", "day"),
        "person_days": person_days.drop("person", "day"),
        "app_days": _app_days(people, fleet, reported.intervals),
        "portal_days": _portal_days(people, reported.clicks),
        "expected_days": expected.drop("person", "day"),
        "totals": _totals(expected, person_days),
        "personal_values": _personal_values(people, fleet),
    }


def write_truth(folder: Path, frames: dict[str, pl.DataFrame], files: list[FileTruth], effects: dict[str, object]) -> None:
    """Parquet for the frames, CSV for the totals, JSON for the planted effects and for what is in each raw file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        frame.write_parquet(folder / f"{name}.parquet")
    frames["totals"].write_csv(folder / "totals.csv")
    (folder / "files.json").write_text("[" + ",\n".join(compact(asdict(file)) for file in files) + "]\n", encoding="utf-8")
    (folder / "effects.json").write_text(compact(effects) + "\n", encoding="utf-8")


def _split_at_midnight(intervals: pl.DataFrame) -> pl.DataFrame:
    """Intervals cut at local midnight, with their local day (none lasts a day)."""
    starts, ends = intervals["start"].to_numpy(), intervals["end"].to_numpy()
    day, last_day = to_local(starts) // DAY, to_local(ends - 1) // DAY
    midnight = to_utc((day + 1) * DAY)
    before = intervals.with_columns(end=pl.Series(np.minimum(ends, midnight)), day=pl.Series(day))
    after = intervals.with_columns(start=pl.Series(midnight), day=pl.Series(last_day)).filter(pl.Series(last_day > day))
    return pl.concat([before, after])


def _disjoint(intervals: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The same time covered once: each interval without what earlier ones of its group cover."""
    by = [*by, "day"]
    ordered = intervals.sort(*by, "start", "end")
    covered = pl.col("end").cum_max().shift(1).over(by)
    ordered = ordered.with_columns(start=pl.max_horizontal("start", covered.fill_null(0)))
    return ordered.filter(pl.col("end") > pl.col("start"))


def _device_days(people: People, fleet: Fleet, reported: Reported, pieces: pl.DataFrame) -> pl.DataFrame:
    """Every device and day seen in the exports; seconds are null where only check-ins are known."""
    day = pl.Series(to_local(reported.events["at"].to_numpy()) // DAY)
    seen = reported.events.select("device", day=day).unique()
    used = pieces.group_by("device", "day").agg(seconds=(pl.col("end") - pl.col("start")).sum() / 1000)
    android = seen.join(used, on=["device", "day"], how="left").with_columns(
        pl.col("seconds").fill_null(0.0), evidence=pl.lit("foreground")
    )
    chrome = reported.active.select("device", "day", seconds=pl.col("active_ms") / 1000, evidence=pl.lit("active"))
    ipads = reported.shown.select("device", "day", seconds=pl.lit(None, dtype=pl.Float64), evidence=pl.lit("checkin"))
    days = pl.concat([android, chrome, ipads]).join(fleet.devices.select("device", "device_id", "kind", "school"), on="device")
    return _dated(_with_uai(days, people)).sort("device", "day")


def _person_days(people: People, fleet: Fleet, device_days: pl.DataFrame, pieces: pl.DataFrame) -> pl.DataFrame:
    """Per pupil or teacher and day with use (iPads: day seen): seconds on the device held that day, and how much within the bells."""
    in_school = _in_school(people, fleet, pieces)
    mine = _held(device_days.drop("kind", "uai"), fleet)
    mine = mine.filter(pl.col("seconds").is_null() | (pl.col("seconds") > 0)).join(in_school, on=["device", "day"], how="left")
    foreground = pl.col("evidence") == "foreground"
    mine = mine.with_columns(in_school_seconds=pl.when(foreground).then(pl.col("in_school_seconds").fill_null(0.0)))
    who = people.people.select("person", "person_id", "profile")
    return _with_uai(mine, people).join(who, on="person").drop("device", "device_id").sort("person", "day")


def _held(days: pl.DataFrame, fleet: Fleet) -> pl.DataFrame:
    """Adds who held the device that day, in which school; days on which nobody did go."""
    spans = fleet.members.filter(pl.col("person") >= 0).select("device", "person", "school", "kind", "from_", "to_")
    return days.join(spans, on="device").filter(pl.col("day").is_between("from_", "to_")).drop("from_", "to_")


def _in_school(people: People, fleet: Fleet, pieces: pl.DataFrame) -> pl.DataFrame:
    """Seconds within the bells on days of class: device, day, in_school_seconds."""
    held = _held(pieces, fleet)
    days = pieces["day"].to_numpy()
    held = held.join(open_days(people, days.min(), days.max()), on=["school", "day"], how="semi")
    start, end = (to_local(held[name].to_numpy()) - held["day"].to_numpy() * DAY for name in ("start", "end"))
    inside = np.zeros(held.height, dtype=np.int64)
    for opens, closes in _bells(people, held["school"].to_numpy()):
        inside += np.maximum(0, np.minimum(end, closes) - np.maximum(start, opens))
    return held.with_columns(inside=pl.Series(inside)).group_by("device", "day").agg(in_school_seconds=pl.col("inside").sum() / 1000)


def _bells(people: People, school: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each of the two spells of a school day, its first and last millisecond in the school of each row."""
    clock = [[_millis(t) for spell in plan.bells.split(",") for t in spell.split("-")] for plan in people.plans]
    table = np.array(clock)[school].reshape(len(school), 4)
    return [(table[:, 0], table[:, 1]), (table[:, 2], table[:, 3])]


def _millis(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * HOUR + int(minutes) * MINUTE


def _app_days(people: People, fleet: Fleet, intervals: pl.DataFrame) -> pl.DataFrame:
    """Seconds per pupil or teacher, day and app, each app counted for itself."""
    pieces = _disjoint(_split_at_midnight(intervals), ["device", "package"])
    days = pieces.group_by("device", "day", "package").agg(seconds=(pl.col("end") - pl.col("start")).sum() / 1000)
    mine = _dated(_with_uai(_held(days, fleet), people)).join(people.people.select("person", "person_id", "profile"), on="person")
    return mine.select("uai", "person_id", "profile", "local_date", app_id="package", seconds="seconds").sort(
        "person_id", "local_date", "app_id"
    )


def _portal_days(people: People, clicks: pl.DataFrame) -> pl.DataFrame:
    """Visits per person and day: a silence of more than half an hour begins another; seconds from first to last click of each."""
    clicks = clicks.sort("source", "person", "at")
    since = pl.col("at") - pl.col("at").shift(1).over("source", "person")
    clicks = clicks.with_columns(visit=(since.is_null() | (since > VISIT_GAP)).cum_sum().over("source", "person"))
    visits = clicks.group_by("source", "person", "visit").agg(
        pl.col("at").min().alias("start"), pl.col("at").max().alias("end"), pl.col("school").first()
    )
    visits = visits.with_columns(day=pl.Series(to_local(visits["start"].to_numpy()) // DAY), milliseconds=pl.col("end") - pl.col("start"))
    # whole milliseconds: the sum is the same in any order
    days = visits.group_by("source", "person", "school", "day").agg(visits=pl.len(), seconds=pl.col("milliseconds").sum() / 1000)
    days = _dated(_with_uai(days, people)).join(people.people.select("person", "person_id", "profile"), on="person")
    return days.select("uai", "person_id", "profile", "local_date", "source", "visits", "seconds").sort("person_id", "local_date", "source")


def _expected(people: People, fleet: Fleet, first: int, last: int) -> pl.DataFrame:
    """The pupil-days: school days on which an enrolled pupil holds an individual device."""
    spans = fleet.members.filter(pl.col("kind") == "individual").select("person", "school", "class_", "level", "from_", "to_")
    days = spans.join(open_days(people, first, last), on="school").filter(pl.col("day").is_between("from_", "to_"))
    named = people.people.select("person", "person_id", "sex", "social_band")
    days = days.join(named, on="person").join(people.classes.select("class_", "class_id"), on="class_").drop("from_", "to_", "class_")
    return _dated(_with_uai(days, people)).sort("person", "day")


def _totals(expected: pl.DataFrame, person_days: pl.DataFrame) -> pl.DataFrame:
    """Per school and month ("all": the whole): pupil-days, with any use (iPads: seen), by length in minutes, seconds, within the bells."""
    used = person_days.filter(pl.col("profile") == "student").select("person", "day", "evidence", "seconds", "in_school_seconds")
    evidence = (
        used.join(expected.select("person", "uai"), on="person").group_by("uai").agg(pl.col("evidence").first().alias("school_evidence"))
    )
    days = expected.join(used, on=["person", "day"], how="left").join(evidence, on="uai", how="left")
    days = days.with_columns(month=pl.col("local_date").dt.strftime("%Y-%m"))
    minutes = pl.col("seconds") / 60
    figures = {
        "pupils": pl.col("person").n_unique(),
        "pupil_days": pl.len(),
        "used_days": pl.col("evidence").is_not_null().sum(),
        "under_5": (minutes < 5).sum(),
        "from_5_to_30": minutes.is_between(5, 30).sum(),
        "over_30": (minutes > 30).sum(),
        "seconds": pl.col("seconds").sum(),
        "in_school_seconds": pl.col("in_school_seconds").sum(),
    }
    whole = days.with_columns(month=pl.lit("all"))
    totals = pl.concat([days, whole]).group_by("uai", "month", evidence="school_evidence").agg(**figures).sort("uai", "month")
    is_timed, is_foreground = pl.col("evidence") != "checkin", pl.col("evidence") == "foreground"
    timed = [pl.when(is_timed).then(name).alias(name) for name in ("under_5", "from_5_to_30", "over_30", "seconds")]
    return totals.with_columns(*timed, in_school_seconds=pl.when(is_foreground).then("in_school_seconds"))


def _personal_values(people: People, fleet: Fleet) -> pl.DataFrame:
    """Every raw identifier, name, e-mail and serial number, none of which may be found past the ingest: kind, value."""
    who, fleet_ids = people.people, fleet.devices
    full_name = (who["first_name"] + " " + who["last_name"]).rename("full_name")
    columns = [who["person_id"], who["ent_id"], who["moodle_id"].cast(pl.String), who["email"], who["last_name"], full_name]
    columns += [people.classes["class_id"], people.classes["ent_class"], fleet_ids["device_id"], fleet_ids["serial"]]
    frames = [pl.DataFrame({"kind": [column.name] * len(column), "value": column}) for column in columns]
    return pl.concat(frames).unique().sort("kind", "value")


def _with_uai(frame: pl.DataFrame, people: People) -> pl.DataFrame:
    schools = pl.DataFrame({"school": np.arange(len(people.plans)), "uai": [plan.uai for plan in people.plans]})
    return frame.join(schools, on="school").drop("school")


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(local_date=pl.from_epoch(pl.col("day"), time_unit="d").cast(pl.Date))
