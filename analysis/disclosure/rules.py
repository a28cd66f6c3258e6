"""The rules by size of a population: what each figure may say of how many pupils. The numbers stand in `[privacy]` of cartable.toml.

Sources: docs/decisions.md, "Disclosure".
"""

import polars as pl

from analysis.config import Config, Privacy

PUPILS_FOR_TENS = 100  # from here on, numbers of pupils are rounded to ten, below to five
COARSE_N, FINE_N = 10, 5
COARSE_PERCENT, FINE_PERCENT = 0.05, 0.01
COARSE_MINUTES, FINE_MINUTES = 5.0, 1.0
COARSE_GAP_MINUTES, FINE_GAP_MINUTES = 2.0, 1.0  # a difference, which people say in whole minutes


def steps(config: Config) -> pl.DataFrame:
    """The rules by size of the population: one row per size class, `from_n` to `to_n`, with bound, steps of rounding and what may be shown.

    Sizes below the configured threshold have no row: nothing is shown of them.
    """
    privacy = config.privacy
    tails = [times * privacy.pupils_per_tail for times in (2, 4, 5)]
    sizes = {
        2 * privacy.threshold,
        privacy.pupils_for_fine_minutes,
        privacy.pupils_for_fine_percent,
        PUPILS_FOR_TENS,
        *tails,
        *privacy.percent_coding,
    }
    edges = sorted({privacy.threshold, *sizes})
    starts = [edge for edge in edges if edge >= privacy.threshold]
    ends = [start - 1 for start in starts[1:]] + [10**9]
    return pl.DataFrame([_step(start, end, privacy) for start, end in zip(starts, ends, strict=True)])


def _step(start: int, end: int, privacy: Privacy) -> dict[str, float | int | bool]:
    return {
        "from_n": start,
        "to_n": end,
        "bound": privacy.bound_at(start),
        "n_step": COARSE_N if start >= PUPILS_FOR_TENS else FINE_N,
        "percent_step": FINE_PERCENT if start >= privacy.pupils_for_fine_percent else COARSE_PERCENT,
        "minutes_step": FINE_MINUTES if start >= privacy.pupils_for_fine_minutes else COARSE_MINUTES,
        "gap_minutes_step": FINE_GAP_MINUTES if start >= privacy.pupils_for_fine_minutes else COARSE_GAP_MINUTES,
        "has_weeks": start >= 2 * privacy.threshold,
        "has_medians": start >= 2 * privacy.pupils_per_tail,
        "has_index": start >= privacy.pupils_for_fine_minutes,
        "has_fifths": start >= 5 * privacy.pupils_per_tail,
        "has_quartiles": start >= 4 * privacy.pupils_per_tail,
    }
