"""Tablets that are silent, unused, in repair, and who has one, measure by measure, in plain Python."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tests.fleet_town import days_of
from tests.plain_fleet import FOREGROUND, Found, Held, Key, Plain, Term, monday


def last_signs(plain: Plain, kind: str, evidence: str) -> Iterator[tuple[Term, Held, int, int | None]]:
    """Each tablet in hand on the last school day that logs of its kind reach: days held by then, and days of silence."""
    heard = [day for device, day in plain.signs if _evidence(plain, device) == evidence]
    for term in plain.terms:
        open_days = [d for d in term.days if plain.is_school_day(term.uai, d) and min(heard) <= d <= max(heard)]
        for held in plain.in_term(term, kind) if open_days else []:
            if held.day == max(open_days) and held.evidence == evidence:
                loans = [loan.first for loan in plain.fleet.loans if loan.device == held.device and held.person in (loan.holder, None)]
                seats = [s.first for s in plain.fleet.seats if s.person == held.person] or loans
                seen = [day for device, day in plain.signs if device == held.device and day <= held.day]
                silent = (held.day - max(seen)).days if seen else None
                yield term, held, (held.day - max(min(loans), min(seats), min(heard))).days + 1, silent


def _evidence(plain: Plain, device: str) -> str:
    return "checkin" if any(loan.device == device and loan.os == "iPadOS" for loan in plain.fleet.loans) else FOREGROUND


def dormant_share(plain: Plain, days: int, evidence: str) -> Found:
    """Pupils' tablets held for so many days and silent for as many."""
    rows: dict[Key, list[tuple[str | None, bool]]] = defaultdict(list)
    for term, held, days_held, silent in last_signs(plain, "individual", evidence):
        if days_held >= days:
            for place in plain.places(term, "individual", evidence):
                rows[place, term.name, "all", "all", evidence].append((held.person, silent is None or silent >= days))
    return {key: (len({p for p, _ in each}), sum(d for _, d in each), len(each)) for key, each in rows.items()}


def working_share(plain: Plain, evidence: str) -> Found:
    """Pupils of whom a tablet was seen within 14 days."""
    rows: dict[Key, dict[str | None, bool]] = defaultdict(dict)
    for term, held, _, silent in last_signs(plain, "individual", evidence):
        for place in plain.places(term, "individual", evidence):
            for group in plain.groups(term, held.person or ""):
                pupils = rows[place, term.name, *group, evidence]
                pupils[held.person] = pupils.get(held.person, False) or (silent is not None and silent < 14)
    return {key: (len(pupils), sum(pupils.values()), len(pupils)) for key, pupils in rows.items()}


def never_used_share(plain: Plain, kind: str) -> Found:
    """Tablets held on a school day without a second in the period; for trolleys without the number of pupils."""
    tablets: dict[Key, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for term in plain.terms:
        mine = [h for h in plain.in_term(term, kind) if h.evidence == FOREGROUND]
        held = {h.device for h in mine if plain.is_school_day(h.uai, h.day)}
        for place in plain.places(term, kind, FOREGROUND):
            for device, day in {(h.device, h.day) for h in mine if h.device in held}:
                tablets[place, term.name, "kind", kind, FOREGROUND][device] += plain.seconds([device], day)
    return {key: (sum(s == 0 for s in each.values()), len(each)) for key, each in tablets.items()}


def equipped_share(plain: Plain) -> Found:
    """Of the pupils enrolled on a school day; week by week, of those enrolled on the last school day of the week."""
    rows: dict[Key, dict[str, bool]] = defaultdict(dict)
    for term in plain.terms:
        holding = {(h.person, h.day) for h in plain.in_term(term)}
        enrolled = plain.enrolled(term)
        for person, days in enrolled.items():
            is_equipped = any((person, day) in holding for day in days)
            for place in (term.uai, "territory"):
                for group in plain.groups(term, person):
                    _set_if(rows[place, term.name, *group, ""], person, is_equipped)
        for day in _last_days({day for days in enrolled.values() for day in days} | (set(term.days) & plain.school_days[term.uai])):
            for person in (p for p, days in enrolled.items() if day in days):
                for place in (term.uai, "territory"):
                    _set_if(rows[place, term.name, "week", str(monday(day)), ""], person, (person, day) in holding)
    return {key: (len(pupils), sum(pupils.values()), len(pupils)) for key, pupils in rows.items()}


def _set_if(pupils: dict[str, bool], person: str, is_so: bool) -> None:
    pupils[person] = pupils.get(person, False) or is_so


def _last_days(days: Iterable[date]) -> list[date]:
    days = set(days)
    return [day for day in days if not any(monday(other) == monday(day) and other > day for other in days)]


def repair_days_share(plain: Plain) -> Found:
    """School days out of service among those and the days in hand."""
    rows: dict[Key, set[tuple[str, date, bool]]] = defaultdict(set)
    for term in plain.terms:
        lost = {(device, day) for device, uai, day in _lost(plain) if uai == term.uai and day in term.days}
        hand = {(h.device, h.day) for h in plain.in_term(term) if plain.is_school_day(h.uai, h.day)} - {
            (d, day) for d, _, day in _lost(plain)
        }
        for place in (term.uai, "territory"):
            key = (place, term.name, "all", "all", "")
            rows[key] |= {(d, day, True) for d, day in lost} | {(d, day, False) for d, day in hand}
    return {key: (sum(is_lost for *_, is_lost in days), len(days)) for key, days in rows.items() if days}


def _lost(plain: Plain) -> set[tuple[str, str, date]]:
    found = set()
    for device, first, last in plain.fleet.repairs:
        again = [loan.first - timedelta(1) for loan in plain.fleet.loans if loan.device == device and loan.first > first]
        before = [h for h in plain.held if h.device == device and h.day <= first]
        end = last or min(again, default=date(2026, 1, 1))
        if before:
            uai = max(before, key=lambda h: h.day).uai
            found |= {(device, uai, day) for day in days_of(first, end) if plain.is_school_day(uai, day)}
    return found
