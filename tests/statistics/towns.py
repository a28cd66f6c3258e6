"""Invented classes and schools whose true gap, slope, change and start are known, drawn as use is: skewed, with zeros, alike in a class.

Minutes of a pupil are a factor of the class times one of the pupil. Their mean equals their standard deviation (20 minutes), three
tenths of the variance lie between classes, and 15 % of pupils have none. Classes have 16 to 28 pupils.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from analysis.statistics import concentration, gaps, survival
from analysis.statistics.estimate import NOTHING, Estimate
from analysis.statistics.refusal import Refusal
from analysis.statistics.value_added import Slope, value_added

MEAN, ICC, NONE_AT_ALL = 20.0, 0.3, 0.15
LAST_DAY, HALF_START, START_SPREAD = 120, 20.5, 1.0  # school days; the spread is that of the logarithm


class Draw(NamedTuple):
    """One invented town's answer and the truth of its design."""

    estimate: Estimate
    truth: float


Town = Callable[[np.random.Generator, int], Draw]


def factor(chance: np.random.Generator, variance: float, count: int) -> np.ndarray:
    """Positive, skewed, with mean 1."""
    return chance.gamma(1 / variance, variance, count)


def rooms(chance: np.random.Generator, classes: int) -> np.ndarray:
    return np.repeat(np.arange(classes), chance.integers(16, 29, classes))


def minutes(chance: np.random.Generator, of_class: np.ndarray) -> np.ndarray:
    """Minutes of pupils whose classes have these factors: mean = standard deviation once the factors of classes have variance ICC."""
    within = (1 + 1) / (1 + ICC) - 1
    spread = (1 + within) * (1 - NONE_AT_ALL) - 1
    uses = chance.random(len(of_class)) >= NONE_AT_ALL
    return MEAN * of_class * uses / (1 - NONE_AT_ALL) * factor(chance, spread, len(of_class))


def gap_within(share_here: float) -> Town:
    """Some pupils of each class have a fifth less than the others, more or less by class."""

    def town(chance: np.random.Generator, classes: int) -> Draw:
        room = rooms(chance, classes)
        here = chance.random(len(room)) < share_here
        less = chance.normal(0.8, 0.1, classes)[room]
        amounts = minutes(chance, factor(chance, ICC, classes)[room]) * np.where(here, less, 1)
        return Draw(gaps.within_clusters(amounts, room, here), -0.2 * MEAN)

    return town


def gap_within_by_school(chance: np.random.Generator, schools: int) -> Draw:
    """Half of each class has a fifth less, more or less by school; three to twelve classes a school."""
    school = np.repeat(np.arange(schools), chance.integers(3, 13, schools))
    room = rooms(chance, len(school))
    here = chance.random(len(room)) < 0.5
    less = chance.normal(0.8, 0.1, schools)[school[room]]
    amounts = minutes(chance, factor(chance, ICC, len(school))[room]) * np.where(here, less, 1)
    return Draw(gaps.within_clusters(amounts, room, here, school[room]), -0.2 * MEAN)


def gap_between(chance: np.random.Generator, classes: int) -> Draw:
    """A third of the classes have a fifth less."""
    room = rooms(chance, classes)
    here = room < classes // 3
    amounts = minutes(chance, factor(chance, ICC, classes)[room]) * np.where(here, 0.8, 1)
    return Draw(gaps.between_clusters(amounts, room, here), -0.2 * MEAN)


def change_by_class(chance: np.random.Generator, classes: int) -> Draw:
    """A fifth more after than before, more or less by class; pupils vary from one time to the other."""
    room = rooms(chance, classes)
    level = factor(chance, ICC, classes)
    more = level * np.maximum(0, chance.normal(1.2, 0.3, classes))
    return Draw(gaps.change(minutes(chance, level[room]), minutes(chance, more[room]), room), 0.2 * MEAN)


