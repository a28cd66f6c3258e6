"""One writing run at a time for a data folder; who comes second is told who holds it, and may wait."""

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.config import Config
from analysis.errors import LockedError


@contextmanager
def locked(
    config: Config, command: str = "", wait_seconds: float = 0, tell: Callable[[str], None] = lambda sentence: None
) -> Iterator[None]:
    """Holds the lock of the data folder, which the operating system takes back when this process ends, however it ends.

    `command` is what others are told that holds it, `tell` what this run says before it waits. Raises LockedError when another run
    has the lock for longer than `wait_seconds`.
    """
    config.data_dir.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(config.data_dir / ".lock"), config.data_dir / ".lock-holder"
    _take(lock, holder, wait_seconds, tell)
    try:
        _sign(holder, command)
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def _take(lock: FileLock, holder: Path, wait_seconds: float, tell: Callable[[str], None]) -> None:
    try:
        lock.acquire(timeout=0)
        return
    except Timeout:
        if wait_seconds:
            tell(f"{_who(holder)}. Waiting up to {wait_seconds:g} seconds for it to end.")
    try:
        lock.acquire(timeout=wait_seconds, poll_interval=0.1)
    except Timeout:
        advice = (
            "It has not ended in time; try again later." if wait_seconds else "Try again when it has ended, or wait for it: --wait SECONDS."
        )
        raise LockedError(f"{_who(holder)}. {advice}") from None


def _sign(holder: Path, command: str) -> None:
    """Says who holds the lock. What a killed run wrote here is written over, and read by nobody, for nobody holds its lock."""
    who = {"command": command, "process": os.getpid(), "host": socket.gethostname()}
    with suppress(OSError):  # on a full disk the lock holds all the same: `cartable forget` may be what makes room
        holder.write_text(json.dumps(who | {"since": datetime.now(tz=UTC).isoformat(timespec="seconds")}), encoding="utf-8")


def _who(holder: Path) -> str:
    folder = holder.parent
    try:
        who = json.loads(holder.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(who["since"]).astimezone()
        name = who["command"] or "another program"
        return f"`{name}` (process {who['process']} on {who['host']}) works in {folder} since {since:%Y-%m-%d %H:%M:%S}"
    except (OSError, ValueError, KeyError):
        return f"Another run of Cartable works in {folder}"
