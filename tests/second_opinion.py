"""Minutes computed again, slowly and plainly: one event after the other, one interval after the other, no SQL and no window."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Event = tuple[str, str, str, int, datetime]  # device, app, activity, type, instant
Span = tuple[datetime, datetime]

SILENCE = timedelta(hours=3)
CLOSES_ALL, CLOSING = {16, 17, 26}, {2, 3, 16, 17, 23, 24, 26}
ORDER_AT_ONE_INSTANT = [16, 17, 26, 27, 2, 3, 23, 24]  # then anything else, then 1 and 4


class Tablet:
    """One tablet read event by event: which screens of which apps are open, and since when each app is in front."""

    def __init__(self) -> None:
        self.spans: dict[str, list[Span]] = defaultdict(list)
        self.since: dict[str, datetime] = {}
        self.last: datetime | None = None
        self._forget()

    def _forget(self) -> None:
        self.open: dict[tuple[str, str], int] = defaultdict(int)
        self.closes: dict[tuple[str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))

    def see(self, app: str, activity: str, kind: int, at: datetime) -> None:
        """Takes the next event."""
        if self.last is not None and (kind == 27 or (kind not in CLOSING and at - self.last > SILENCE)):
            self.close_all(self.last)
        elif kind in CLOSES_ALL:
            self.close_all(at)
        self._count(app, activity, kind)
        if any(n > 0 for (a, _), n in self.open.items() if a == app):
            self.since.setdefault(app, at)
        elif app in self.since:
            self._end(app, at)
        self.last = at

    def _count(self, app: str, activity: str, kind: int) -> None:
        screen, closes = (app, activity), self.closes[(app, activity)]
        if kind in (1, 4):
            self.open[screen] += 1
        closes[kind] += 1
        is_missing = {23: closes[23] > closes[2], 24: closes[24] > max(closes[2], closes[23])}
        if kind in (2, 3) or is_missing.get(kind, False):
            self.open[screen] = max(0, self.open[screen] - 1)

    def close_all(self, at: datetime) -> None:
        """Everything open ends."""
        for app in list(self.since):
            self._end(app, at)
        self._forget()

    def _end(self, app: str, at: datetime) -> None:
        start = self.since.pop(app)
        if at > start:
            self.spans[app].append((start, at))


def stays(events: Iterable[Event]) -> dict[tuple[str, str], list[Span]]:
    """When each app of each device was in front: (device, app) -> spans in order, touching ones joined."""
    devices: dict[str, list[Event]] = defaultdict(list)
    for event in set(events):
        devices[event[0]].append(event)
    found = {}
    for device, mine in devices.items():
        tablet = Tablet()
        for _, app, activity, kind, at in sorted(mine, key=_in_turn):
            tablet.see(app, activity, kind, at)
        if tablet.last is not None:
            tablet.close_all(tablet.last)
        found |= {(device, app): union(spans) for app, spans in tablet.spans.items()}
    return found


def _in_turn(event: Event) -> tuple:
    _, app, activity, kind, at = event
    place = ORDER_AT_ONE_INSTANT.index(kind) if kind in ORDER_AT_ONE_INSTANT else 100 if kind in (1, 4) else 99
    return at, place, kind, app, activity


def union(spans: Iterable[Span]) -> list[Span]:
    """Spans with overlapping and touching ones joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def seconds_by_day(spans: Iterable[Span], zone: str) -> dict[date, float]:
    """Seconds of the union of the spans on each local day."""
    place, days = ZoneInfo(zone), defaultdict(float)
    for start, end in union(spans):
        day = start.astimezone(place).date()
        while datetime.combine(day, time(), place) < end:
            opens = max(start, datetime.combine(day, time(), place))
            shuts = min(end, datetime.combine(day + timedelta(1), time(), place))
            days[day] += shuts.timestamp() - opens.timestamp()
            day += timedelta(1)
    return {day: seconds for day, seconds in days.items() if seconds > 0}


def visits(instants: Iterable[datetime], gap_minutes: int) -> list[Span]:
    """Visits to the portal: instants at most `gap_minutes` apart belong together."""
    found: list[Span] = []
    for instant in sorted(set(instants)):
        if found and instant - found[-1][1] <= timedelta(minutes=gap_minutes):
            found[-1] = (found[-1][0], instant)
        else:
            found.append((instant, instant))
    return found
