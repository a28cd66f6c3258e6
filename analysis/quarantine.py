"""The quarantine: one CSV per raw file that had rows set aside, with file, line, column and reason; the rows stay in the raw file."""

import csv
import io
import re
from pathlib import Path

import duckdb

from analysis.checks import Fault
from analysis.files import write_beside
from analysis.foreign_text import spreadsheet_cell
from analysis.lake import FileRecord, Lake
from analysis.reading.records import lines_of
from analysis.reading.splitting import Unsplit

_LONGEST_STEM = 150  # bytes: with what is added to it, far below the 255 that file systems take
_NOT_IN_NAMES = re.compile(r'[/\\<>:"|?*\x00-\x1f]')  # a path, or a name that some system cannot hold


def free_name(record: FileRecord, lake: Lake) -> str:
    """The name of a raw file's quarantine file: `tablettes/mars.csv` -> `tablettes_mars.csv`; two files of one name have one each.

    One file that is read by several sources, as a list of pupils is, has one for each. It is a plain name, whatever that of the raw file
    is: it leads out of no folder, and every file system can hold it.
    """
    plain = _NOT_IN_NAMES.sub("_", record.file).removesuffix(".csv").lstrip(".")
    stem = plain.encode()[:_LONGEST_STEM].decode(errors="ignore")
    taken = {r.quarantine.casefold() for r in lake.records() if r.sha != record.sha}
    longer = f"{stem}.{record.sha[:12]}".lstrip(".")
    names = [f"{stem}.csv"] if stem and stem == plain else []
    return next(name for name in (*names, f"{longer}.csv", f"{longer}.{record.source}.csv") if name.casefold() not in taken)


def write_quarantine(
    record: FileRecord, unsplit: list[Unsplit], faults: list[Fault], folder: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """Writes the quarantine file of a record, whose `quarantine` is its name in `folder`."""
    lines = lines_of([f.record for f in faults], connection)
    rows = [(u.line, "", u.reason) for u in unsplit] + [(lines[f.record], f.cell or f.column, f.reason) for f in faults]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("file", "line", "column", "reason"))
    writer.writerows([spreadsheet_cell(cell) for cell in (record.file, *row)] for row in sorted(rows))
    write_beside(folder / record.quarantine, out.getvalue().encode())
