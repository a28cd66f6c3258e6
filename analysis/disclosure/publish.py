"""Makes the schema `published`: all that a report can ever see, from one SQL file per table in this folder.

First the cells (every figure that could be shown, with what hides it from the start), then the gate, which attacks them together with
all that was ever released and hides more, then the tables. `measures.cell`, `measures.mask` and `measures.opening` keep how it came
about; no report sees them.
"""

from pathlib import Path

import duckdb
import polars as pl

from analysis.config import Config
from analysis.demo.invented import INVENTED_DEPARTMENT
from analysis.disclosure.audit import gate_of
from analysis.disclosure.cells import Key, read_cells
from analysis.disclosure.gate import Opening
from analysis.disclosure.ledger import ever_shown, few_changed, last_releases
from analysis.disclosure.rules import steps
from analysis.header import SqlFile, read_folder, read_sql
from analysis.measures import load_measures

_HERE = Path(__file__).parent
_CELLS = "cells"
_OPENING = [*Key._fields, "secret", "is_lost"]


def publish(config: Config, connection: duckdb.DuckDBPyConnection) -> None:
    """Fills `published.*` from `measures.values` and the marts of an open build."""
    connection.execute("CREATE SCHEMA published")
    for name, frame in _frames(config).items():
        connection.register(name, frame)
    tables, cells = read_folder(_HERE), read_sql(_HERE / "queries" / f"{_CELLS}.sql")
    for table in sorted(tables.values(), key=lambda each: len(each.header.get("needs", []))):
        if _CELLS in table.header.get("needs", []):
            _close_gate(config, cells, connection)
        # DuckDB has no `values` without quotes; the other names are those of the files
        connection.execute(f'CREATE TABLE published."{table.name}" AS {table.sql}')


def _close_gate(config: Config, cells: SqlFile, connection: duckdb.DuckDBPyConnection) -> None:
    shown = ever_shown(config)
    connection.register("past", shown)
    connection.execute("CREATE TABLE measures.past AS SELECT * FROM past")
    connection.register("last_release", last_releases(config))
    connection.register("few_changed", few_changed(config, connection))
    connection.execute(f"CREATE TABLE measures.cell AS {cells.sql}")
    gate = gate_of(config, connection, shown)
    verdict = gate.verdict(read_cells(connection, gate.rules))
    _keep("mask", [(*key, "complement") for key in sorted(verdict.mask, key=repr)], [*Key._fields, "reason"], connection)
    _keep("opening", [_row(opening) for opening in verdict.openings], _OPENING, connection)


def _row(opening: Opening) -> tuple:
    return (*opening.key, opening.name, opening.is_lost)


def _keep(name: str, rows: list[tuple], columns: list[str], connection: duckdb.DuckDBPyConnection) -> None:
    texts = dict.fromkeys((*Key._fields, "reason", "secret"), pl.String)
    types = texts | {"is_lost": pl.Boolean}
    connection.register("rows", pl.DataFrame(rows, schema={column: types[column] for column in columns}, orient="row"))
    connection.execute(f"CREATE TABLE measures.{name} AS SELECT * FROM rows")


def _frames(config: Config) -> dict[str, pl.DataFrame]:
    settings = {
        "territory": config.territory,
        "contact": config.contact,
        "language": config.language,
        "threshold": str(config.privacy.threshold),
        "dominance": str(config.privacy.dominance),
        "coverage_floor": str(config.coverage.floor),
        "session_gap_minutes": str(config.ent.session_gap_minutes),
        "social_bands": "|".join(config.equity.social_bands),
        "cost_eur_per_school_year": "" if config.costs.eur_per_school_year is None else str(config.costs.eur_per_school_year),
        "cost_covers": config.costs.covers,
        "invented_department": INVENTED_DEPARTMENT,
    }
    return {
        "rule": steps(config),
        "measure_rule": _measure_rules(),
        "setting": pl.DataFrame({"name": list(settings), "value": list(settings.values())}),
        "series_break": pl.read_csv(_HERE.parent / "reference" / "series_breaks.csv", try_parse_dates=True),
    }


def _measure_rules() -> pl.DataFrame:
    """What the header of each measure says of how it is shown: `measure, statistic, unit, shown_by, is_of_users, is_nested`."""
    rows = [
        {
            "measure": name,
            **{key: measure.header[key] for key in ("statistic", "unit", "shown_by")},
            "is_of_users": measure.header.get("counts") == "users",
            "is_nested": measure.header["statistic"] == "share" and "cumulative" in measure.header,
        }
        for name, measure in load_measures().items()
    ]
    return pl.DataFrame(rows, schema_overrides={"shown_by": pl.List(pl.String)})
