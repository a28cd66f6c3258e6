"""The list of teaching sites that a proxy's log is searched for: ours, and the town's own beside it.

What is not on the list is never kept, so a file has to be read again when the list changes: its record bears the mark of the list.
"""

import csv
import hashlib
from functools import lru_cache
from pathlib import Path

import duckdb

from analysis.config import Config
from analysis.engine import literal
from analysis.errors import UserError

FACT = "teaching_sites"
_OURS = Path(__file__).parents[1] / "reference" / f"{FACT}.csv"


def load_sites(config: Config) -> list[str]:
    """The domains in lower case, the shortest first. Raises UserError where the town's own file has no column `domain`."""
    own = config.reference_dir / f"{FACT}.csv"
    found = {domain for path in (_OURS, own) if path.exists() for domain in _domains(path, path.stat().st_mtime_ns)}
    return sorted(found, key=lambda domain: (len(domain), domain))


def mark_of(sites: list[str]) -> str:
    """Stands for a list of sites in the record of a file."""
    return hashlib.sha256("\n".join(sites).encode()).hexdigest()[:16]


def tell_sites(sites: list[str], connection: duckdb.DuckDBPyConnection) -> None:
    """Gives the list to the SQL of the sources, as `getvariable('teaching_sites')`."""
    connection.execute(f"SET VARIABLE {FACT} = [{', '.join(map(literal, sites))}]")


@lru_cache(maxsize=8)
def _domains(path: Path, changed_at: int) -> list[str]:
    """The sites of a list as it was when it last changed: every raw file asks, and most of thousands find the same."""
    lines = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip() and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter=";" if lines and ";" in lines[0] else ",")
    if "domain" not in (rows.fieldnames or ()):
        raise UserError(f"{path}: the list of sites needs a column `domain`, with one site per line such as lumni.fr.")
    return [domain for row in rows if (domain := (row["domain"] or "").strip().strip(".").lower())]
