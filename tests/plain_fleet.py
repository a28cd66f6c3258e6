"""A fleet read again, slowly and plainly, no SQL: who holds what on which day, what it does, and each pupil's use.

`Plain` takes the fleet as it was written and the calendar (school days, periods).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tests.class_town import uai_of
from tests.fleet_town import Fleet, Loan, Seat, Use

Key = tuple[str, str, str, str, str]  # school, period, breakdown, category, evidence
Found = dict[Key, tuple]  # what a measure says of each
FLOOR, ACTIVE_SECONDS = 0.5, 300
FOREGROUND = "foreground"


@dataclass(frozen=True)
class Term:
    """A period of a school, cut to the days of the data."""

    uai: str
    name: str
    days: tuple[date, ...]


@dataclass(frozen=True)
class Held:
    """A tablet on a day: in which school, whose (nobody's for a trolley), in which class."""

    device: str
    day: date
    uai: str
    person: str | None
    room: str
    kind: str
    evidence: str
    may_go_home: bool


class Plain:
    """A fleet and its calendar: who held what on which day, and what it did."""

    def __init__(self, fleet: Fleet, school_days: dict[str, set[date]], closed: dict[str, set[date]], terms: list[Term]) -> None:
        self.fleet, self.school_days, self.closed, self.terms = fleet, school_days, closed, terms
        self.uses: dict[tuple[str, date], list[Use]] = defaultdict(list)
        for use in fleet.uses:
            self.uses[use.device, use.day].append(use)
        self.signs = fleet.signs | {(use.device, use.day) for use in fleet.uses}

    @cached_property
    def held(self) -> list[Held]:
        """Every tablet on every day on which somebody holds it; a tablet lent on leaves the one before."""
        days = sorted({day for term in self.terms for day in term.days})
        return [held for loan in self.fleet.loans for day in days for held in self._on(loan, day)]

    def _on(self, loan: Loan, day: date) -> Iterator[Held]:
        evidence = "checkin" if loan.os == "iPadOS" else FOREGROUND
        if not loan.first <= day <= (loan.last or day):
            return
        if loan.kind == "shared":
            uai = next(uai_of(seat.school) for seat in self.fleet.seats if seat.room == loan.holder)
            yield Held(loan.device, day, uai, None, loan.holder, "shared", evidence, False)
        elif not any(o.device == loan.device and loan.first < o.first <= day for o in self.fleet.loans):
            for seat in self.seats_on(loan.holder, day):
                where = uai_of(seat.school)
                yield Held(loan.device, day, where, loan.holder, seat.room, "individual", evidence, loan.take_home == "true")

    def seconds(self, devices: Iterable[str], day: date, is_home_only: bool = False) -> float:
        """How long somebody who holds these devices uses them: two at once count once. A use begins on the hour and ends in it."""
        longest: dict[int, float] = defaultdict(float)
        for use in (use for device in devices for use in self.uses[device, day] if use.hour == 17 or not is_home_only):
            longest[use.hour] = max(longest[use.hour], use.minutes * 60)
        return sum(longest.values())

    def seats_on(self, person: str, day: date) -> list[Seat]:
        """Where the pupil sits on the day."""
        return [s for s in self.fleet.seats if s.person == person and s.first <= day <= (s.last or day)]

    def is_school_day(self, uai: str, day: date) -> bool:
        """Whether the school has class."""
        return day in self.school_days[uai]

    def in_term(self, term: Term, kind: str = "individual") -> list[Held]:
        """The tablets of a school on the days of a period."""
        return [h for h in self._of_school[term.uai, kind] if h.day in set(term.days)]

    @cached_property
    def _of_school(self) -> dict[tuple[str, str], list[Held]]:
        found = defaultdict(list)
        for held in self.held:
            found[held.uai, held.kind].append(held)
        return found

    def places(self, term: Term, kind: str, evidence: str) -> list[str]:
        """The school, and the territory where enough school days of these tablets were heard of."""
        days = {
            (h.device, h.day, h.person) for h in self.in_term(term, kind) if h.evidence == evidence and self.is_school_day(h.uai, h.day)
        }
        seen = [each for each in days if each[:2] in self.signs]
        return [term.uai, "territory"] if days and len(seen) >= FLOOR * len(days) else [term.uai]

    def enrolled(self, term: Term) -> dict[str, list[date]]:
        """Pupil -> school days of the period on which the pupil sits in the school."""
        days = [day for day in term.days if self.is_school_day(term.uai, day)]
        pupils = {seat.person for seat in self.fleet.seats if uai_of(seat.school) == term.uai}
        sits = {p: [d for d in days if any(uai_of(s.school) == term.uai for s in self.seats_on(p, d))] for p in pupils}
        return {pupil: found for pupil, found in sits.items() if found}

    def groups(self, term: Term, person: str) -> list[tuple[str, str]]:
        """Everybody, level(s), the cycle of these levels (CE1 and CE2 are in one) and sex."""
        days = self.enrolled(term)[person]
        levels = {s.level for d in days for s in self.seats_on(person, d) if uai_of(s.school) == term.uai}
        cycles = [("cycle", "CP–CE2")] if levels else []
        return [("all", "all"), *(("level", level) for level in levels), *cycles, ("sex", self.fleet.sexes.get(person, "unknown"))]

    def first_use(self, person: str) -> date | None:
        """The first day on which the pupil uses any tablet held."""
        return min((h.day for h in self.held if h.person == person and self.seconds([h.device], h.day) > 0), default=None)


def monday(day: date) -> date:
    """The first day of the week."""
    return day - timedelta(day.weekday())


@dataclass
class Habit:
    """A pupil's school days with a tablet in one place and period: seconds by day, schools and groups."""

    seconds: dict[date, float]
    groups: set[tuple[str, str]]

    def weeks(self, least: float) -> set[date]:
        """The weeks with a day of `least` seconds or more."""
        return {monday(day) for day, seconds in self.seconds.items() if seconds >= least and seconds > 0}

    @property
    def held_weeks(self) -> set[date]:
        """The school weeks in which the pupil holds a tablet."""
        return {monday(day) for day in self.seconds}

    @property
    def is_active(self) -> bool:
        """Five minutes on one day."""
        return bool(self.weeks(ACTIVE_SECONDS))

    @property
    def is_regular(self) -> bool:
        """Active, and used in three quarters of the weeks."""
        return self.is_active and len(self.weeks(0)) / len(self.held_weeks) >= 0.75

    @property
    def days_used(self) -> int:
        """Days with any use."""
        return sum(seconds > 0 for seconds in self.seconds.values())


def use_of_pupils(plain: Plain) -> dict[tuple[str, str], dict[str, Habit]]:
    """(place, period) -> pupil -> use of the tablets that measure it."""
    found: dict[tuple[str, str], dict[str, Habit]] = defaultdict(dict)
    for term in plain.terms:
        places = plain.places(term, "individual", FOREGROUND)
        days: dict[str, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
        for h in plain.in_term(term):
            if h.evidence == FOREGROUND and h.person and plain.is_school_day(h.uai, h.day):
                days[h.person][h.day].add(h.device)
        for person, held in days.items():
            for place in places:
                use = found[place, term.name].setdefault(person, Habit({}, set()))
                use.seconds |= {day: plain.seconds(devices, day) for day, devices in held.items()}
                use.groups |= set(plain.groups(term, person))
    return found
