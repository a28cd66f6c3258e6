"""A notebook run cell by cell in this process, magics included: what each cell shows, by the cell's id."""

from collections.abc import Mapping
from typing import Any

from IPython.core.interactiveshell import InteractiveShell

from analysis.lab import with_parameters
from tests.reports.notebooks import code_cells, is_parameters, read


def shown_by(name: str, given: Mapping[str, object]) -> dict[str, Any]:
    """The last value of each cell of a notebook, run with these parameters. Raises what a cell raises."""
    shell, shown = InteractiveShell(), {}
    notebook = with_parameters(read(name), given, name) if any(map(is_parameters, code_cells(read(name)))) else read(name)
    for cell in code_cells(notebook):
        result = shell.run_cell(cell.source, store_history=False, silent=False)
        result.raise_error()
        shown[cell.id] = result.result
    if "warehouse" in shell.user_ns:
        shell.user_ns["warehouse"].close()
    return shown
