"""Weeks with something created on the portal, computed again in plain Python: one person, one week after the other, no SQL."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
ANYWHERE = "territory"
Weeks = set[date]


@dataclass(frozen=True)
class Stay:
    """A person in a school over a span of days; `school` is `territory` where nobody knows it."""

    person: str
    profile: str
    school: str
    first: date = date(1900, 1, 1)
    last: date = date(9999, 12, 31)
    is_listed: bool = True


@dataclass(frozen=True)
class Deed:
    """Something done on the portal, at an instant with its zone, in a school."""

    person: str
    school: str
    at: datetime
    is_creation: bool = False

    @property
    def day(self) -> date:
        return self.at.astimezone(PARIS).date()


@dataclass
class Portal:
    """What happened, and the calendar: `terms` (school, period) -> first and last day."""

    stays: list[Stay]
    deeds: list[Deed]
    with_account: set[str]
    school_days: dict[str, set[date]]
    terms: dict[tuple[str, str], tuple[date, date]] = field(default_factory=dict)


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(day.weekday())


def created_weeks(portal: Portal) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    """Place, period, profile -> persons, their weeks with a creation, their weeks."""
    found: dict[tuple[str, str, str], dict[tuple[str, date], bool]] = defaultdict(dict)
    for period in {period for _, period in portal.terms}:
        creations = [deed for deed in _deeds(portal, period) if deed.is_creation]
        telling = {deed.school for deed in creations} | ({ANYWHERE} if creations else set())
        made = {(deed.person, monday(deed.day)) for deed in creations}
        for stay in portal.stays:
            if stay.school in telling and stay.person in portal.with_account:
                for week in _expected(portal, stay, period):
                    for place in {ANYWHERE, *([stay.school] if stay.is_listed else [])}:
                        found[place, period, stay.profile][stay.person, week] = (stay.person, week) in made
    return {key: (len({person for person, _ in weeks}), sum(weeks.values()), len(weeks)) for key, weeks in found.items()}


def _deeds(portal: Portal, period: str) -> list[Deed]:
    """Those of the days from the first of any school's period to the last."""
    spans = [span for (_, name), span in portal.terms.items() if name == period]
    return [deed for deed in portal.deeds if min(first for first, _ in spans) <= deed.day <= max(last for _, last in spans)]


def _expected(portal: Portal, stay: Stay, period: str) -> Iterator[date]:
    """The weeks in which the school (any school, for who has none) has class while the person is there and the portal sends anything."""
    schools = [school for school, name in portal.terms if name == period and stay.school in (school, ANYWHERE)]
    days = {day for school in schools for day in _open_days(portal, school, period)}
    for week in {monday(day) for day in days}:
        in_week = [day for day in days if monday(day) == week]
        if stay.first <= max(in_week) and stay.last >= min(in_week):
            yield week


def _open_days(portal: Portal, school: str, period: str) -> set[date]:
    """The school days of a period, none where the portal sent nothing of the school in it."""
    first, last = portal.terms[school, period]
    if not any(deed.school == school and first <= deed.day <= last for deed in portal.deeds):
        return set()
    reach = [deed.day for deed in portal.deeds]
    return {day for day in portal.school_days[school] if max(first, min(reach)) <= day <= min(last, max(reach))}
