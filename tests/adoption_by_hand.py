"""What pupils do with their tablets, measure by measure, in plain Python: one pupil after the other, one day after the other."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from statistics import median

from tests.class_town import uai_of
from tests.fleet_town import CATALOGUE
from tests.plain_fleet import ACTIVE_SECONDS, FOREGROUND, Found, Habit, Held, Key, Plain, Term, monday, use_of_pupils


def share_of_pupils(plain: Plain, is_so: Callable[[Habit], bool]) -> Found:
    """regular_share, left_out_share: equipped pupils of whom something is so."""
    found: dict[Key, list[bool]] = defaultdict(list)
    for (place, period), pupils in use_of_pupils(plain).items():
        for use in pupils.values():
            for group in use.groups:
                found[place, period, *group, FOREGROUND].append(is_so(use))
    return {key: (len(all_), sum(all_), len(all_)) for key, all_ in found.items()}


def weekly_active_share(plain: Plain) -> Found:
    """Week by week, and the mean of the weeks."""
    found: Found = {}
    for (place, period), pupils in use_of_pupils(plain).items():
        shares = []
        for week in sorted({week for use in pupils.values() for week in use.held_weeks}):
            holding = [use for use in pupils.values() if week in use.held_weeks]
            active = sum(week in use.weeks(ACTIVE_SECONDS) for use in holding)
            found[place, period, "week", str(week), FOREGROUND] = (len(holding), active, len(holding))
            shares.append(active / len(holding))
        found[place, period, "all", "all", FOREGROUND] = (len(pupils), sum(shares), len(shares))
    return found


def funnel_share(plain: Plain) -> Found:
    """Enrolled pupils who have a measured tablet or none at all, stage by stage."""
    uses, reached = use_of_pupils(plain), defaultdict(lambda: defaultdict(set))
    for term in plain.terms:
        measured = {h.person for h in plain.in_term(term) if h.evidence == FOREGROUND and plain.is_school_day(h.uai, h.day)}
        equipped = {h.person for h in plain.in_term(term) if plain.is_school_day(h.uai, h.day)}
        for place in plain.places(term, "individual", FOREGROUND) if measured else []:
            for person in plain.enrolled(term):
                if person in measured or person not in equipped:
                    stages = reached[place, term.name]
                    stages["enrolled"].add(person)
                    for stage in _stages(plain, term, person, uses[place, term.name]) if person in measured else []:
                        stages[stage].add(person)
    return {
        (*key, "stage", stage, FOREGROUND): (len(stages["enrolled"]), len(stages[stage]), len(stages["enrolled"]))
        for key, stages in reached.items()
        for stage in ("activated", "active", "regular")
    }


def _stages(plain: Plain, term: Term, person: str, uses: dict[str, Habit]) -> Iterator[str]:
    first = plain.first_use(person)
    if first and first <= term.days[-1]:
        yield "activated"
    if uses[person].is_active:
        yield "active"
    if uses[person].is_regular:
        yield "regular"


Wait = tuple[int, bool]  # school days, and whether a use ended them


def handovers(plain: Plain) -> dict[tuple[str, str], tuple[set[str], list[Wait]]]:
    """(place, period) -> the pupils, and how long each tablet handed over to them waited."""
    found: dict[tuple[str, str], tuple[set[str], list[Wait]]] = defaultdict(lambda: (set(), []))
    for device, person in sorted({(h.device, h.person) for h in plain.held if h.person and h.evidence == FOREGROUND}):
        mine = sorted((h for h in plain.held if (h.device, h.person) == (device, person)), key=lambda h: h.day)
        lent = min(loan.first for loan in plain.fleet.loans if (loan.device, loan.holder) == (device, person))
        seat = min(s.first for s in plain.fleet.seats if s.person == person)
        start = mine[0]
        if start.day != max(lent, seat) or lent < date(2025, 8, 1):
            continue
        here = [h for h in mine if h.uai == start.uai]
        for term in plain.terms:
            if term.uai == start.uai and start.day in term.days:
                wait = _followed(plain, here, term.days[-1])
                for place in plain.places(term, "individual", FOREGROUND) if wait[0] else []:
                    found[place, term.name][0].add(person)
                    found[place, term.name][1].append(wait)
    return found


def _followed(plain: Plain, here: list[Held], end: date) -> Wait:
    days = 0
    for held in here:
        if held.day > end:
            break
        days += plain.is_school_day(held.uai, held.day)
        if plain.seconds([held.device], held.day) > 0:
            return max(days, 1), True
    return days, False


def kaplan_meier(rows: list[Wait], by: int) -> float | None:
    """The share started by a day; None where nobody was followed that long and some had not started."""
    left = 1.0
    for day in range(by + 1):
        at_risk = sum(days >= day for days, _ in rows)
        started = sum(days == day and is_used for days, is_used in rows)
        left *= 1 - started / at_risk if at_risk else 1
    return None if max(days for days, _ in rows) < by and left > 1e-12 else 1 - left


def started_share(plain: Plain) -> Found:
    """Within 1, 5, 10, 20 and 40 school days."""
    found = {}
    for key, (pupils, rows) in handovers(plain).items():
        for by in (1, 5, 10, 20, 40):
            if (share := kaplan_meier(rows, by)) is not None:
                found[*key, "within", str(by), FOREGROUND] = (len(pupils), share)
    return found


def days_to_first_use_median(plain: Plain) -> Found:
    """The first day by which half have started."""
    found = {}
    for key, (pupils, rows) in handovers(plain).items():
        last = max(days for days, _ in rows)
        reached = [day for day in range(1, last + 1) if (kaplan_meier(rows, day) or 0) >= 0.5 - 1e-9]
        if reached:
            found[*key, "all", "all", FOREGROUND] = (len(pupils), reached[0])
    return found


def retention_share(plain: Plain) -> Found:
    """Active weeks among the weeks held, by month of the first use and school weeks since."""
    schools = {(term.name, seat.person): term.uai for term in plain.terms for seat in plain.fleet.seats if uai_of(seat.school) == term.uai}
    rows: dict[Key, list[tuple[str, bool]]] = defaultdict(list)
    for (place, period), pupils in use_of_pupils(plain).items():
        for person, use in pupils.items():
            first = plain.first_use(person)
            if first is None:
                continue
            weeks = sorted({monday(day) for day in plain.school_days[schools[period, person]]})
            for week in use.held_weeks:
                since = sum(monday(first) < w <= week for w in weeks)
                if since:
                    band = "1-4" if since < 5 else "5-8" if since < 9 else "9-12" if since < 13 else "13-"
                    key = (place, period, "retention", f"{first:%Y-%m}|{band}", FOREGROUND)
                    rows[key].append((person, week in use.weeks(ACTIVE_SECONDS)))
    return {key: (len({p for p, _ in weeks}), sum(a for _, a in weeks), len(weeks)) for key, weeks in rows.items()}


def apps_per_pupil(plain: Plain) -> Found:
    """Median number of apps of the catalogue."""
    apps: dict[Key, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for term in plain.terms:
        for h in plain.in_term(term):
            opened = {use.app for use in plain.uses[h.device, h.day]}
            if h.person and opened and plain.is_school_day(h.uai, h.day):
                for place in plain.places(term, "individual", FOREGROUND):
                    apps[place, term.name, "all", "all", FOREGROUND][h.person] |= opened & set(CATALOGUE)
    return {key: (len(pupils), median(len(a) for a in pupils.values())) for key, pupils in apps.items()}


def home_days(plain: Plain, is_counted: Callable[[str, date], bool], amount: Callable[[set[str], date], float]) -> Found:
    """Pupil-days of those who may take a tablet home on the day, and the sum of an amount over them."""
    found: dict[Key, dict[tuple[str | None, date], set[str]]] = defaultdict(lambda: defaultdict(set))
    for term in plain.terms:
        mine = [h for h in plain.in_term(term) if h.evidence == FOREGROUND and is_counted(h.uai, h.day)]
        allowed = {(h.person, h.day) for h in mine if h.may_go_home}
        for place in plain.places(term, "individual", FOREGROUND):
            for h in mine:
                if (h.person, h.day) in allowed:
                    found[place, term.name, "all", "all", FOREGROUND][h.person, h.day].add(h.device)
    return {
        key: (len({person for person, _ in days}), sum(amount(devices, day) for (_, day), devices in days.items()), len(days))
        for key, days in found.items()
    }
