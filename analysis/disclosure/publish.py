"""Makes the schema `published`: all that a report can ever see, from one SQL file per table in this folder."""

from pathlib import Path

import duckdb
import polars as pl

from analysis.config import Config
from analysis.demo.invented import INVENTED_DEPARTMENT
from analysis.disclosure.rules import steps
from analysis.header import read_folder
from analysis.measures import load_measures

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
    settings = {
        "territory": config.territory,
        "contact": config.contact,
        "language": config.language,
        "threshold": str(config.privacy.threshold),
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
    """What the header of each measure says of how it is shown: `measure, statistic, unit, shown_by, whole, is_of_users`."""
    rows = [
        {
            "measure": name,
            **{key: measure.header[key] for key in ("statistic", "unit", "shown_by")},
            "whole": measure.header.get("whole", []),
            "is_of_users": measure.header.get("counts") == "users",
        }
        for name, measure in load_measures().items()
    ]
    lists = {"shown_by": pl.List(pl.String), "whole": pl.List(pl.String)}
    return pl.DataFrame(rows, schema_overrides=lists)
