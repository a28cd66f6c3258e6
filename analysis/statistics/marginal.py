"""The marginal likelihood of a linear mixed model at given variances, group by group in dense matrices: what every fit is held against.

The variance matrix of a group is a sum of known matrices, one per variance component, each times its component: V = sum of v_i P_i.
Formulas: Laird and Ware, *Biometrics* 38 (1982); information and degrees of freedom as in Satterthwaite, *Biometrics Bulletin* 2 (1946),
for mixed models Fai and Cornelius, *Journal of Statistical Computation and Simulation* 54 (1996).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from analysis.statistics.arguments import Numbers

# A component below this share of all variance stands on the boundary, where it has no information to give.
_BOUNDARY = 1e-6


@dataclass(frozen=True)
class Block:
    """One group: n outcomes, the n x p columns that explain them, and a k x n x n stack, one matrix per variance component."""

    outcomes: Numbers
    columns: Numbers
    pieces: Numbers


@dataclass(frozen=True)
class Marginal:
    """Generalised least squares at given variances: p coefficients, their p x p covariance, minus twice the log (restricted) likelihood."""

    coefficients: Numbers
    covariance: Numbers
    minus_two_log_likelihood: float


def marginal(blocks: Sequence[Block], variances: Numbers, is_reml: bool) -> Marginal | None:
    """The best coefficients at these variances and their likelihood; None where the variances make no proper covariance matrix."""
    p = blocks[0].columns.shape[1]
    cross, moment, rest, rows = np.zeros((p, p)), np.zeros(p), 0.0, 0
    try:
        for block, solved, logarithm in _solved(blocks, variances):
            cross += block.columns.T @ solved[:, 1:]
            moment += block.columns.T @ solved[:, 0]
            rest += float(block.outcomes @ solved[:, 0]) + logarithm
            rows += len(block.outcomes)
        covariance = np.asarray(np.linalg.inv(cross), dtype=float)
    except np.linalg.LinAlgError:
        return None
    coefficients = covariance @ moment
    minus_two = rows * np.log(2 * np.pi) + rest - float(coefficients @ moment)
    if is_reml:
        minus_two += float(np.linalg.slogdet(cross)[1]) - p * np.log(2 * np.pi)
    return Marginal(coefficients, covariance, float(minus_two))


def weights(blocks: Sequence[Block], variances: Numbers, covariance: Numbers, which: int) -> list[Numbers]:
    """By group, the weight of each outcome in coefficient number `which`: the coefficient is their weighted sum."""
    return [solved[:, 1:] @ covariance[:, which] for _, solved, _ in _solved(blocks, variances)]


def satterthwaite(blocks: Sequence[Block], variances: Numbers, covariance: Numbers, which: int) -> float:
    """The degrees of freedom of coefficient number `which`, from how well the data say its own variance (restricted likelihood)."""
    kept = np.flatnonzero(np.abs(variances) > _BOUNDARY * np.abs(variances).sum())
    p = covariance.shape[0]
    first, second, trace = np.zeros((len(kept), p, p)), np.zeros((len(kept), len(kept), p, p)), np.zeros((len(kept), len(kept)))
    for block in blocks:
        inverse = np.linalg.inv(np.tensordot(variances, block.pieces, 1))
        right = inverse @ block.columns
        parts = [(inverse @ piece, inverse @ (piece @ right), right.T @ piece) for piece in block.pieces[kept]]
        for i, (part, _, left) in enumerate(parts):
            first[i] += left @ right
            for j, (other, solved, _) in enumerate(parts):
                trace[i, j] += (part * other.T).sum()
                second[i, j] += left @ solved
    information = _information(trace, first, second, covariance)
    slope = np.array([covariance[which] @ each @ covariance[:, which] for each in first])
    return float(2 * covariance[which, which] ** 2 / (slope @ np.linalg.solve(information, slope)))


def _information(trace: Numbers, first: Numbers, second: Numbers, covariance: Numbers) -> Numbers:
    """Half the trace of P V_i P V_j, where P is what is left of the inverse variance once the coefficients are estimated."""
    pairs = np.ndindex(trace.shape)
    lost = [2 * np.trace(covariance @ second[i, j]) - np.trace(covariance @ first[i] @ covariance @ first[j]) for i, j in pairs]
    return (trace - np.reshape(lost, trace.shape)) / 2


def _solved(blocks: Sequence[Block], variances: Numbers) -> Iterator[tuple[Block, NDArray[np.float64], float]]:
    """Each group with the inverse of its variance times outcomes and columns, and the logarithm of the determinant."""
    for block in blocks:
        factor = cho_factor(np.tensordot(variances, block.pieces, 1), lower=True)
        both = np.column_stack([block.outcomes, block.columns])
        yield block, cho_solve(factor, both), 2 * float(np.log(np.diag(factor[0])).sum())
