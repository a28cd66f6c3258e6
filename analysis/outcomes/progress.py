"""The tables of the value-added models, in the schema `marts`: empty where no result of a pupil can be compared with an earlier one."""

from importlib import import_module
from typing import Any

import duckdb
import polars as pl

from analysis.engine import frame_of

KEY = ("period", "evidence", "test", "domain")
ABOUT = dict.fromkeys(("uai", *KEY, "outcome", "role"), pl.String)
_TABLES: dict[str, dict[str, Any]] = {
    "progress_model": ABOUT
    | {"role_rank": pl.Int64, "is_announced": pl.Boolean, "is_late": pl.Boolean}
    | dict.fromkeys(("prior_from", "prior_to", "taken_from", "taken_to"), pl.Date),
    "progress_attempt": {"period": pl.String, "part": pl.String, "role_rank": pl.Int64, "refusal": pl.String},
    "progress_term": ABOUT
    | {"term": pl.String}
    | dict.fromkeys(("value", "low", "high", "detectable", "robustness", "p_value", "chance"), pl.Float64)
    | {"clusters": pl.Int64},
    "progress_part": ABOUT | {"part": pl.String, "value": pl.Float64},
    "progress_fifth": ABOUT | {"fifth": pl.Int64} | dict.fromkeys(("value", "low", "high"), pl.Float64) | {"clusters": pl.Int64},
    "progress_seat": dict.fromkeys((*KEY, "person_key"), pl.String) | {"fifth": pl.Int64},
}
Rows = dict[str, list[dict[str, object]]]


def make_progress(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the marts of the models, from `marts.progress_pupil`, `marts.progress_class` and the protocol.

    progress_model (one outcome that was looked at, its role and the days of its tests), progress_attempt (why a term has no figure; empty:
    it has), progress_term (slopes `within` and `between` classes, in SD of the later result for ten minutes more a day, with their 95 %
    interval, the least slope that would have been found, robustness value, p-value and `chance`, which is adjusted for all that is not
    primary), progress_part (shares of variance of `class` and `school`), progress_fifth (mean progress in SD by fifths of minutes) and
    progress_seat (the pupils that all these are made of; no fifth where only results of classes are known).
    """
    pupils = frame_of("SELECT * FROM marts.progress_pupil WHERE prior_score IS NOT NULL AND minutes IS NOT NULL ORDER BY ALL", connection)
    classes = frame_of("SELECT * FROM marts.progress_class ORDER BY ALL", connection)
    protocol = frame_of("SELECT registered_on, evidence FROM marts.protocol", connection).to_dicts()
    rows: Rows = {name: [] for name in _TABLES}
    if pupils.height or classes.height:
        # with statsmodels, which takes seconds to import: most builds have no results
        rows = import_module("analysis.outcomes.fitted").fitted(pupils, classes, protocol[0] if protocol else None)
    for name, schema in _TABLES.items():
        connection.register("frame", pl.DataFrame(rows[name], schema=schema, orient="row"))
        connection.execute(f"CREATE TABLE marts.{name} AS SELECT * FROM frame")
