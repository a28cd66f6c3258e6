"""One writing run at a time for a data folder."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from analysis.config import Config
from analysis.errors import LockedError


@contextmanager
def locked(config: Config) -> Iterator[None]:
    """Holds the lock of the data folder. Raises LockedError when another run has it."""
    config.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(config.data_dir / ".lock", timeout=0):
            yield
    except Timeout:
        raise LockedError(f"Another run of Cartable works in {config.data_dir}. Wait for it to end, then try again.") from None
