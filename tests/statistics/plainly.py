"""The same statistics computed again, slowly and plainly: loops over pairs and pupils, no array, no shortcut."""

from collections import defaultdict
from collections.abc import Sequence
from math import exp, log, sqrt
from statistics import mean


def gini(x: Sequence[float]) -> float:
    """Half the mean difference of all pairs, over the mean."""
    return sum(abs(a - b) for a in x for b in x) / (2 * len(x) * sum(x))


def theil_t(x: Sequence[float]) -> float:
    m = sum(x) / len(x)
    return sum(a / m * log(a / m) for a in x if a > 0) / len(x)


def theil_l(x: Sequence[float]) -> float:
    m = sum(x) / len(x)
    return sum(log(m / a) for a in x) / len(x)


def atkinson(x: Sequence[float], epsilon: float) -> float:
    m = sum(x) / len(x)
    if epsilon == 1:
        return 1 - exp(sum(log(a) for a in x) / len(x)) / m
    return 1 - (sum((a / m) ** (1 - epsilon) for a in x) / len(x)) ** (1 / (1 - epsilon))


def by_label(x: Sequence[float], labels: Sequence) -> dict[object, list[float]]:
    found: dict[object, list[float]] = defaultdict(list)
    for a, label in zip(x, labels, strict=True):
        found[label].append(a)
    return found


def theil_parts(x: Sequence[float], clusters: Sequence) -> tuple[float, float]:
    """Shares of the total against shares of pupils, and the T of each cluster weighted by its share of the total."""
    parts = [(sum(each) / sum(x), len(each) / len(x), each) for each in by_label(x, clusters).values() if sum(each) > 0]
    return sum(held * log(held / people) for held, people, _ in parts), sum(held * theil_t(each) for held, _, each in parts)


def ridits(by: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The population below, plus half of that of the same rank."""
    rows, total = list(zip(by, weights, strict=True)), sum(weights)
    return [(sum(w for b, w in rows if b < mine) + sum(w for b, w in rows if b == mine) / 2) / total for mine in by]


def slope(y: Sequence[float], by: Sequence[float], weights: Sequence[float]) -> float:
    x = ridits(by, weights)
    total = sum(weights)
    mx, my = (sum(w * a for w, a in zip(weights, column, strict=True)) / total for column in (x, y))
    above = sum(w * (a - mx) * (b - my) for w, a, b in zip(weights, x, y, strict=True))
    return above / sum(w * (a - mx) ** 2 for w, a in zip(weights, x, strict=True))


def jackknife_like_slope_error(y: Sequence[float], by: Sequence[float], weights: Sequence[float]) -> float:
    """HC3 as what the line, drawn again without each group, misses that group by: the ridits stay those of all groups."""
    x, total = ridits(by, weights), 0.0
    spread = sum(w * (a - 0.5) ** 2 for w, a in zip(weights, x, strict=True))
    for i in range(len(y)):
        rest = [(w, a, b) for j, (w, a, b) in enumerate(zip(weights, x, y, strict=True)) if j != i]
        whole = sum(w for w, _, _ in rest)
        mx, my = sum(w * a for w, a, _ in rest) / whole, sum(w * b for w, _, b in rest) / whole
        b1 = sum(w * (a - mx) * (b - my) for w, a, b in rest) / sum(w * (a - mx) ** 2 for w, a, _ in rest)
        total += (weights[i] * (x[i] - 0.5) * (y[i] - my - b1 * (x[i] - mx)) / spread) ** 2
    return sqrt(total)


def concentration_terms(y: Sequence[float], by: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The terms p_t L_t+1 - p_t+1 L_t over groups in rising rank, those of one rank together."""
    ranks = sorted(set(by))
    people = [sum(w for w, b in zip(weights, by, strict=True) if b == rank) for rank in ranks]
    held = [sum(w * a for w, a, b in zip(weights, y, by, strict=True) if b == rank) for rank in ranks]
    p = [sum(people[: i + 1]) / sum(people) for i in range(len(ranks))]
    share = [sum(held[: i + 1]) / sum(held) for i in range(len(ranks))]
    return [p[i] * share[i + 1] - p[i + 1] * share[i] for i in range(len(ranks) - 1)]


def gaps_by_class(x: Sequence[float], clusters: Sequence, here: Sequence[bool]) -> dict[object, float]:
    """Mean of those here minus mean of the others, in each class that has both."""
    found = {}
    for room in set(clusters):
        ours = [a for a, c, h in zip(x, clusters, here, strict=True) if c == room and h]
        others = [a for a, c, h in zip(x, clusters, here, strict=True) if c == room and not h]
        if ours and others:
            found[room] = mean(ours) - mean(others)
    return found


def not_started(days: Sequence[float], started: Sequence[bool], at: float) -> float:
    """Kaplan-Meier, one day after the other."""
    left = 1.0
    for day in sorted({d for d, s in zip(days, started, strict=True) if s and d <= at}):
        followed = sum(1 for d in days if d >= day)
        left *= 1 - sum(1 for d, s in zip(days, started, strict=True) if s and d == day) / followed
    return left
