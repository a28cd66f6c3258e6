"""A stand-in for a town: invented schools of the same shapes, drawn from its published figures alone.

Published figures have passed the disclosure gate. Nothing else of the town is read, so nothing more leaves by a stand-in.
"""

from dataclasses import dataclass, replace
from datetime import date
from inspect import signature
from math import log
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import duckdb
import numpy as np
import polars as pl

from analysis.demo.behaviour import build_bouts, open_days
from analysis.demo.clock import FIRST_DAY, LAST_DAY, MINUTE, day_number
from analysis.demo.devices import TROLLEY_SIZE, build_fleet
from analysis.demo.invented import refuse_any_exports
from analysis.demo.people import build_people, class_groups
from analysis.demo.plans import CP_TO_CM2, SCHOOL_YEAR, SchoolPlan, Trolley
from analysis.demo.write import DemoSummary, Progress, write_demo
from analysis.errors import UserError
from analysis.reports.published import TERRITORY, alone

_SHOWN = "SELECT uai, measure, evidence, value FROM published.values WHERE period = ? AND breakdown = 'all' AND shown AND value IS NOT NULL"
_SYSTEMS = {"foreground": "android", "active": "chromebook", "checkin": "ipad"}
_EXPORTS = {"android": "ndjson", "chromebook": "admin", "ipad": "jamf"}
_FIRST_NUMBER = 5001  # of the invented schools: far from the twelve of the demonstration, whose figures may be the published ones
_PLAIN = SchoolPlan("", "", 0, "android", "ndjson", 100.0)
_EQUIPPED = 0.98  # pupils of an equipped class who get a tablet
_SESSION_USE = 0.9  # devices of a trolley that are used in a session
_TROLLEY_USE = 0.3 * _SESSION_USE  # that of most trolleys of the plain demonstration
_DARKEST, _STRONGEST = 0.95, 2.5
_ROUNDS, _STEP = 6, 0.6  # a step shorter than the logarithm asks for: more use also means more lessons, so minutes rise faster than it
Figures = dict[tuple[str, str, str], float]


@dataclass(frozen=True)
class StandIn:
    """What is to be written: the invented schools with their pupils and the days; the period and school year that they stand for."""

    schools: list[tuple[SchoolPlan, int]]
    start: date
    end: date
    period: str
    school_year: str

    def sentence(self) -> str:
        """What it has been drawn from."""
        pupils = sum(size for _, size in self.schools)
        schools = "1 school" if len(self.schools) == 1 else f"{len(self.schools)} schools"
        drawn = f"They have the shapes of {schools} and about {pupils:,} pupils in the published figures of {self.period}."
        moved = "" if self.school_year == SCHOOL_YEAR else f" Those are of {self.school_year}; the stand-in lies in {SCHOOL_YEAR}."
        return drawn + moved


@dataclass(frozen=True)
class _Shape:
    """A school before it has a name: its plan, its pupils, and its minutes per pupil and day (None: not known)."""

    plan: SchoolPlan
    pupils: int
    minutes: float | None


def write_like(path: Path, out: Path, seed: int, progress: Progress | None = None) -> tuple[DemoSummary, str]:
    """Writes the stand-in for the town whose published figures stand at `path` into the empty folder `out`.

    Returns what was written and a sentence about what it was drawn from. The same figures and seed give the same bytes. Raises UserError
    where no published figures stand, or exports in `out`.
    """
    refuse_any_exports(out)
    drawn = stand_in(path, seed)
    summary = write_demo(out, seed=seed, start=drawn.start, end=drawn.end, progress=progress, schools=drawn.schools)
    return summary, drawn.sentence()


def refuse_what_figures_give(pupils: int, start: date, end: date, truth: Path | None) -> None:
    """Raises UserError where something is asked that a stand-in takes from the figures, or the truth about what is planted: nothing is."""
    plain = signature(write_demo).parameters
    if truth or (pupils, start, end) != tuple(plain[name].default for name in ("pupils", "start", "end")):
        raise UserError(
            "With --like the published figures give pupils and dates, and nothing is planted: leave --pupils, --from, --to, --truth."
        )


