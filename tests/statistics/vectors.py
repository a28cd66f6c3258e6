"""Real data sets with published answers (`../shared/data/vectors`), read where they are at hand; they are not part of the project."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "../shared/data/vectors"
needs_vectors = pytest.mark.skipif(not FOLDER.is_dir(), reason="the published data sets (../shared/data/vectors) are not on this machine")


def numbers_of(name: str, *columns: str, blank: float = np.nan) -> list[np.ndarray]:
    """Columns of a data set, as numbers; `blank` where there is none."""
    with gzip.open(FOLDER / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [np.array([float(row[column] or blank) for row in rows]) for column in columns]
