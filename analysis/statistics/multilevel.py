"""Multilevel models by statsmodels, checked: its optimisers can say "converged" of a wrong answer, so no single one of them is believed.

The default one gives .194 for the variance of schools in MLwiN's Exam data, with converged = True; the answer is .169. A fit counts here
when at least two optimisers agree, and when its likelihood and coefficients, computed again by us from its variances, are the same.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike
from statsmodels.regression.mixed_linear_model import MixedLM, MixedLMParams, VCSpec

from analysis.statistics.arguments import Codes, Numbers, codes_of, numbers, same_length
from analysis.statistics.marginal import Block, Marginal, marginal
from analysis.statistics.refined import refined
from analysis.statistics.refusal import Refusal

# The first two differ in kind: one needs no slopes, the other follows them. Where they agree, the rest are not asked.
_OPTIMISERS = ("powell", "cg", "nm", "bfgs")
# Variances to start from, in residual variances: what classes and schools are like, then the library's own, from which some stray to zero.
_STARTS = (0.1, 1.0)
# As the library calls them by default they stop where the likelihood is nearly flat, some way from its top.
_STRICT = {"powell": {"ftol": 1e-10}, "cg": {"gtol": 1e-7}, "nm": {"ftol": 1e-10}, "bfgs": {"gtol": 1e-7}}
_ENOUGH = 2
# What "agree" means: of minus twice the log likelihood; of a coefficient, in its standard errors; of a variance, in all variance.
_AGREES = 1e-3


@dataclass(frozen=True)
class Fit:
    """A fit that at least two optimisers agree on. Variances in the squared unit of the outcomes; None for a level that was not asked for.

    `coefficients` and `errors`: one per column; `covariance`: theirs, p x p. `slope_covariance` is that of intercept and slope by group.
    `variances` and `blocks` are the same model as `marginal` takes it; `order` gives the rows as they stand in the blocks.
    """

    coefficients: tuple[float, ...]
    errors: tuple[float, ...]
    covariance: Numbers
    group_variance: float
    subgroup_variance: float | None
    slope_variance: float | None
    slope_covariance: float | None
    residual_variance: float
    minus_two_log_likelihood: float
    optimisers: tuple[str, ...]
    rows: int
    groups: int
    variances: Numbers
    blocks: tuple[Block, ...]
    order: Codes


def fit(
    outcomes: ArrayLike,
    columns: ArrayLike,
    groups: ArrayLike,
    subgroups: ArrayLike | None = None,
    slope: int | None = None,
    is_reml: bool = True,
) -> Fit | Refusal:
    """Outcomes of n rows explained by the n x p columns (the constant among them), with an intercept that varies by group.

    `subgroups`: a second level inside the first (class in school), whose labels may repeat from one group to the next. `slope`: the number
    of a column whose coefficient varies by group too. Restricted likelihood unless `is_reml` is false. A Refusal says "too few groups"
    (fewer than 2, or none of more than one row), "columns repeat one another" or "optimisers disagree". Raises ValueError for missing
    values and lengths that differ.
    """
    rows = _rows(outcomes, columns, groups, subgroups, slope)
    if rows.count < _ENOUGH or rows.count == len(rows.outcomes):
        return Refusal("too few groups", rows.count, _ENOUGH)
    if np.linalg.matrix_rank(rows.columns) < rows.columns.shape[1] or len(rows.outcomes) <= rows.columns.shape[1]:
        return Refusal("columns repeat one another")
    blocks, tried, agreeing = rows.blocks(), [], []
    for start, optimiser in product(_STARTS, _OPTIMISERS):
        found = _tried(rows, blocks, optimiser, start, is_reml)
        if found is not None:
            tried.append(found)
            agreeing = _agreeing(tried)
        if len({each.optimiser for each in agreeing}) >= _ENOUGH:
            return _fit(rows, blocks, agreeing)
    tops = _refined(rows, blocks, tried, is_reml)
    agreeing = _agreeing(tops) if tops else agreeing
    found_by = {each.optimiser for each in agreeing}
    return _fit(rows, blocks, agreeing) if len(found_by) >= _ENOUGH else Refusal("optimisers disagree", len(found_by), _ENOUGH)


@dataclass(frozen=True)
class _Rows:
    """The data in the order of groups."""

    outcomes: Numbers
    columns: Numbers
    group: Codes
    subgroup: Codes | None
    slope: int | None
    count: int
    order: Codes

    def places(self) -> list[slice]:
        ends = np.cumsum(np.bincount(self.group))
        return [slice(start, end) for start, end in zip([0, *ends[:-1]], ends, strict=True)]

    def blocks(self) -> tuple[Block, ...]:
        return tuple(Block(self.outcomes[at], self.columns[at], np.stack(self._pieces(at))) for at in self.places())

    def varying(self) -> Numbers:
        constant = np.ones((len(self.outcomes), 1))
        return constant if self.slope is None else np.column_stack([constant, self.columns[:, self.slope]])

    def _pieces(self, at: slice) -> list[Numbers]:
        """One matrix per component: group, then slope and covariance, then subgroup, then what is left."""
        size = at.stop - at.start
        pieces = [np.ones((size, size))]
        if self.slope is not None:
            x = self.columns[at, self.slope]
            pieces += [np.outer(x, x), np.add.outer(x, x)]
        if self.subgroup is not None:
            pieces.append((self.subgroup[at, None] == self.subgroup[at]).astype(float))
        return [*pieces, np.eye(size)]


@dataclass(frozen=True)
class _Tried:
    optimiser: str
    variances: Numbers
    marginal: Marginal


def _rows(outcomes: ArrayLike, columns: ArrayLike, groups: ArrayLike, subgroups: ArrayLike | None, slope: int | None) -> _Rows:
    y, (codes, count) = numbers("outcomes", outcomes), codes_of("groups", groups)
    shape = np.shape(columns)
    x = numbers("columns", columns).reshape(shape if len(shape) == 2 else (-1, 1))
    inner = None if subgroups is None else codes_of("subgroups", subgroups)[0]
    same_length(outcomes=y, columns=x, groups=codes, **({} if inner is None else {"subgroups": inner}))
    order = np.argsort(codes, kind="stable")
    return _Rows(y[order], x[order], codes[order], None if inner is None else inner[order], slope, count, order)


def _tried(rows: _Rows, blocks: Sequence[Block], optimiser: str, start: float, is_reml: bool) -> _Tried | None:
    """What one optimiser finds, if it is finite and if our own likelihood and coefficients at its variances are what it says."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # "converged" or not says little: agreement decides
        try:
            model = MixedLM(rows.outcomes, rows.columns, groups=rows.group, exog_re=rows.varying(), exog_vc=_inner(rows))
            begin = MixedLMParams.from_components(np.zeros(model.k_fe), start * np.eye(model.k_re), vcomp=start * np.ones(model.k_vc))
            found = model.fit(begin, reml=is_reml, method=[optimiser], **_STRICT.get(optimiser, {}))
        except (np.linalg.LinAlgError, ValueError):
            return None
        variances = _variances(rows, np.asarray(found.cov_re), found.vcomp, found.scale)
        ours = marginal(blocks, variances, is_reml) if np.isfinite(variances).all() else None
        if ours is None or not np.isfinite([ours.minus_two_log_likelihood, *np.diag(ours.covariance)]).all():
            return None
        errors = np.sqrt(np.diag(ours.covariance))
        is_same = abs(ours.minus_two_log_likelihood + 2 * found.llf) <= _AGREES
        is_same &= bool((np.abs(ours.coefficients - found.fe_params) <= _AGREES * errors).all())
    return _Tried(optimiser, variances, ours) if is_same else None


