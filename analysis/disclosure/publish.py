"""Makes the schema `published`: all that a report can ever see, from one SQL file per table in this folder."""

from pathlib import Path

import duckdb
import polars as pl

from analysis.config import Config
from analysis.demo.invented import INVENTED_DEPARTMENT
from analysis.disclosure.rules import steps
from analysis.header import read_folder

_HERE = Path(__file__).parent


def publish(config: Config, connection: duckdb.DuckDBPyConnection) -> None:
    """Fills `published.*` from `measures.values` and the marts of an open build."""
    connection.execute("CREATE SCHEMA published")
    for name, frame in _frames(config).items():
        connection.register(name, frame)
    # DuckDB has no `values` without quotes; the other names are those of the files
    tables = read_folder(_HERE)
    for name in sorted(tables, key=lambda n: len(tables[n].header.get("needs", []))):
        connection.execute(f'CREATE TABLE published."{name}" AS {tables[name].sql}')


def _frames(config: Config) -> dict[str, pl.DataFrame]:
    measures = read_folder(_HERE.parent / "measures")
    rules = [(name, f.header["statistic"], f.header["unit"], f.header["shown_by"]) for name, f in measures.items()]
    settings = {
        "territory": config.territory,
        "contact": config.contact,
        "language": config.language,
        "threshold": str(config.privacy.threshold),
        "coverage_floor": str(config.coverage.floor),
        "session_gap_minutes": str(config.ent.session_gap_minutes),
        "invented_department": INVENTED_DEPARTMENT,
    }
    return {
        "rule": steps(config),
        "measure_rule": pl.DataFrame(rules, schema=["measure", "statistic", "unit", "shown_by"], orient="row"),
        "setting": pl.DataFrame({"name": list(settings), "value": list(settings.values())}),
        "series_break": pl.read_csv(_HERE.parent / "reference" / "series_breaks.csv", try_parse_dates=True),
    }
