"""The measures of equity computed again, slowly and plainly, from the children as they were written: no SQL, no array, no window.

One dict per pupil and place, loops over pairs for Gini, means of means for gaps, sums of squares for intervals.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from math import log, sqrt
from statistics import mean, stdev
from typing import NamedTuple

from scipy.special import stdtrit

from tests.class_town import SCHOOL_DAYS, Child, Stay

Interval = tuple[float | None, float | None, float | None]
Row = tuple[int, float | None, float | None, float | None]  # n, value, low, high
NOWHERE: Interval = (None, None, None)
TERRITORY = 0
LEAST_FAVOURED = ("défavorisée", "moyenne", "favorisée", "très favorisée")


class Pupil(NamedTuple):
    """An equipped pupil in a place and a period: minutes a day, school and class of most days, regular or not."""

    child: Child
    school: int
    room: str
    a_day: float
    is_regular: bool
    by_cluster: dict[str, tuple[float, int]]  # class, or school over the territory -> minutes, days


def pupils_of(children: Iterable[Child], place: int, days: list[date]) -> list[Pupil]:
    """The pupils with an equipped school day among `days` in a school, or anywhere (TERRITORY)."""
    found = []
    for child in children:
        mine = {d: s for d in days if (s := stay_on(child, d)) and place in (TERRITORY, s.school)}
        if not mine:
            continue
        most = Counter((s.school, s.room) for s in mine.values()).most_common()
        assert len(most) == 1 or most[0][1] != most[1][1], "a tie would be decided by a pseudonym"
        (school, room), minutes = most[0][0], [child.use.get(d, 0) for d in mine]
        clusters: dict[str, list[float]] = defaultdict(list)
        for day, stay in mine.items():
            clusters[str(stay.school) if place == TERRITORY else stay.room].append(child.use.get(day, 0))
        totals = {key: (sum(c), len(c)) for key, c in clusters.items()}
        found.append(Pupil(child, school, room, sum(minutes) / len(minutes), regular(child, mine), totals))
    return found


def stay_on(child: Child, day: date) -> Stay | None:
    """Where a child with a tablet sits on a day."""
    is_held = child.held_from is not None and child.held_from <= day
    return next((s for s in child.stays if is_held and s.first <= day <= s.last), None)


def regular(child: Child, days: Iterable[date]) -> bool:
    """Five minutes on one day, and any use in three school weeks of four."""
    weeks: dict[tuple[int, int], list[float]] = defaultdict(list)
    for day in days:
        weeks[day.isocalendar()[:2]].append(child.use.get(day, 0))
    is_active = any(minutes >= 5 for week in weeks.values() for minutes in week)
    return is_active and sum(any(week) for week in weeks.values()) >= 0.75 * len(weeks)


def t_interval(value: float, error: float | None, degrees: int) -> Interval:
    """The value with Student's t; no interval where nothing varies."""
    if error is None or degrees < 1 or error < 1e-9:
        return value, None, None
    reach = float(stdtrit(degrees, 0.975)) * error
    return value, value - reach, value + reach


def of_mean(values: list[float]) -> Interval:
    """The mean of independent values."""
    if not values:
        return NOWHERE
    return t_interval(mean(values), stdev(values) / sqrt(len(values)) if len(values) > 1 else None, len(values) - 1)


def inside_classes(pupils: list[Pupil], side: Callable[[Pupil], bool | None], amount: Callable[[Pupil], float], place: int) -> Row | None:
    """Gap of each class, mean over classes, or over the schools' means of classes."""
    gaps, sizes = defaultdict(list), [0, 0]
    for school, room in sorted({(p.school, p.room) for p in pupils}):
        mine = [p for p in pupils if (p.school, p.room) == (school, room) and side(p) is not None]
        here, others = [amount(p) for p in mine if side(p)], [amount(p) for p in mine if not side(p)]
        if here and others:
            gaps[school].append(mean(here) - mean(others))
            sizes = [sizes[0] + len(here), sizes[1] + len(others)]
    if not gaps:
        return None
    return min(sizes), *of_mean([mean(g) for g in gaps.values()] if place == TERRITORY else [g for mine in gaps.values() for g in mine])


def between_wholes(
    pupils: list[Pupil], side: Callable[[Pupil], bool | None], amount: Callable[[Pupil], float], by: Callable[[Pupil], object]
) -> Row | None:
    """Two means of cluster means, pooled variance."""
    means: dict[bool, list[float]] = {True: [], False: []}
    sizes = {True: 0, False: 0}
    for key in {by(p) for p in pupils}:
        mine = [p for p in pupils if by(p) == key]
        is_here = side(mine[0])
        if is_here is not None:
            means[is_here].append(mean(amount(p) for p in mine))
            sizes[is_here] += len(mine)
    a, b = means[True], means[False]
    if not a or not b:
        return None
    error, degrees = None, len(a) + len(b) - 2
    if len(a) > 1 and len(b) > 1:
        pooled = (sum((x - mean(a)) ** 2 for x in a) + sum((x - mean(b)) ** 2 for x in b)) / degrees
        error = sqrt(pooled * (1 / len(a) + 1 / len(b)))
    return min(sizes.values()), *t_interval(mean(a) - mean(b), error, degrees)


