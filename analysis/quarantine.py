"""The quarantine: which rows of a raw file were set aside, and why; never the rows themselves."""

import csv
import io
from pathlib import Path

import duckdb

from analysis.checks import Fault
from analysis.files import write_beside
from analysis.lake import FileRecord, Lake
from analysis.reading.records import lines_of
from analysis.reading.splitting import Unsplit


def free_name(record: FileRecord, lake: Lake) -> str:
    """The name of a raw file's quarantine file: `tablettes/mars.csv` -> `tablettes_mars.csv`; two files of one name have one each."""
    plain = record.file.replace("/", "_")
    name = plain if plain.endswith(".csv") else f"{plain}.csv"
    taken = any(r.quarantine == name and r.sha != record.sha for r in lake.records())
    return f"{name.removesuffix('.csv')}.{record.sha[:12]}.csv" if taken else name


def write_quarantine(
    record: FileRecord, unsplit: list[Unsplit], faults: list[Fault], folder: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """One CSV per raw file with file, line, column and reason; the row itself stays where it is, in the raw file."""
    lines = lines_of([f.record for f in faults], connection)
    rows = [(u.line, "", u.reason) for u in unsplit] + [(lines[f.record], f.column, f.reason) for f in faults]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("file", "line", "column", "reason"))
    writer.writerows((record.file, *row) for row in sorted(rows))
    write_beside(folder / record.quarantine, out.getvalue().encode())
