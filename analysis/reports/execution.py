"""One notebook run from top to bottom by papermill, in a kernel of its own, without the pseudonym key, in an empty working directory."""

import copy
import logging
import math
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config as Settings

from analysis.allowance import bytes_of
from analysis.config import Schedule
from analysis.reports.kernels.manager import ReportKernelManager
from analysis.reports.refusal import RefusedError

_WANTS_OF_MEMORY = ("MemoryError", "OutOfMemoryException")  # numpy's is a MemoryError too
_MORE_MEMORY = ". schedule.kernel_memory gives it more."
_HIDDEN_PARAMETERS = ("published",)  # a path of this machine, which the reader of a notebook has no use for

_USUAL = Schedule()

logging.getLogger("papermill").setLevel(logging.WARNING)


def run_notebook(notebook: NotebookNode, parameters: Mapping[str, object], bounds: Schedule = _USUAL) -> NotebookNode:
    """The notebook after it has run with these parameters, without traces of the machine and the hour. The given one is not changed.

    All its cells together have `timeout_minutes`; one that does not heed the end of its time is killed with its kernel, which may take
    `kernel_memory`. Raises RefusedError that names the cell and its error.
    """
    clock = _Clock(bounds.timeout_minutes * 60)
    with tempfile.TemporaryDirectory(prefix="cartable-report-") as folder:
        try:
            ran = _run(notebook, parameters, folder, clock, bounds)
        except PapermillExecutionError as error:
            remedy = _MORE_MEMORY if error.ename in _WANTS_OF_MEMORY else ""
            cell = f"cell {error.cell_index + 1} ({_first_line(error.source)})"
            raise RefusedError(f"{cell}: {error.ename}: {error.evalue}{remedy}") from None
        except CellTimeoutError:
            raise RefusedError(
                f"the notebook ran for more than {bounds.timeout_minutes:.3g} minutes and was stopped in a cell "
                f"({_first_line(clock.source)}); schedule.timeout_minutes gives it more."
            ) from None
        except DeadKernelError:
            where = f" in a cell ({_first_line(clock.source)})" if clock.source else ""
            remedy = "perhaps for want of memory: make fewer reports at once (--jobs 1)"
            raise RefusedError(f"the notebook's kernel died{where}, {remedy}.") from None
    return _without_traces(ran)


class _Clock:
    """What is left of a notebook's time, asked before each cell; `source` is the cell that runs."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self.source = ""

    def seconds_for(self, cell: NotebookNode) -> int:
        """Whole seconds, for nbclient, which takes less than one for no limit."""
        self.source = cell.source
        return max(1, math.ceil(self._end - time.monotonic()))


def _run(notebook: NotebookNode, parameters: Mapping[str, object], folder: str, clock: _Clock, bounds: Schedule) -> NotebookNode:
    """papermill's own `cwd` would change the directory of the whole process, other reports included: the kernel alone gets one."""
    empty = Path(folder) / "empty"
    empty.mkdir()
    kernel = {"is_warm": bounds.warm_kernels, "memory_bytes": bytes_of(bounds.kernel_memory)}
    return papermill.execute_notebook(
        copy.deepcopy(notebook),
        None,
        parameters=dict(parameters),
        kernel_name="python3",
        kernel_manager_class=ReportKernelManager,
        config=Settings(ReportKernelManager=kernel),
        progress_bar=False,
        timeout_func=clock.seconds_for,
        resources={"metadata": {"path": str(empty)}},
        shutdown_kernel="immediate",  # all that it has to say is said
        extra_arguments=["--log-level=CRITICAL"],
    )


def _first_line(source: str) -> str:
    return next((line.strip() for line in source.splitlines() if line.strip()), "")


def _without_traces(notebook: NotebookNode) -> NotebookNode:
    """Run times, paths and what was printed on the way are nobody's business, and differ from run to run."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # papermill's injected cell has a random one
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.output_type != "stream"]
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.source = "\n".join(line for line in cell.source.splitlines() if not line.startswith(_HIDDEN_PARAMETERS))
    return notebook
