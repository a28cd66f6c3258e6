"""Scores of different tests on one scale, and what a later score holds beyond an earlier one."""

from numpy.typing import ArrayLike

from analysis.statistics.arguments import Numbers, codes_of, numbers, same_length


def standardised(scores: ArrayLike, levels: ArrayLike) -> Numbers:
    """Each score in standard deviations from the mean of its own level, for every level sits another test. One row per pupil.

    A level whose scores are all the same has 0 throughout. Raises ValueError for missing values and lengths that differ.
    """
    x, (codes, count) = numbers("scores", scores).copy(), codes_of("levels", levels)
    same_length(scores=x, levels=codes)
    for level in range(count):
        mine = codes == level
        spread = x[mine].std(ddof=1) if mine.sum() > 1 else 0.0
        x[mine] = (x[mine] - x[mine].mean()) / spread if spread > 0 else 0.0
    return x


def progress(outcomes: ArrayLike, priors: ArrayLike, levels: ArrayLike) -> Numbers:
    """How far each pupil's score lies above what pupils of the level with the same earlier score have on average (a line, by level).

    In standard deviations of the outcome at that level. Raises ValueError for missing values and lengths that differ.
    """
    y, x = standardised(outcomes, levels), standardised(priors, levels)
    codes, count = codes_of("levels", levels)
    same_length(outcomes=y, priors=x)
    for level in range(count):
        mine = codes == level
        squares = x[mine] @ x[mine]
        y[mine] -= x[mine] * (x[mine] @ y[mine] / squares if squares > 0 else 0.0)
    return y
