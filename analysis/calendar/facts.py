"""Facts gathered from several files, later ones over earlier ones, until they make a calendar."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from analysis.calendar.model import Calendar, SchoolYear, Span

Key = tuple[str, str]  # (zone, school year)


@dataclass
class Facts:
    """First and last school days and holidays by (zone, school year), and notes on what the sources say."""

    first: dict[Key, date] = field(default_factory=dict)
    last: dict[Key, date] = field(default_factory=dict)
    holidays: defaultdict[Key, dict[str, Span]] = field(default_factory=lambda: defaultdict(dict))
    notes: list[str] = field(default_factory=list)

    def add_holiday(self, key: Key, span: Span) -> None:
        """A holiday takes the place of the one of the same name; those called `autre` stand side by side, by date."""
        slot = f"{span.name} {span.first_day_off}" if span.name == "autre" else span.name
        self.holidays[key][slot] = span

    def update(self, newer: "Facts") -> None:
        """`newer` wins, fact by fact, so that a file cut down to a few rows removes nothing."""
        self.first |= newer.first
        self.last |= newer.last
        for key, spans in newer.holidays.items():
            self.holidays[key] |= spans
        self.notes += newer.notes

    def calendar(self) -> Calendar:
        """The calendar of every year that has both bounds and holidays inside them; the others are listed with what they lack."""
        keys = sorted(self.first.keys() | self.last.keys() | self.holidays.keys())
        faults = {key: self._fault(key) for key in keys}
        years = {key: self._year(key) for key in keys if not faults[key]}
        return Calendar(years, {key: fault for key, fault in faults.items() if fault}, tuple(self.notes))

    def _year(self, key: Key) -> SchoolYear:
        return SchoolYear(*key, self.first[key], self.last[key], tuple(sorted(self.holidays[key].values())))

    def _fault(self, key: Key) -> str:
        lacks = {"first school day": key not in self.first, "last school day": key not in self.last, "holidays": not self.holidays.get(key)}
        if missing := [name for name, is_missing in lacks.items() if is_missing]:
            return f"the calendar files give no {' and no '.join(missing)}"
        return _outside(self.holidays[key], self.first[key], self.last[key])


def _outside(spans: dict[str, Span], first: date, last: date) -> str:
    if first >= last:
        return f"it starts on {first} and ends on {last}"
    outside = [span for span in spans.values() if span.first_day_off > last + timedelta(1) or span.class_resumes <= first]
    return "; ".join(f"the holiday {s.name} from {s.first_day_off} lies outside {first} to {last}" for s in outside)