def ranked_schools(
    ask: Callable[[np.ndarray, np.ndarray, np.ndarray], Estimate], truth_of: Callable[[np.ndarray, np.ndarray], float]
) -> Town:
    """Schools of three to twelve classes; from the lowest rank to the highest, expected use falls by four tenths of the mean."""
    slope = -0.4
    between_schools = 0.1
    between_classes = (1 + ICC) / (1 + between_schools) - 1

    def town(chance: np.random.Generator, schools: int) -> Draw:
        school = np.repeat(np.arange(schools), chance.integers(3, 13, schools))
        room = rooms(chance, len(school))
        pupils = np.bincount(school[room])
        shares = pupils / pupils.sum()
        places = np.cumsum(shares) - shares / 2
        level = (1 + slope * (places - 0.5)) * factor(chance, between_schools, schools)
        amounts = minutes(chance, (level[school] * factor(chance, between_classes, len(school)))[room])
        means = np.bincount(school[room], amounts) / pupils
        return Draw(ask(means, np.arange(schools), pupils), slope * truth_of(places, shares))

    return town


slope_of_schools = ranked_schools(concentration.slope_index, lambda places, shares: MEAN)
concentration_of_schools = ranked_schools(concentration.concentration_index, lambda places, shares: 2 * shares @ (places - 0.5) ** 2)


def starts(chance: np.random.Generator, classes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days of first use, log-normal, alike in a class; one pupil in seventeen leaves on the way, and the data end."""
    room = rooms(chance, classes)
    logs = chance.normal(0, np.sqrt(ICC), classes)[room] + chance.normal(0, np.sqrt(1 - ICC), len(room))
    first = np.ceil(HALF_START * np.exp(START_SPREAD * logs))
    followed = np.where(chance.random(len(room)) < 1 / 17, chance.integers(1, LAST_DAY, len(room)), LAST_DAY)
    return np.minimum(first, followed), first <= followed, room


def started_within(days: int) -> Town:
    def town(chance: np.random.Generator, classes: int) -> Draw:
        return Draw(survival.started_share(*starts(chance, classes), within=days), float(ndtr(np.log(days / HALF_START) / START_SPREAD)))

    return town


def median_start(chance: np.random.Generator, classes: int) -> Draw:
    return Draw(survival.median_days(*starts(chance, classes)), np.ceil(HALF_START))


class Slopes(NamedTuple):
    """Progress in towns where it goes with minutes, per 10 minutes a day: inside classes (more or less by class) and between them."""

    classes: int
    schools: int
    within: float
    between: float
    varies: float = 0.0


def pupils_with_progress(chance: np.random.Generator, town: Slopes) -> dict[str, np.ndarray]:
    """The arguments of `value_added`. Variances beside minutes: .36 prior score, .04 school, .08 class, .52 rest."""
    room = rooms(chance, town.classes)
    school = (np.arange(town.classes) * town.schools // town.classes)[room]
    tens = minutes(chance, factor(chance, ICC, town.classes)[room]) / 10
    means = (np.bincount(room, tens) / np.bincount(room))[room]
    prior, ips = chance.normal(size=len(room)), chance.normal(100, 15, town.schools)[school]
    minded = chance.normal(town.within, town.varies, town.classes)[room] * (tens - means) + town.between * means
    alike = chance.normal(0, 0.2, town.schools)[school] + chance.normal(0, np.sqrt(0.08), town.classes)[room]
    outcomes = 0.6 * prior + minded + 0.004 * (ips - 100) + alike + chance.normal(0, np.sqrt(0.52), len(room))
    names = {"outcomes": 50 + 10 * outcomes, "priors": 100 + 15 * prior, "minutes": 10 * tens, "classes": room, "schools": school}
    return names | {"levels": np.arange(town.classes)[room] % 2, "ips": ips}


def slopes_found(chance: np.random.Generator, town: Slopes) -> tuple[Draw, Draw]:
    """Both slopes of one town; nothing where one is refused. The truth is in standard deviations of the outcome, as the slopes are."""
    given = pupils_with_progress(chance, town)
    found, spread = value_added(**given), given["outcomes"].std() / 10
    told = (
        (NOTHING, NOTHING)
        if isinstance(found, Refusal)
        else tuple(each.estimate if isinstance(each, Slope) else NOTHING for each in (found.within, found.between))
    )
    return Draw(told[0], town.within / spread), Draw(told[1], town.between / spread)
