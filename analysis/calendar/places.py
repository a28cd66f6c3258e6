"""What depends on where a school stands: its time zone and its public holidays, both by the department in its UAI."""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import holidays

DEPARTMENTS = Path(__file__).parents[1] / "reference" / "departments.csv"
MAINLAND_TIMEZONE = "Europe/Paris"


class Department(NamedTuple):
    """A department that differs from the mainland; `public_holidays` is the subdivision code of the `holidays` package, if any."""

    timezone: str
    public_holidays: str


def default_timezone(uai: str) -> str:
    """The IANA time zone of a school by the first three digits of its UAI; Europe/Paris unless overseas."""
    return _department(uai).timezone


def public_holidays(uai: str, first: date, last: date) -> dict[date, str]:
    """Public holidays (date to French name) where the school stands, from `first` to `last`: national, overseas and Alsace-Moselle ones."""
    return holidays_of(holiday_subdivision(uai), first, last)


def holidays_of(subdivision: str, first: date, last: date) -> dict[date, str]:
    """Public holidays of a subdivision of the `holidays` package (empty: national ones only), in order of date."""
    found = {day: name for year in range(first.year, last.year + 1) for day, name in _of_year(subdivision, year).items()}
    return {day: found[day] for day in sorted(found) if first <= day <= last}


def holiday_subdivision(uai: str) -> str:
    """The code under which the `holidays` package knows the department's own public holidays; empty on most of the mainland."""
    return _department(uai).public_holidays


def is_national_holiday(day: date) -> bool:
    """Whether the day is a public holiday in the whole of France."""
    return day in _of_year("", day.year)


def _department(uai: str) -> Department:
    return _departments().get((uai or "")[:3], Department(MAINLAND_TIMEZONE, ""))


@cache
def _departments() -> dict[str, Department]:
    with DEPARTMENTS.open(encoding="utf-8", newline="") as lines:
        return {row["uai_prefix"]: Department(row["timezone"], row["public_holidays"]) for row in csv.DictReader(lines)}


@cache
def _of_year(subdivision: str, year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("FR", subdiv=subdivision or None, years=year, language="fr"))
