"""The process that kernels are forked from: `python -P -m analysis.reports.kernels.server`, with a socket as its standard input.

It has imported what reports import, has one thread and has read nothing: no data, no key. Over the socket come, for each kernel, a channel
and the end of a pipe. The kernel reads its order from the pipe, and writes `stands` and its number to the channel when it can be spoken to;
this process writes `ended` and its exit code when it has ended. Each byte that comes back over the channel is a signal for the kernel; the
end of the channel kills it. When the socket ends, the program has ended, however it did, and everything here ends with it.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import random
import selectors
import signal
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

# What the notebooks of reports import, and what a kernel and its figures would import late. Never polars or pandas: they start threads.
PRELOADED = (
    "analysis.figures",
    "analysis.reports.school",
    "analysis.reports.territory",
    "debugpy",
    "duckdb",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "matplotlib.backends.backend_svg",
    "matplotlib_inline.backend_inline",
    "numpy.random",
)
FIT, UNFIT = b"1", b"0"  # one thread, or more: a lock that another thread holds would be held for ever in a copy
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_COULD_NOT_FORK = 71  # EX_OSERR


@dataclass(frozen=True)
class _Place:
    """Where a kernel that is asked for reads its order, and where it is spoken of."""

    order: int
    channel: socket.socket


class _Kernels:
    """Those that live, by what tells of their end and by their channel."""

    def __init__(self, asked: socket.socket) -> None:
        self._asked = asked
        self._pids: dict[int, int] = {}
        self._channels: dict[int, socket.socket] = {}
        self._events = selectors.PollSelector()
        self._events.register(asked, selectors.EVENT_READ)

    def next_asked(self) -> _Place | None:
        """In a new process: where it reads what it is to become. In this one: None, when the program has ended."""
        while True:
            for key, _ in self._events.select():
                if key.fileobj is not self._asked:
                    self._heard(key)
                    continue
                place = _received(self._asked)
                if place is None:
                    self._kill_all()
                    return None
                if self._is_new_process(place):
                    return place

    def _is_new_process(self, place: _Place) -> bool:
        try:
            pid = os.fork()
        except OSError:  # no memory, or too many processes: one kernel fails, and the others do not
            _tell(place.channel, "ended", _COULD_NOT_FORK)
            place.channel.close()
        else:
            if not pid:
                self._leave()
                return True
            self._keep(pid, place.channel)
        os.close(place.order)
        return False

    def _keep(self, pid: int, channel: socket.socket) -> None:
        end = os.pidfd_open(pid)
        self._pids[end], self._channels[end] = pid, channel
        self._events.register(end, selectors.EVENT_READ)
        self._events.register(channel, selectors.EVENT_READ, data=pid)

    def _heard(self, key: selectors.SelectorKey) -> None:
        if isinstance(key.fileobj, int):
            self._reap(key.fileobj)
        elif key.fileobj in self._events.get_map():  # else its kernel was reaped a moment ago
            self._pass_on(key)

    def _pass_on(self, key: selectors.SelectorKey) -> None:
        channel = key.fileobj
        assert isinstance(channel, socket.socket)
        try:
            signals = channel.recv(64)
        except OSError:
            signals = b""
        if not signals:
            self._events.unregister(channel)
        for each in signals or bytes([signal.SIGKILL]):
            _send(key.data, each)

    def _reap(self, end: int) -> None:
        pid, channel = self._pids.pop(end), self._channels.pop(end)
        _, status = os.waitpid(pid, 0)
        _tell(channel, "ended", os.waitstatus_to_exitcode(status))
        self._events.unregister(end)
        with contextlib.suppress(KeyError):
            self._events.unregister(channel)
        os.close(end)
        channel.close()

    def _kill_all(self) -> None:
        for pid in self._pids.values():
            _send(pid, signal.SIGKILL)

    def _leave(self) -> None:
        """A kernel keeps nothing of the others."""
        self._events.close()
        self._asked.close()
        for end, channel in self._channels.items():
            os.close(end)
            channel.close()


def main() -> None:
    """Imports, then forks a kernel for each order until the program ends."""
    asked = socket.socket(fileno=os.dup(0))
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
    given = set(os.environ)  # the rest will have been set by libraries
    for name in PRELOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what all have in common is not touched by the collectors of each
    is_fit = _is_fit()
    asked.sendall(FIT if is_fit else UNFIT)
    place = _Kernels(asked).next_asked() if is_fit else None
    if place is None:
        os._exit(0)  # what the libraries have to clear away is nobody's
    _become_kernel(place, given)


def _is_fit() -> bool:
    """Whether it has one thread and the system tells when a kernel ends."""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return len(list(Path("/proc/self/task").iterdir())) == 1


def _received(asked: socket.socket) -> _Place | None:
    _, ends, *_ = socket.recv_fds(asked, 1, 2)
    return _Place(ends[0], socket.socket(fileno=ends[1])) if ends else None


def _tell(channel: socket.socket, what: str, number: int) -> None:
    with contextlib.suppress(OSError):  # nobody may be there any more who wants to know
        channel.sendall(f"{what} {number}\n".encode())


def _send(pid: int, number: int) -> None:
    """To the kernel and what it has started. It is a child of ours that we have not waited for: the number is nobody else's."""
    try:
        os.killpg(pid, number)
    except OSError:  # it has no group yet, or has ended
        os.kill(pid, number)


def _become_kernel(place: _Place, given: set[str]) -> None:
    """What differs between a fork and a process of its own is undone; then an ordinary kernel runs."""
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    with os.fdopen(place.order, encoding="utf-8") as pipe:
        order = json.load(pipe)
    for name in given - set(order["env"]):
        del os.environ[name]
    os.environ.update(order["env"])
    time.tzset()
    os.chdir(order["cwd"])
    _seed()
    sys.argv = ["ipykernel_launcher", *order["argv"]]
    kernel = IPKernelApp.instance()
    kernel.initialize(order["argv"])
    _tell(place.channel, "stands", os.getpid())
    place.channel.close()
    kernel.start()


def _seed() -> None:
    """All forks would draw the same numbers."""
    import numpy as np

    random.seed()
    np.random.seed()


if __name__ == "__main__":
    main()
