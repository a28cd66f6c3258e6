"""Writes the demonstration: an invented commune, its raw exports, and what is true in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from analysis.demo import names
from analysis.demo.android import AndroidLog, record
from analysis.demo.android_files import write_android
from analysis.demo.behaviour import build_bouts, seen_days
from analysis.demo.chromebook import active_days, write_chromebook
from analysis.demo.clock import FIRST_DAY, LAST_DAY, day_number, stream
from analysis.demo.devices import Fleet, build_fleet
from analysis.demo.effects import planted_effects
from analysis.demo.ent import as_exported, write_ent
from analysis.demo.jamf import check_ins, write_jamf
from analysis.demo.moodle import minute_of, write_moodle
from analysis.demo.outcomes import write_outcomes
from analysis.demo.people import People, build_people
from analysis.demo.plans import SchoolPlan, school_plans
from analysis.demo.portal import build_visits, moodle_class
from analysis.demo.rawfiles import RawFolder
from analysis.demo.rosters import write_rosters
from analysis.demo.truth import Reported, build_truth, write_truth
from analysis.errors import UserError

FEWEST_PUPILS = 60
Progress = Callable[[str, int, int], None]
_STEPS = ("commune", "behaviour", "rosters", "android", "chromebook", "jamf", "ent", "truth")


@dataclass(frozen=True)
class DemoSummary:
    """What was written: counts of schools, people by kind, devices, files, data rows in them, and bytes on disk."""

    schools: int
    pupils: int
    people: int
    devices: int
    files: int
    rows: int
    size: int


def write_demo(
    out: Path,
    pupils: int = 3000,
    seed: int = 2025,
    start: date = date(2025, 9, 1),
    end: date = date(2025, 12, 19),
    truth_dir: Path | None = None,
    progress: Progress | None = None,
    schools: list[tuple[SchoolPlan, int]] | None = None,
) -> DemoSummary:
    """Writes the raw exports of the invented commune under `out`, and what is true in them under `truth_dir` where one is given.

    The same arguments give the same bytes. `progress` is called with a step's name, its number and the number of steps. `schools`, with
    the pupils of each, stand in the place of the commune's twelve; what is true in them can be written for the twelve alone.
    Raises UserError for fewer than 60 pupils or dates outside the school year 2025-2026.
    """
    _check(pupils, start, end)
    tell = _teller(progress)
    first, last = day_number(start), day_number(end)
    tell("commune")
    people = build_people(schools or school_plans(pupils), seed)
    fleet = build_fleet(people, seed)
    tell("behaviour")
    bouts = build_bouts(people, fleet, first, last, seed)
    seen = seen_days(people, fleet, bouts, first, last, seed)
    folder = RawFolder(out)
    tell("rosters")
    structures = names.uuids(stream(seed, "structures"), len(people.plans))
    write_rosters(folder, people, fleet, structures)
    write_outcomes(folder, people, bouts, first, last, seed)
    reported = _write_logs(folder, people, fleet, bouts, seen, structures, (first, last), seed, tell)
    tell("truth")
    if truth_dir is not None:
        frames = build_truth(people, fleet, reported, first, last)
        write_truth(truth_dir, frames, folder.files, planted_effects(people, fleet, frames))
    return _summary(people, fleet, folder)


def _check(pupils: int, start: date, end: date) -> None:
    if pupils < FEWEST_PUPILS:
        raise UserError(
            f"The demonstration needs {FEWEST_PUPILS} pupils at least, so that each of its twelve schools has some; {pupils} asked."
        )
    if not FIRST_DAY <= start <= end <= LAST_DAY:
        raise UserError(f"The demonstration is invented for {FIRST_DAY} to {LAST_DAY}; {start} to {end} is not a span of it.")


def _teller(progress: Progress | None) -> Callable[[str], None]:
    def tell(step: str) -> None:
        if progress is not None:
            progress(step, _STEPS.index(step) + 1, len(_STEPS))

    return tell


def _write_logs(
    folder: RawFolder,
    people: People,
    fleet: Fleet,
    bouts: pl.DataFrame,
    seen: pl.DataFrame,
    structures: list[str],
    span: tuple[int, int],
    seed: int,
    tell: Callable[[str], None],
) -> Reported:
    """Writes the logs of the devices and of the portals."""
    tell("android")
    log = _android_log(fleet, bouts, seen, seed)
    write_android(folder, people, fleet.devices, log.events, *span, seed)
    tell("chromebook")
    active = active_days(people, fleet.devices, bouts, seen)
    write_chromebook(folder, people, fleet, active, *span, seed)
    tell("jamf")
    shown = write_jamf(folder, people, fleet, check_ins(fleet.devices, seen, bouts, seed), *span)
    tell("ent")
    clicks = _write_portals(folder, people, structures, span, seed)
    return Reported(log.events, log.intervals, active, shown, clicks)


def _android_log(fleet: Fleet, bouts: pl.DataFrame, seen: pl.DataFrame, seed: int) -> AndroidLog:
    android = fleet.devices.filter(pl.col("system") == "android").select("device")
    mine = bouts.join(android, on="device", how="semi").sort("device", "start")
    return record(mine, seen.join(android, on="device", how="semi"), seed)


def _write_portals(folder: RawFolder, people: People, structures: list[str], span: tuple[int, int], seed: int) -> pl.DataFrame:
    """Writes ENT ONE and Moodle; returns the clicks that they hold, with their source."""
    clicks = as_exported(build_visits(people, *span, seed))
    is_moodle = (pl.col("class_") == moodle_class(people)) & (pl.col("profile") == "student")
    one, moodle = clicks.filter(~is_moodle), clicks.filter(is_moodle)
    write_ent(folder, people, one, structures, *span, seed)
    write_moodle(folder, people, moodle, *span, seed)
    return pl.concat([one.with_columns(source=pl.lit("one")), minute_of(moodle).with_columns(source=pl.lit("moodle"))])


def _summary(people: People, fleet: Fleet, folder: RawFolder) -> DemoSummary:
    pupils = people.people.filter(pl.col("profile") == "student").height
    rows = sum(file.rows for file in folder.files)
    return DemoSummary(len(people.plans), pupils, people.people.height, fleet.devices.height, len(folder.files), rows, folder.size)
