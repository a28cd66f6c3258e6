"""Official calendars that came through data/raw: each file as it stands in the lake, in the form in which a file on disk is read."""

import duckdb

from analysis.calendar.files import Table
from analysis.calendar.official import LABELS
from analysis.engine import literal
from analysis.lake import FileRecord, Lake
from analysis.open_lake import newest_at_each_place

_CELLS = {
    "start_date": "CAST(from_date AS VARCHAR)",
    "end_date": "CAST(to_date AS VARCHAR)",
    "zones": "zone",
    "annee_scolaire": "school_year",
}


def dropped_calendars(lake: Lake, connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """The official calendars of the lake, each whole, the oldest first: a newer file wins holiday by holiday, not row by row."""
    records = newest_at_each_place([record for record in lake.loaded("official_calendar") if record.rows_loaded])
    return [_table(record, lake, connection) for record in records]


def _table(record: FileRecord, lake: Lake, connection: duckdb.DuckDBPyConnection) -> Table:
    columns = tuple(LABELS.values())
    cells = ", ".join(f"COALESCE({_CELLS.get(column, column)}, '')" for column in columns)
    files = ", ".join(literal(str(path)) for path in lake.parquet(record))
    rows = connection.execute(f"SELECT {cells} FROM read_parquet([{files}], hive_partitioning = false) ORDER BY ALL").fetchall()
    return Table(record.file, columns, [(0, dict(zip(columns, row, strict=True))) for row in rows])
