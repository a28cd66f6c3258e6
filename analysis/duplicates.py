"""Exact duplicates: records of a file that are written alike to the last sign; the first of them counts.

Where each row is made of one record alone, equal records give equal rows. So rows of the table are compared first, which are narrow, by a
hash of 64 bits; only the records whose rows have a hash in common are compared as they are written. A collision costs a comparison, never
a row.
"""

import duckdb
import polars as pl

from analysis.engine import frame_of
from analysis.reading.batches import count_rows

AT_ONCE = 20_000_000  # hashes in memory
ROW_HASH = "HASH(*COLUMNS(* EXCLUDE (record)))"


def drop_duplicates(connection: duckdb.DuckDBPyConnection) -> int:
    """Fills `repeats` with the records that repeat an earlier one, takes their rows out of `canonical`, and returns how many."""
    hashed = f"SELECT record, {ROW_HASH} AS row_hash FROM canonical"
    alike = _alike(hashed, connection)
    connection.register("alike", pl.DataFrame({"row_hash": alike}, schema={"row_hash": pl.UInt64}))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE suspects AS SELECT record FROM ({hashed}) WHERE row_hash IN (FROM alike)")
    connection.unregister("alike")
    firsts = "SELECT MIN(record) AS record, * EXCLUDE (record) FROM as_written SEMI JOIN suspects USING (record) GROUP BY ALL"
    later = f"SELECT record FROM suspects ANTI JOIN ({firsts}) USING (record)"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE repeats AS {later if len(alike) else 'FROM suspects'}")
    drop_repeats(connection)
    return count_rows("repeats", connection)


def drop_repeats(connection: duckdb.DuckDBPyConnection) -> None:
    """Takes the rows of `repeats` out of `canonical`: for a further table that is filled from the same records."""
    if count_rows("repeats", connection):
        # nothing is deleted: the place of a row in its table is its number
        connection.execute("CREATE OR REPLACE TEMP VIEW canonical AS FROM numbered ANTI JOIN repeats USING (record)")


def leave_duplicates_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Fills `repeats` and takes them out of `raw`, before any row is made: for a source whose rows hang together.

    All records are compared as they are written, which takes ten times as long.
    """
    firsts = "SELECT MIN(record) AS record, * EXCLUDE (record) FROM as_written GROUP BY ALL"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE repeats AS SELECT record FROM records ANTI JOIN ({firsts}) USING (record)")
    connection.execute("CREATE OR REPLACE TEMP VIEW raw AS FROM tidy ANTI JOIN repeats USING (record)")


def _alike(hashed: str, connection: duckdb.DuckDBPyConnection) -> pl.Series:
    """The hashes that more than one row has, found part by part where there are too many for memory."""
    parts = count_rows("canonical", connection) // AT_ONCE + 1
    found = [_repeated(f"SELECT row_hash FROM ({hashed}) WHERE row_hash % {parts} = {part}", connection) for part in range(parts)]
    return pl.concat(found)


def _repeated(query: str, connection: duckdb.DuckDBPyConnection) -> pl.Series:
    hashes = frame_of(query, connection)["row_hash"]
    is_plain = hashes.n_unique() == len(hashes)
    return hashes.clear() if is_plain else hashes.filter(hashes.is_duplicated()).unique()
