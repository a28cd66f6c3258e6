"""One notebook run from top to bottom by papermill, in a kernel of its own, without the pseudonym key, in an empty working directory."""

import copy
import logging
import math
import os
import tempfile
import time
from collections.abc import Mapping
from typing import Any

import papermill
from jupyter_client import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from analysis.pseudonyms import KEY_VARIABLE
from analysis.reports.refusal import RefusedError

_HIDDEN_PARAMETERS = ("published",)  # a path of this machine, which the reader of a notebook has no use for

logging.getLogger("papermill").setLevel(logging.WARNING)


def run_notebook(notebook: NotebookNode, parameters: Mapping[str, object], seconds: float = 600) -> NotebookNode:
    """The notebook after it has run with these parameters, without traces of the machine and the hour. The given one is not changed.

    All its cells together have `seconds`; one that does not heed the end of its time is killed with its kernel. Raises RefusedError that
    names the cell and its error.
    """
    clock = _Clock(seconds)
    with tempfile.TemporaryDirectory(prefix="cartable-report-") as folder:
        try:
            ran = _run(notebook, parameters, folder, clock)
        except PapermillExecutionError as error:
            raise RefusedError(f"cell {error.cell_index + 1} ({_first_line(error.source)}): {error.ename}: {error.evalue}") from None
        except CellTimeoutError:
            raise RefusedError(
                f"the notebook ran for more than {seconds / 60:.3g} minutes and was stopped in a cell ({_first_line(clock.source)}); "
                "schedule.timeout_minutes gives it more."
            ) from None
        except DeadKernelError:
            raise RefusedError("the notebook's kernel died, perhaps for want of memory: make fewer reports at once (--jobs 1).") from None
    return _without_traces(ran)


class _KernelWithoutKey(AsyncKernelManager):
    """Reports are made of published figures: their kernels have no use for the key that pseudonyms are made with."""

    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
        environment = {name: value for name, value in os.environ.items() if name != KEY_VARIABLE}
        await super().start_kernel(**{**options, "env": environment})


class _Clock:
    """What is left of a notebook's time, asked before each cell; `source` is the cell that runs."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self.source = ""

    def seconds_for(self, cell: NotebookNode) -> int:
        """Whole seconds, for nbclient, which takes less than one for no limit."""
        self.source = cell.source
        return max(1, math.ceil(self._end - time.monotonic()))


def _run(notebook: NotebookNode, parameters: Mapping[str, object], folder: str, clock: _Clock) -> NotebookNode:
    """papermill's own `cwd` would change the directory of the whole process, other reports included: the kernel alone gets one."""
    return papermill.execute_notebook(
        copy.deepcopy(notebook),
        None,
        parameters=dict(parameters),
        kernel_name="python3",
        kernel_manager_class=_KernelWithoutKey,
        progress_bar=False,
        timeout_func=clock.seconds_for,
        resources={"metadata": {"path": folder}},
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
