"""What a report that is made again shows otherwise than the edition before it: figures of the whole place, from what to what."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

import duckdb
import polars as pl

from analysis.config import Config
from analysis.disclosure.cells import Key
from analysis.disclosure.ledger import Release, figures_now, released


@dataclass(frozen=True)
class Changed:
    """A figure that the edition before showed, and what stands in its place: values in `unit`, with their bounds (`at_most`, `at_least`).

    `now` is None where it is withheld, and `now_reason` says why.
    """

    measure: str
    evidence: str
    unit: str
    before: float
    before_reason: str
    now: float | None
    now_reason: str

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def changed(config: Config, release: Release, edition: dt.date) -> list[Changed]:
    """The figures of a release's place and period, by measure, that were shown in it and now are another.

    `edition`: the day of the edition that stands. What the ledger holds since is of a run that was killed before its report stood.

    What has changed for fewer pupils than the threshold is withheld by the gate, and is told as withheld.
    """
    mine = [pl.col(name) == value for name, value in release._asdict().items()]
    seen = pl.col("released_on") <= edition
    whole = [pl.col("uai") == release.place, pl.col("breakdown") == "all", pl.col("category") == "all"]
    key = list(Key._fields)
    before = released(config).filter(seen, *mine, *whole).unique(key, keep="last", maintain_order=True).filter(pl.col("shown"))
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        now = figures_now(connection, release).filter(*whole)
    pairs = before.join(now, on=key, how="left", nulls_equal=True, suffix="_now").sort("measure", "evidence")
    return [_changed(row) for row in pairs.iter_rows(named=True) if _differs(row)]


def _differs(row: dict[str, Any]) -> bool:
    return not row["shown_now"] or (row["value"], row["reason"]) != (row["value_now"], row["reason_now"])


def _changed(row: dict[str, Any]) -> Changed:
    return Changed(
        measure=row["measure"],
        evidence=row["evidence"] or "",
        unit=row["unit"] or "",
        before=row["value"],
        before_reason=row["reason"] or "",
        now=row["value_now"] if row["shown_now"] else None,
        now_reason=row["reason_now"] or "",
    )
