"""What a worker does around each task: it looks whether it runs the same code, and tells faults without a value of anybody's data."""

import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from analysis.errors import DONE_IN_PART, UserError
from analysis.faults import fault_of_machine
from analysis.files import sha256_of_all


class ClusterError(UserError):
    """The cluster, or a task on it, failed."""

    exit_code = DONE_IN_PART


@cache
def edition() -> str:
    """Stands for the code of Cartable and the engine that a process runs: other ones may make other rows."""
    folder = Path(__file__).parents[1]
    files = sorted(path for kind in ("py", "sql", "toml", "csv") for path in folder.glob(f"**/*.{kind}"))
    return sha256_of_all(files, duckdb.__version__)


def at_work(wanted: str, function: Callable[..., Any], *given: Any) -> Any:
    """What a function gives, on a worker; a mistake of the user's is given back, for it would be made again.

    Anything else that goes wrong raises ClusterError with the kind of the error alone, and Dask tries once more.
    """
    if wanted != edition():
        return ClusterError("A worker runs another version of Cartable or of DuckDB. Install the same on every machine of the cluster.")
    try:
        return function(*given)
    except UserError as error:
        return error
    except Exception as error:  # noqa: BLE001  its words may hold a value
        raise ClusterError(str(fault_of_machine(error) or _kind(error))) from None


def _kind(error: Exception) -> str:
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} on a worker, at line {at.lineno} of {Path(at.filename).name}."
