"""A Dask cluster that stands: who is there, what is under way, and one sentence for each thing that can go wrong with it.

Dask itself places tasks, gives those of a lost worker to another, and gives one up that several workers died of
(`distributed.scheduler.allowed-failures` of the scheduler).
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from analysis.cluster.work import ClusterError, at_work, edition
from analysis.errors import UserError

ANSWERS_WITHIN = 10.0  # seconds, for the scheduler and for a first worker
PATIENCE = 60.0  # seconds without any worker, after which a run ends
_RETRIES = 3  # of a task that fails: shared storage that does not answer for a moment
_PAUSE, _LOOK = 0.02, 2.0  # seconds between two looks at what has ended, and at who is there


@contextmanager
def connected(address: str) -> Iterator["Cluster"]:
    """A cluster with a worker at least. Raises UserError where `distributed` is not installed or nobody answers at the address."""
    try:
        from distributed import Client
    except ImportError:
        raise UserError("--scheduler needs the extra `cluster`: run `uv sync --extra cluster`, on every machine of the cluster.") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it tells of tasks with all that they were given
    try:
        client = Client(address, timeout=ANSWERS_WITHIN, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError, ImportError) as error:
        raise UserError(f"No Dask scheduler answers at {address} ({type(error).__name__}). Start one: `dask scheduler`.") from None
    try:
        try:
            client.wait_for_workers(1, timeout=ANSWERS_WITHIN)
        except TimeoutError:
            raise UserError(f"The scheduler at {address} has no worker. Start one on each machine: `dask worker {address}`.") from None
        yield Cluster(client, address)
    finally:
        client.close(timeout=ANSWERS_WITHIN)  # with its last client gone, the scheduler forgets its tasks


class Cluster:
    """The tasks of one run on a cluster, which are cancelled when it ends. `slots`: how many tasks run at once."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self._seen = time.monotonic()
        self.slots = max(sum(client.nthreads().values()), 1)

    def workers(self) -> int:
        """How many workers are there now."""
        return len(self._client.nthreads())

    def submit(self, function: Callable[..., Any], *given: Any, after: Sequence[Any] = (), name: str) -> Any:
        """A task, which begins once those `after` which it comes have ended; `name` is what Dask's own pages call it."""
        key = f"cartable-{name}-{secrets.token_hex(8)}"
        return self._client.submit(_after, list(after), edition(), function, *given, key=key, pure=False, retries=_RETRIES)

    def results(self, tasks: Mapping[Any, str]) -> Iterator[tuple[str, Any]]:
        """The label and the result of each task as it ends. Raises ClusterError, or the UserError that a task ended with."""
        waiting, look_at = dict(tasks), time.monotonic() + _LOOK
        while waiting:
            for task in [task for task in waiting if task.done()]:
                label = waiting.pop(task)
                yield label, _result_of(task, f"{label}: " if label else "", self._address)
                self._seen = time.monotonic()
            time.sleep(_PAUSE)
            if time.monotonic() > look_at:
                self._look()
                look_at = time.monotonic() + _LOOK

    def result(self, task: Any) -> Any:
        """The result of one task. Raises ClusterError, or the UserError that it ended with."""
        return next(found for _, found in self.results({task: ""}))

    def _look(self) -> None:
        """Notes that workers are there. Raises ClusterError where none has been for a while, or the scheduler is gone."""
        try:
            workers = self.workers()
        except Exception as error:
            raise _lost(self._address) from error
        self._seen = time.monotonic() if workers else self._seen
        if time.monotonic() - self._seen > PATIENCE:
            raise ClusterError(f"No worker of {self._address} has been there for {PATIENCE:.0f} seconds. Start workers, and run it again.")


def _result_of(task: Any, where: str, address: str) -> Any:
    from distributed import CancelledError, KilledWorker

    error = None if task.status == "finished" else task.exception() if task.status == "error" else CancelledError()
    found = task.result() if error is None else error
    match found:
        case ClusterError():
            raise ClusterError(f"{where}{found}")
        case UserError():
            raise found
        case CancelledError():
            raise _lost(address)
        case KilledWorker():
            raise ClusterError(f"{where}one worker after the other died of it, perhaps for want of memory. Give workers more of it.")
    if error is not None:
        what = f"the cluster could not take the task ({type(error).__name__})"
        raise ClusterError(f"{where}{what}. Scheduler and workers need the same Cartable as this machine, with its extra `cluster`.")
    return found


def _lost(address: str) -> ClusterError:
    return ClusterError(f"The connection to the scheduler at {address} broke. Look whether it still runs, and run it again.")


def _after(done: list[Any], wanted: str, function: Callable[..., Any], *given: Any) -> Any:
    """What `at_work` gives, unless a task before it ended with the sentence that ends all."""
    return next((each for each in done if isinstance(each, UserError)), None) or at_work(wanted, function, *given)