def gaps_of(
    pupils: list[Pupil], place: int, schools: dict[int, dict], least: str, amount: Callable[[Pupil], float]
) -> dict[tuple[str, str], Row]:
    """Every gap of a place: (breakdown, category) -> n, value, low, high; `least` is the least favoured band of the whole register."""
    inside = {
        ("sex", "F"): lambda p: {"F": True, "M": False}.get(p.child.sex),
        ("social_band", least): lambda p: p.child.band == least if p.child.band else None,
        ("home_internet", "false"): lambda p: {"false": True, "true": False}.get(p.child.internet),
    }
    inside |= {("support", "true"): lambda p: {"true": True, "false": False}.get(p.child.support)} if place == TERRITORY else {}
    found = {key: inside_classes(pupils, side, amount, place) for key, side in inside.items()}
    homes = home_classes(pupils)
    found["take_home", "true"] = between_wholes(pupils, lambda p: homes.get(p.room), amount, lambda p: p.room)
    if place == TERRITORY:
        thirds = thirds_of(schools)
        found["rep", "rep"] = between_wholes(pupils, lambda p: bool(schools[p.school]["rep"]), amount, lambda p: p.school)
        found["ips", "low"] = between_wholes(pupils, lambda p: thirds.get(p.school), amount, lambda p: p.school)
    return {key: row for key, row in found.items() if row is not None}


def least_favoured(children: Iterable[Child]) -> str:
    """The least favoured band that occurs."""
    occurring = {c.band for c in children}
    return next(b for b in LEAST_FAVOURED if b in occurring)


def home_classes(pupils: list[Pupil]) -> dict[str, bool]:
    """Classes of whose known pupils half or more may take the tablet home."""
    known: dict[str, list[bool]] = defaultdict(list)
    for p in pupils:
        if p.child.take_home:
            known[p.room].append(p.child.take_home == "true")
    return {room: sum(homes) / len(homes) >= 0.5 for room, homes in known.items()}


def thirds_of(schools: dict[int, dict]) -> dict[int, bool]:
    """The lowest third of the schools (true) and the highest (false)."""
    ranked = sorted((s["ips"], n) for n, s in schools.items() if s["ips"] != "")
    third = len(ranked) // 3
    return {n: True for _, n in ranked[:third]} | {n: False for _, n in ranked[-third:]}


def gini(amounts: list[float]) -> float:
    """Mean difference of all pairs over twice the mean."""
    return sum(abs(a - b) for a in amounts for b in amounts) / len(amounts) ** 2 / 2 / mean(amounts)


def theil(amounts: list[float]) -> float:
    """Mean of (x/m) ln (x/m)."""
    m = mean(amounts)
    return sum(a / m * log(a / m) for a in amounts if a) / len(amounts)


def between_share(amounts: list[float], clusters: list) -> float:
    """Theil's T when each has the mean of their cluster, over that of all."""
    means = {c: mean(a for a, d in zip(amounts, clusters, strict=True) if d == c) for c in set(clusters)}
    return theil([means[c] for c in clusters]) / theil(amounts)


def share_by_chance(amounts: list[float], clusters: list) -> float:
    """Random clusters carry (C - 1)/(N - 1) of the variance; Theil's T is about half the squared coefficient of variation."""
    m = mean(amounts)
    variance = sum((a - m) ** 2 for a in amounts) / len(amounts)
    return min(1, (len(set(clusters)) - 1) / (len(amounts) - 1) * variance / m**2 / 2 / theil(amounts))


def lowest_share(amounts: list[float], share: float) -> float:
    """What the lowest `share` of pupils hold; a part of a pupil holds that part of the pupil's amount."""
    places, held = share * len(amounts), 0.0
    for number, amount in enumerate(sorted(amounts)):
        held += amount * min(1, max(0, places - number))
    return held / sum(amounts)


def slope(pupils: list[Pupil], schools: dict[int, dict]) -> tuple[float, float | None, float] | None:
    """Slope, ratio of the ends, concentration index: weighted least squares on the midpoints of the cumulative population."""
    ranked = sorted((schools[n]["ips"], n) for n in {p.school for p in pupils} if schools[n]["ips"] != "")
    if len(ranked) < 5:
        return None
    amounts = [[p.a_day for p in pupils if p.school == n] for _, n in ranked]
    total, before, points = sum(map(len, amounts)), 0, []
    for mine in amounts:
        points += [((before + len(mine) / 2) / total, a) for a in mine]
        before += len(mine)
    m, rank_variance = mean(a for _, a in points), mean((r - 0.5) ** 2 for r, _ in points)
    line = mean((r - 0.5) * a for r, a in points) / rank_variance
    return line, (m + line / 2) / (m - line / 2) if m > line / 2 else None, 2 * rank_variance * line / m


def change(pairs: list[tuple[float, float]]) -> Interval:
    """After less before, mean over clusters."""
    return of_mean([after - before for before, after in pairs])


def ratio(children: Iterable[Child], days: list[date], sits: Callable[[Stay], bool]) -> float | None:
    """Minutes to pupil-days of those who sit somewhere, on some days."""
    minutes = [c.use.get(d, 0) for c in children for d in days if (s := stay_on(c, d)) and sits(s)]
    return mean(minutes) if minutes else None


def of_ratio(pupils: list[Pupil]) -> Row:
    """Minutes per pupil-day, with the linearised variance of a ratio of cluster totals, taken to the cube root and back."""
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for p in pupils:
        for key, (minutes, days) in p.by_cluster.items():
            totals[key] = [totals[key][0] + minutes, totals[key][1] + days]
    days, count = sum(d for _, d in totals.values()), len(totals)
    value = sum(m for m, _ in totals.values()) / days
    if count == 1 or value == 0:
        return len(pupils), value, None, None
    error = sqrt(sum((m - value * d) ** 2 for m, d in totals.values()) * count / (count - 1)) / days
    root, reach = value ** (1 / 3), float(stdtrit(count - 1, 0.975)) * error / (3 * value ** (2 / 3))
    return len(pupils), value, max(0, root - reach) ** 3, (root + reach) ** 3


PERIODS = {
    name: [d for d in SCHOOL_DAYS if d.month in months] for name, months in {"2025-09": (9,), "2025-10": (10,), "2025-T1": (9, 10)}.items()
}
