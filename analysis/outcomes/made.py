"""The tables of outcomes in a build, after the marts and before the measures."""

from pathlib import Path

import duckdb

from analysis.header import read_sql
from analysis.outcomes.cohorts import make_cohorts
from analysis.outcomes.progress import make_progress

_QUESTION = Path(__file__).parent / "question.sql"


def make_outcomes(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the marts of models and cohorts, and `marts.question` (period, position, question, is_answered, reason)."""
    make_progress(connection)
    make_cohorts(connection)
    connection.execute(f"CREATE TABLE marts.question AS {read_sql(_QUESTION).sql}")
