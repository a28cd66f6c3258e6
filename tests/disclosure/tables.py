"""Small tables as a reader knows them: some cells hidden, the others and the margins told."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from analysis.disclosure.knowledge import Equations, Knowledge, Needs

Place = tuple[int, int]
MARGIN = -1  # a row or column number that stands for the total


def table(values: ArrayLike, hidden: list[Place], step: float = 0.0) -> tuple[Knowledge, dict[Place, int]]:
    """A table with margins: exact, or rounded to `step`; hiding a cell costs its value. The numbers of the figures by place."""
    cells = np.asarray(values, dtype=float)
    rows, columns = cells.shape
    equations = Equations()
    numbers = [[equations.quantity(cells.sum()) for _ in range(columns)] for _ in range(rows)]
    figures = {}
    for i in (*range(rows), MARGIN):
        for j in (*range(columns), MARGIN):
            terms = {numbers[a][b]: 1.0 for a in range(rows) for b in range(columns) if i in (a, MARGIN) and j in (b, MARGIN)}
            value = sum(cells[a, b] for a in range(rows) for b in range(columns) if i in (a, MARGIN) and j in (b, MARGIN))
            told = round(value / step) * step if step else value
            cost = value if MARGIN not in (i, j) else np.inf
            figures[i, j] = equations.figure(terms, told - step / 2, told + step / 2, (i, j) not in hidden, cost)
    return equations.known(), figures


def cells_of(places: list[Place], columns: int, quantities: int) -> csr_array:
    """Cells as targets, one row each."""
    rows = np.zeros((len(places), quantities))
    for row, (i, j) in zip(rows, places, strict=True):
        row[i * columns + j] = 1.0
    return csr_array(rows)


def widths(count: int, width: float) -> Needs:
    """Every target must stay as wide as that."""
    return Needs(np.full(count, np.inf), np.full(count, -np.inf), np.full(count, width))
