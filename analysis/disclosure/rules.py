"""The numbers of the disclosure rules, in one place. Sources: docs/decisions.md, "Disclosure"."""

import polars as pl

from analysis.config import Config

# Percentages of small groups are shown as "at most" or "at least" these bounds (after the practice of US states under NCES 2011-603).
PERCENT_CODING = ((11, 0.20), (20, 0.10), (40, 0.05), (100, 0.02), (300, 0.01))

PUPILS_FOR_FINE_PERCENT = 40  # below it, percentages are rounded to 5
PUPILS_FOR_FINE_MINUTES = 22  # below it, minutes are rounded to 5
PUPILS_PER_TAIL = 11  # a quantile needs this many pupils on its shorter side: quartiles need 44
COARSE_PERCENT, FINE_PERCENT = 0.05, 0.01
COARSE_MINUTES, FINE_MINUTES = 5.0, 1.0
COARSE_GAP_MINUTES, FINE_GAP_MINUTES = 2.0, 1.0  # a difference, which people say in whole minutes


def steps(config: Config) -> pl.DataFrame:
    """The rules by size of the population: one row per size class, `from_n` to `to_n`, with bound, steps of rounding and what may be shown.

    Sizes below the configured threshold have no row: nothing is shown of them.
    """
    sizes = {PUPILS_FOR_FINE_MINUTES, 4 * PUPILS_PER_TAIL, 5 * PUPILS_PER_TAIL, *(n for n, _ in PERCENT_CODING)}
    edges = sorted({config.privacy.threshold, *sizes})
    starts = [edge for edge in edges if edge >= config.privacy.threshold]
    ends = [start - 1 for start in starts[1:]] + [10**9]
    return pl.DataFrame([_step(start, end) for start, end in zip(starts, ends, strict=True)])


def _step(start: int, end: int) -> dict[str, float | int | bool]:
    return {
        "from_n": start,
        "to_n": end,
        "bound": next(bound for n, bound in reversed(PERCENT_CODING) if start >= n),
        "percent_step": FINE_PERCENT if start >= PUPILS_FOR_FINE_PERCENT else COARSE_PERCENT,
        "minutes_step": FINE_MINUTES if start >= PUPILS_FOR_FINE_MINUTES else COARSE_MINUTES,
        "gap_minutes_step": FINE_GAP_MINUTES if start >= PUPILS_FOR_FINE_MINUTES else COARSE_GAP_MINUTES,
        "has_index": start >= PUPILS_FOR_FINE_MINUTES,
        "has_fifths": start >= 5 * PUPILS_PER_TAIL,
        "has_quartiles": start >= 4 * PUPILS_PER_TAIL,
    }
