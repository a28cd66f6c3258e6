"""How old each source is: since when nothing newer came from a fleet, a portal, a network or a register.

What counts for logs is the last day that their rows speak of, not the day on which a file was dropped: an old export dropped again is no
news. Registers, and totals without a day, speak of none; for them it is the date of the raw file, or, where that is gone, of what stands
in the lake. Counts that others made of a portal are left out: they come by month or by year.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Config
from analysis.lake import FileRecord, Lake
from analysis.reading.dropped import Dropped
from analysis.sources import load_sources

FLEET, PORTAL, NETWORK, REGISTERS = "fleet", "portal", "network", "registers"
CLASSES = {
    **dict.fromkeys(("device_events", "use_totals", "sightings", "app_totals"), FLEET),
    **dict.fromkeys(("portal_events", "portal_sessions"), PORTAL),
    "network_minutes": NETWORK,
    **dict.fromkeys(("schools", "classes", "people", "enrolments", "devices", "assignments", "identifiers", "structures"), REGISTERS),
}
_GIVEN_UP_DAYS = 365  # a format that was silent for longer was replaced by another one, most likely
_WORDS = {FLEET: "export of tablets", PORTAL: "export of a portal", NETWORK: "log of the network", REGISTERS: "register"}


@dataclass(frozen=True)
class Age:
    """One format, or with an empty `source` a whole class of them: the last day that is known of, in ISO form, how many days ago that
    was, and whether that is longer than `[silence]` allows.
    """

    source: str
    title: str
    group: str
    last_day: str
    days: int
    is_silent: bool


def ages_of(config: Config, lake: Lake, dropped: list[Dropped], today: dt.date) -> list[Age]:
    """The age of each class of sources that anything was ever read of, then of its formats, in the order of classes."""
    paths = {each.sha: each.path for each in dropped}
    last: dict[str, dict[str, dt.date]] = defaultdict(dict)
    for record in lake.loaded():
        group = CLASSES.get(record.table)
        day = _day(record, lake, paths) if group and record.rows_kept else None
        if group and day:
            last[group][record.source] = max(day, last[group].get(record.source, day))
    limits = _limits(config)
    return [age for group in limits if last[group] for age in _ages(group, last[group], limits[group], today)]


def sentences_of_ages(ages: list[Age]) -> list[str]:
    """The age of each class in one line, and what is silent: a format only where its class goes on without it."""
    known = {age.group for age in ages}
    never = [f"silent: no {_WORDS[FLEET]} was ever read."] if ages and FLEET not in known else []
    whole = [age for age in ages if not age.source]
    silent = {age.group for age in whole if age.is_silent}
    formats = [age for age in ages if age.source and age.is_silent and age.group not in silent and age.days <= _GIVEN_UP_DAYS]
    return [
        *never,
        *(f"silent: no {_WORDS[age.group]} since {_days(age)} (last: {age.last_day})." for age in whole if age.is_silent),
        *(f"silent: nothing of {age.title} since {_days(age)} (last: {age.last_day}); the others go on." for age in formats),
        *(["Latest data: " + ", ".join(f"{age.group} {age.last_day}" for age in whole) + "."] if whole else []),
    ]


def _limits(config: Config) -> dict[str, int]:
    silence = config.silence
    return {
        FLEET: silence.fleet_days,
        PORTAL: silence.portal_days,
        NETWORK: silence.network_days,
        REGISTERS: silence.registers_days,
    }


def _ages(group: str, last: dict[str, dt.date], limit: int, today: dt.date) -> list[Age]:
    titles = {name: source.title for name, source in load_sources().items()}
    every = [("", group, max(last.values())), *((source, titles.get(source, source), day) for source, day in sorted(last.items()))]
    ages = [(source, title, day, max((today - day).days, 0)) for source, title, day in every]  # a clock may run before ours
    return [Age(source, title, group, day.isoformat(), days, days > limit) for source, title, day, days in ages]


def _day(record: FileRecord, lake: Lake, paths: dict[str, Path]) -> dt.date | None:
    if record.last:
        return dt.date.fromisoformat(record.last[:10])
    stands = [path for path in (paths.get(record.dropped_sha), *lake.parquet(record)) if path and path.exists()]
    return dt.datetime.fromtimestamp(stands[0].stat().st_mtime, tz=dt.UTC).date() if stands else None


def _days(age: Age) -> str:
    return f"{age.days:,} days" if age.days != 1 else "1 day"