def stand_in(path: Path, seed: int) -> StandIn:
    """The stand-in for the town whose published figures stand at `path`: published.duckdb, a warehouse, or the folder of either.

    Of a warehouse the schema `published` is read and nothing else. Minutes come near the published ones because the behaviour model is
    tried on the schools until it gives them. Raises UserError where no published figures stand.
    """
    rows, figures = _read(path)
    shapes = sorted((_shape(row, figures) for row in rows), key=lambda shape: (-shape.pupils, repr(shape)))  # names and codes play no part
    start, end = _span(rows[0])
    named = [replace(shape, plan=_named(shape.plan, i)) for i, shape in enumerate(shapes)]
    schools = _calibrated(named, day_number(start), day_number(end), seed)
    return StandIn(schools, start, end, rows[0]["period"], rows[0]["school_year"])


def _read(path: Path) -> tuple[list[dict[str, Any]], Figures]:
    """The schools, and the figures that are shown, by school, measure and evidence."""
    found = _figures_file(path)
    try:
        with alone(found) as database:
            asked = database.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
            names = [name for name, *_ in asked.description or []]
            rows = [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
            shown = database.execute(_SHOWN, [rows[0]["period"]]).fetchall() if rows else []
    except duckdb.Error as error:
        raise UserError(f"{path} holds no published figures that could be read. Give the published.duckdb of a build.") from error
    if not rows:
        raise UserError(
            f"{path} holds no published figures of a trimester or a year. Run `cartable ingest` and `cartable build` there first."
        )
    return rows, {(uai, measure, evidence or ""): value for uai, measure, evidence, value in shown}


def _figures_file(path: Path) -> Path:
    """The published figures of a folder, or those beside a warehouse, where they stand; else the file itself."""
    beside = (path if path.is_dir() else path.parent) / "published.duckdb"
    found = beside if beside.is_file() and (path.is_dir() or path.name == "warehouse.duckdb") else path
    if not found.is_file():
        raise UserError(f"{path}: there is no such file. Give the published.duckdb of a build.")
    return found


def _shape(row: dict[str, Any], figures: Figures) -> _Shape:
    """The plan of one school; what is not shown of it is the territory's, and else the plain demonstration's."""

    def figure(measure: str, evidence: str, otherwise: float) -> float:
        whole = figures.get((TERRITORY, measure, evidence), otherwise)
        return figures.get((row["uai"], measure, evidence), whole)

    own, shared = row["device_evidence"] or "", row["shared_evidence"] or ""
    system = _SYSTEMS.get(own or shared, "android")
    coverage = ("coverage", own) if own else ("coverage_shared", shared)
    pupils = _rounded(row["pupils"])
    plan = SchoolPlan(
        *("", "", pupils, system, _EXPORTS[system]),
        ips=_PLAIN.ips if row["ips"] is None else 5.0 * round(row["ips"] / 5),
        levels=tuple(level for level in CP_TO_CM2 if level in (row["levels"] or "").split("|")) or CP_TO_CM2,
        rep=row["rep"] if row["rep"] in ("REP", "REP+") else "",
        sector="private" if row["sector"] == "private" else "public",
        dark_share=min(_DARKEST, max(0.0, 1 - figure(*coverage, 1 - _PLAIN.dark_share))),
        take_home_share=figure("take_home_share", "", _PLAIN.take_home_share),
        trolleys=_trolleys(row["shared_devices"] or 0, figure("share_device_days_used", shared, _TROLLEY_USE)) if shared else (),
    )
    equipped = figure("equipped_share", "", 1.0) if own in _SYSTEMS else 0.0
    return _Shape(
        replace(plan, individual_until=_individual_until(plan, pupils, equipped)), pupils, _minutes(row["uai"], own, plan, figures)
    )


def _minutes(uai: str, evidence: str, plan: SchoolPlan, figures: Figures) -> float | None:
    """The minutes per pupil and day that are shown; else the territory's, of which the days that nobody hears of take their part."""
    whole = figures.get((TERRITORY, "minutes_per_pupil_day", evidence))
    return figures.get((uai, "minutes_per_pupil_day", evidence), None if whole is None else whole * (1 - plan.dark_share))


def _rounded(pupils: int) -> int:
    """The number as reports write it: to 5, from 100 on to 10."""
    step = 5 if pupils < 100 else 10
    return max(5, round(pupils / step) * step)


def _trolleys(devices: int, used: float) -> tuple[Trolley, ...]:
    """Trolleys of about fifteen devices, spread over the classes."""
    count = round(devices / TROLLEY_SIZE) or 1
    sizes = [devices * (i + 1) // count - devices * i // count for i in range(count)] if devices else []
    return tuple(Trolley((i + 0.5) / count, min(1.0, used / _SESSION_USE), size) for i, size in enumerate(sizes))


def _individual_until(plan: SchoolPlan, pupils: int, equipped: float) -> float:
    """The position of the last class with tablets for each pupil, so that about this share of the pupils has one; below 0: no class."""
    classes = len(class_groups(plan, pupils))
    with_tablets = min(classes, round(equipped / _EQUIPPED * classes) or 1) if equipped else 0
    return (with_tablets - 0.5) / max(1, classes - 1)


def _span(row: dict[str, Any]) -> tuple[date, date]:
    """The days of the data, in the school year that the generator knows."""
    years = FIRST_DAY.year - int(row["school_year"][:4])
    start, end = max(_moved(row["data_from"], years), FIRST_DAY), min(_moved(row["data_to"], years), LAST_DAY)
    if start > end:
        raise UserError(f"The published figures of {row['period']} speak of no day of a school year: no stand-in can be drawn from them.")
    return start, end


def _moved(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _named(plan: SchoolPlan, position: int) -> SchoolPlan:
    """The plan with an invented name (École A to École Z, then École AA) and the number of an invented code."""
    rounds, letter = divmod(position, len(ascii_uppercase))
    name = (ascii_uppercase[rounds - 1] if rounds else "") + ascii_uppercase[letter]
    return replace(plan, key=f"like-{position + 1}", name=f"École {name}", number=_FIRST_NUMBER + position)


def _calibrated(shapes: list[_Shape], first: int, last: int, seed: int) -> list[tuple[SchoolPlan, int]]:
    """The schools with the `log_use` at which the behaviour model gives about the minutes that are known of each."""
    plans, sizes = [shape.plan for shape in shapes], [shape.pupils for shape in shapes]
    people = build_people(list(zip(plans, sizes, strict=True)), seed)
    fleet = build_fleet(people, seed)
    days = open_days(people, first, last)
    held = fleet.members.filter(pl.col("kind") == "individual").select("device", "person", "school", "from_", "to_")
    held = held.join(days, on="school").filter(pl.col("day").is_between("from_", "to_"))
    expected = dict(held.group_by("school").agg(pl.len()).iter_rows())
    for _ in range(_ROUNDS):
        bouts = build_bouts(replace(people, plans=plans), fleet, first, last, seed)
        used = bouts.join(held, on=["device", "person", "day"]).group_by("school").agg(pl.col("length").sum() / MINUTE)
        minutes = {school: total / expected[school] for school, total in used.iter_rows()}
        plans = [_nearer(plan, minutes.get(i), shapes[i].minutes) for i, plan in enumerate(plans)]
    return list(zip(plans, sizes, strict=True))


def _nearer(plan: SchoolPlan, minutes: float | None, wanted: float | None) -> SchoolPlan:
    if not minutes or not wanted:
        return plan
    return replace(plan, log_use=float(np.clip(plan.log_use + _STEP * log(wanted / minutes), -_STRONGEST, _STRONGEST)))