def _refined(rows: _Rows, blocks: Sequence[Block], tried: Sequence[_Tried], is_reml: bool) -> list[_Tried]:
    """What was tried, carried on to the top, one search of each optimiser: where the likelihood is flat they stop short of it.

    Not with a slope by group.
    """
    if rows.slope is not None:
        return []
    tops = [(each.optimiser, refined(blocks, each.variances, is_reml)) for each in {each.optimiser: each for each in tried}.values()]
    found = [(optimiser, top, marginal(blocks, top, is_reml)) for optimiser, top in tops]
    return [_Tried(optimiser, top, ours) for optimiser, top, ours in found if ours is not None]


def _inner(rows: _Rows) -> VCSpec | None:
    if rows.subgroup is None:
        return None
    inside = [np.unique(rows.subgroup[at]) for at in rows.places()]
    matrices = [(rows.subgroup[at, None] == codes).astype(float) for at, codes in zip(rows.places(), inside, strict=True)]
    return VCSpec(["subgroup"], [[[str(code) for code in codes] for codes in inside]], [matrices])


def _variances(rows: _Rows, varying: Numbers, inner: Numbers, residual: float) -> Numbers:
    """The components in the order of the blocks' pieces."""
    slope = [] if rows.slope is None else [varying[1, 1], varying[0, 1]]
    return np.array([varying[0, 0], *slope, *([] if rows.subgroup is None else inner), residual], dtype=float)


def _agreeing(tried: Sequence[_Tried]) -> list[_Tried]:
    """The best of what was tried, and what agrees with it."""
    best = min(tried, key=lambda each: each.marginal.minus_two_log_likelihood)
    errors, whole = np.sqrt(np.diag(best.marginal.covariance)), np.abs(best.variances).sum()

    def agrees(other: _Tried) -> bool:
        apart = other.marginal.minus_two_log_likelihood - best.marginal.minus_two_log_likelihood
        coefficients = np.abs(other.marginal.coefficients - best.marginal.coefficients) / errors
        variances = np.abs(other.variances - best.variances) / whole
        return bool(max(apart, *coefficients, *variances) <= _AGREES)

    return [best, *(each for each in tried if each is not best and agrees(each))]


def _fit(rows: _Rows, blocks: tuple[Block, ...], agreeing: Sequence[_Tried]) -> Fit:
    best = agreeing[0]
    found, variances = best.marginal, best.variances
    has_slope, has_inner = rows.slope is not None, rows.subgroup is not None
    return Fit(
        coefficients=tuple(found.coefficients.tolist()),
        errors=tuple(np.sqrt(np.diag(found.covariance)).tolist()),
        covariance=found.covariance,
        group_variance=float(variances[0]),
        subgroup_variance=float(variances[-2]) if has_inner else None,
        slope_variance=float(variances[1]) if has_slope else None,
        slope_covariance=float(variances[2]) if has_slope else None,
        residual_variance=float(variances[-1]),
        minus_two_log_likelihood=found.minus_two_log_likelihood,
        optimisers=tuple(dict.fromkeys(each.optimiser for each in agreeing)),
        rows=len(rows.outcomes),
        groups=rows.count,
        variances=variances,
        blocks=blocks,
        order=rows.order,
    )
