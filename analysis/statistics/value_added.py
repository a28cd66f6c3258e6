"""Progress of pupils against their minutes of use, pupil in class in school: what is associated with what, never an effect.

Minutes are split in two (Mundlak, *Econometrica* 46, 1978): the mean of the class, which is what its teacher chose, and the pupil's
distance from it. The two slopes answer different questions, and only the second is free of whatever makes classes differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr

from analysis.statistics.arguments import Codes, Numbers, codes_of, numbers, same_length
from analysis.statistics.detectable import detectable_from
from analysis.statistics.estimate import Estimate, student
from analysis.statistics.marginal import satterthwaite, weights
from analysis.statistics.multilevel import Fit, fit
from analysis.statistics.progress import standardised
from analysis.statistics.refusal import Refusal

# From these on the intervals hold what they promise (docs/intervals.md); below, they would be too wide to say anything.
LEAST_CLASSES = 8
LEAST_DEGREES = 2
# With fewer schools the variance between them cannot be estimated: each gets a constant of its own instead.
LEAST_SCHOOLS = 6
# Standard deviation of minutes a day, below which there is nothing to compare.
LEAST_SPREAD = 0.1
UNIT = 10.0  # slopes are told per 10 minutes a day
_NO_SHARE = 1e-9


@dataclass(frozen=True)
class Slope:
    """Standard deviations of the outcome per 10 minutes a school day, with what its interval is made of.

    `detectable`: the smallest slope that these data would find in eight cases of ten, in the same unit.
    """

    estimate: Estimate
    error: float
    degrees: float
    p_value: float
    detectable: float


@dataclass(frozen=True)
class ValueAdded:
    """Both slopes, or the reason why one is not told; the shares of variance of the model without explanation, 0 to 1; and who was in it.

    `school_share` is None where schools are no level of their own (fewer than 6, or one class each); `class_share` then holds both.
    `between_explained` and `within_explained`: what the model explains of the variance between classes and schools, and inside classes;
    below 0 where it leaves more than it found, None where there was none. `has_ips`: whether the schools' IPS is in the model.
    """

    within: Slope | Refusal
    between: Slope | Refusal
    class_share: float
    school_share: float | None
    between_explained: float | None
    within_explained: float | None
    pupils: int
    classes: int
    schools: int
    has_ips: bool


def value_added(
    outcomes: ArrayLike,
    priors: ArrayLike,
    minutes: ArrayLike,
    classes: ArrayLike,
    schools: ArrayLike,
    levels: ArrayLike,
    ips: Sequence[float | None] | None = None,
) -> ValueAdded | Refusal:
    """Slopes of the outcome over minutes of use a school day, at the same prior score, level and IPS of the school. One row per pupil.

    Scores are standardised by level. Labels of classes may repeat from school to school. `ips` counts only where it is known for every
    pupil and has at least 3 values over at least 6 schools. A Refusal says "too few classes", "no spread of outcomes", "no spread of prior
    scores", "columns repeat one another" or "optimisers disagree"; of one slope alone "too few classes", "minutes vary in too few classes",
    "too few degrees of freedom" or "no spread of minutes".
    Between: Student's t with Satterthwaite's degrees of freedom, at most classes less what is estimated of them. Within: an error by class
    (CR2) with Bell and McCaffrey's degrees of freedom (*Survey Methodology* 28, 2002), because the slope may differ from class to class
    and a few classes may hold most of the spread. Raises ValueError for missing values (but of IPS) and lengths that differ.
    """
    rows = _rows(outcomes, priors, minutes, classes, schools, levels, ips)
    if rows.classes < LEAST_CLASSES:
        return Refusal("too few classes", rows.classes, LEAST_CLASSES)
    if rows.free_classes() < LEAST_DEGREES:
        return Refusal("too few classes", rows.classes, rows.classes - rows.free_classes() + LEAST_DEGREES)
    for name, scores in {"outcomes": rows.outcomes, "prior scores": rows.priors}.items():
        if not scores.std() > 0:
            return Refusal(f"no spread of {name}")
    null, full = (fit(rows.outcomes, columns, *rows.grouping()) for columns in (np.ones(len(rows.outcomes)), rows.columns()))
    if isinstance(null, Refusal) or isinstance(full, Refusal):
        return null if isinstance(null, Refusal) else full if isinstance(full, Refusal) else Refusal("optimisers disagree")
    return _told(rows, null, full)


@dataclass(frozen=True)
class _Rows:
    outcomes: Numbers
    priors: Numbers
    within: Numbers
    between: Numbers
    room: Codes
    school: Codes
    level: Codes
    ips: Numbers | None
    classes: int
    schools: int

    @property
    def has_school_level(self) -> bool:
        return LEAST_SCHOOLS <= self.schools < self.classes

    @property
    def has_ips(self) -> bool:
        return self.ips is not None and self.schools >= LEAST_SCHOOLS and len(np.unique(self.ips)) > 2

    def grouping(self) -> tuple[Codes, Codes | None]:
        return (self.school, self.room) if self.has_school_level else (self.room, None)

    def varies(self) -> tuple[bool, bool]:
        """Whether minutes differ inside classes, and between them."""
        return bool(self.within.std() * UNIT > LEAST_SPREAD), bool(self.between.std() * UNIT > LEAST_SPREAD)

    def columns(self) -> Numbers:
        """Minutes first, as far as they vary; then the prior score and what describes classes and schools."""
        used = [x for x, varies in zip((self.within, self.between), self.varies(), strict=True) if varies]
        return np.column_stack([*used, self.priors, self.of_classes()])

    def of_classes(self) -> Numbers:
        """What is the same for a class, or nearly: a constant, levels, IPS, and the schools themselves where they are few."""
        parts = [np.ones(len(self.outcomes)), *_dummies(self.level)]
        if self.has_ips and self.ips is not None:
            parts.append(in_deviations(self.ips))
        if self.schools < min(LEAST_SCHOOLS, self.classes):
            parts += _dummies(self.school)
        return _independent(parts)

    def free_classes(self) -> int:
        """How many classes are left to say how classes vary, once what describes them and their minutes is estimated."""
        return self.classes - self.of_classes().shape[1] - 1


def _rows(
    outcomes: ArrayLike,
    priors: ArrayLike,
    minutes: ArrayLike,
    classes: ArrayLike,
    schools: ArrayLike,
    levels: ArrayLike,
    ips: Sequence[float | None] | None,
) -> _Rows:
    used = numbers("minutes", minutes) / UNIT
    (room, _), (school, count), (level, _) = codes_of("classes", classes), codes_of("schools", schools), codes_of("levels", levels)
    same_length(minutes=used, classes=room, schools=school, levels=level)
    rooms, room = np.unique(np.column_stack([school, room]), axis=0, return_inverse=True)
    room = room.ravel()
    means = (np.bincount(room, used) / np.bincount(room))[room] if len(room) else used
    known = known_ips(ips)
    same_length(minutes=used, **({} if known is None else {"ips": known}))
    scores = standardised(outcomes, levels), standardised(priors, levels)
    return _Rows(*scores, used - means, means, room, school, level, known, len(rooms), count)


def known_ips(ips: Sequence[float | None] | None) -> Numbers | None:
    """The IPS of each row, where it is known of all; None where it is not, for then it is left out."""
    is_known = ips is not None and not any(value is None or value != value for value in ips)
    return numbers("ips", np.array(ips, dtype=float)) if is_known else None


def in_deviations(values: Numbers) -> Numbers:
    """Values as standard deviations from their mean."""
    return (values - values.mean()) / values.std()


def _dummies(codes: Codes) -> list[Numbers]:
    return [(codes == code).astype(float) for code in np.unique(codes)[1:]]


def _independent(columns: Sequence[Numbers]) -> Numbers:
    """The columns that say something the ones before do not: a level that one school alone teaches is that school."""
    kept: list[Numbers] = []
    for column in columns:
        if np.linalg.matrix_rank(np.column_stack([*kept, column])) > len(kept):
            kept.append(column)
    return np.column_stack(kept)


def _told(rows: _Rows, null: Fit, full: Fit) -> ValueAdded:
    within_varies, between_varies = rows.varies()
    nothing = Refusal("no spread of minutes")
    before, after = _between_variance(null), _between_variance(full)
    whole = before + null.residual_variance
    inner = null.subgroup_variance
    return ValueAdded(
        within=_within(rows, full) if within_varies else nothing,
        between=_between(rows, full, int(within_varies)) if between_varies else nothing,
        class_share=(null.group_variance if inner is None else inner) / whole,
        school_share=None if inner is None else null.group_variance / whole,
        between_explained=1 - after / before if before > 1e-6 * whole else None,
        within_explained=1 - full.residual_variance / null.residual_variance,
        pupils=len(rows.outcomes),
        classes=rows.classes,
        schools=rows.schools,
        has_ips=rows.has_ips,
    )


def _between_variance(found: Fit) -> float:
    return found.group_variance + (found.subgroup_variance or 0.0)


def _within(rows: _Rows, full: Fit) -> Slope | Refusal:
    """The first coefficient, with an error from what each class alone pulls it to."""
    weight = np.concatenate(weights(full.blocks, full.variances, full.covariance, 0))
    left = np.concatenate([block.outcomes - block.columns @ np.array(full.coefficients) for block in full.blocks])
    rooms = rows.room[full.order]
    share, pull = np.bincount(rooms, weight**2) / (weight @ weight), np.bincount(rooms, weight * left)
    spread = np.bincount(rooms, rows.within[full.order] ** 2)
    counted = spread > _NO_SHARE * spread.sum()
    if counted.sum() < LEAST_CLASSES:
        return Refusal("too few classes", int(counted.sum()), LEAST_CLASSES)
    error, degrees = _by_class(share[counted], pull[counted])
    if degrees < LEAST_DEGREES:
        return Refusal("minutes vary in too few classes", degrees, LEAST_DEGREES)
    return slope_of(full.coefficients[0], error, degrees, int(counted.sum()))


def _by_class(share: Numbers, pull: Numbers) -> tuple[float, float]:
    """The error from the pull of each class and its share in the information, and its degrees of freedom if all slopes were the same."""
    rest = np.maximum(1 - share, _NO_SHARE)
    expected = (np.diag(share) - np.outer(share, share)) / np.sqrt(np.outer(rest, rest))
    return float(np.sqrt((pull**2 / rest).sum())), float(np.trace(expected) ** 2 / (expected**2).sum())


def _between(rows: _Rows, full: Fit, which: int) -> Slope | Refusal:
    degrees = min(satterthwaite(full.blocks, full.variances, full.covariance, which), rows.free_classes())
    if degrees < LEAST_DEGREES:
        return Refusal("too few degrees of freedom", degrees, LEAST_DEGREES)
    return slope_of(full.coefficients[which], full.errors[which], degrees, rows.classes)


def slope_of(value: float, error: float, degrees: float, clusters: int) -> Slope:
    """A slope with its interval, p-value and the least that would have been found, from its standard error and Student's t."""
    p_value = 2 * float(stdtr(degrees, -abs(value) / error))
    detectable = detectable_from(error, degrees)
    return Slope(student(value, error, degrees, abs(value), clusters), error, float(degrees), p_value, detectable or 0.0)
