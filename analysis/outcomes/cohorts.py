"""Results before and after tablets came, in schools that got them, against schools that never had any, where there are such."""

from importlib import import_module
from typing import Any

import duckdb
import polars as pl

from analysis.engine import frame_of

_TABLES: dict[str, dict[str, Any]] = {
    "cohort_attempt": {"period": pl.String, "refusal": pl.String},
    "cohort_effect": {
        **dict.fromkeys(("uai", "period", "part", "category"), pl.String),
        **dict.fromkeys(("value", "low", "high", "detectable", "chance"), pl.Float64),
        "clusters": pl.Int64,
        "pupils": pl.Int64,
    },
}
_YEARS = "SELECT period, MAX(CAST(LEFT(school_year, 4) AS INTEGER)) AS year_from FROM marts.period GROUP BY period ORDER BY period"


def make_cohorts(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the marts of adoption, from `marts.cohort_cell`.

    cohort_attempt (one period: why there is no comparison; empty: there is one) and cohort_effect (`overall`, `since` by years since the
    first with tablets, `placebo`; in SD of pupils, with 95 % intervals that rest on `clusters` schools; `chance` by reassigning cohorts).
    """
    cells = frame_of("SELECT * FROM marts.cohort_cell ORDER BY ALL", connection)
    is_announced = frame_of("SELECT * FROM marts.announced_cohort", connection).height > 0
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in _TABLES}
    for period, year in frame_of(_YEARS, connection).iter_rows():
        refusal = _refusal(cells.filter(pl.col("year_from") <= year), is_announced)
        if not refusal:
            # with what it takes to estimate, which is long to import: few towns have such results
            found = import_module("analysis.outcomes.adoption").adoption(cells.filter(pl.col("year_from") <= year))
            refusal = found if isinstance(found, str) else ""
            rows["cohort_effect"] += [{"uai": "territory", "period": period, **row} for row in found if not refusal]
        rows["cohort_attempt"].append({"period": period, "refusal": refusal})
    for name, schema in _TABLES.items():
        connection.register("frame", pl.DataFrame(rows[name], schema=schema, orient="row"))
        connection.execute(f"CREATE TABLE marts.{name} AS SELECT * FROM frame")


def _refusal(cells: pl.DataFrame, is_announced: bool) -> str:
    """What stands in the way before anything is computed; empty: nothing."""
    if not is_announced:
        return "no plan"
    equipped, never = cells.filter(pl.col("first_year_from").is_not_null()), cells.filter(pl.col("first_year_from").is_null())
    if not equipped.height:
        return "no results of schools"
    if not never.height:
        return "nobody without tablets"
    if cells["sd_score"].null_count():
        return "no spread of pupils"
    return ""
