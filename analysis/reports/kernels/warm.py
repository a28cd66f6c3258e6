"""Forked kernels as the program sees them: a server that is started once, and kernels that look like processes started here."""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress

from nbclient.exceptions import DeadKernelError

from analysis.pseudonyms import KEY_VARIABLE
from analysis.reports.kernels.server import FIT

_MODULE = "analysis.reports.kernels.server"
_SECONDS_TO_IMPORT, _SECONDS_TO_STAND, _SECONDS_TO_END = 120, 60, 5
_ITS_OWN = {  # libraries start their threads when imported, and the debugger has a word to say that nobody needs
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
_AS_A_KERNEL = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}  # which a kernel sets before matplotlib is imported
_OF_A_NOTEBOOK = "JPY_PARENT_PID"  # set where the program itself runs in a notebook: the kernels would look for that parent


class WarmKernel:
    """A forked kernel, with what jupyter_client asks of a `subprocess.Popen`. Its parent is the server, which passes signals on."""

    stdin = stdout = stderr = None

    def __init__(self, channel: socket.socket, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._channel = channel

    def poll(self) -> int | None:
        """Its exit code, as Popen tells it; None while it runs."""
        return self._told(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Its exit code once it has ended; None after `timeout` seconds."""
        return self._told(timeout)

    def send_signal(self, number: int) -> None:
        """To it and to what it has started. Nothing if it has ended."""
        with suppress(OSError):
            self._channel.sendall(bytes([number]))

    def kill(self) -> None:
        """Ends it, whatever it is doing."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Asks it to end."""
        self.send_signal(signal.SIGTERM)

    def _told(self, timeout: float | None) -> int | None:
        if self.returncode is None and _is_readable(self._channel, timeout):
            _, self.returncode = _line(self._channel)
            self._channel.close()
        return self.returncode


def fork_kernel(argv: Sequence[str], cwd: str, env: Mapping[str, str]) -> WarmKernel | None:
    """A kernel that stands, with these arguments of ipykernel, directory and environment; None where kernels cannot be forked.

    Raises DeadKernelError for a kernel that ended before it stood.
    """
    order = json.dumps({"argv": list(argv), "cwd": cwd, "env": dict(env)}).encode()
    for _ in range(2):  # a server that was killed in the meantime is replaced
        server = _servers.standing()
        if server is None:
            return None
        with suppress(ConnectionError):
            return server.fork(order)
        _servers.leave(server)
    return None


class _Server:
    """The process that kernels are forked from. It never sees the key, and ends with this process, however that ends."""

    def __init__(self) -> None:
        self._asked, theirs = socket.socketpair()
        given = {name: value for name, value in os.environ.items() if name not in (KEY_VARIABLE, _OF_A_NOTEBOOK)}
        env = _AS_A_KERNEL | given | _ITS_OWN
        command = [sys.executable, "-P", "-m", _MODULE]
        with theirs:  # a session of its own: Ctrl-C is for the program, which lets reports under way end
            self._process = subprocess.Popen(command, stdin=theirs.fileno(), env=env, cwd=os.sep, start_new_session=True)
        self._lock = threading.Lock()
        self._is_fit: bool | None = None

    def is_fit(self) -> bool:
        """Whether it stands and may be forked; waits until it has imported everything."""
        with self._lock:
            if self._is_fit is None:
                with suppress(OSError):
                    self._asked.settimeout(_SECONDS_TO_IMPORT)
                    self._is_fit = self._asked.recv(1) == FIT
                    self._asked.settimeout(None)
            return bool(self._is_fit)

    def fork(self, order: bytes) -> WarmKernel:
        """A kernel that stands. Raises ConnectionError if the server has ended, DeadKernelError if the kernel has."""
        channel, theirs = socket.socketpair()
        reader, writer = os.pipe()
        try:
            socket.send_fds(self._asked, [b"k"], [reader, theirs.fileno()])
        except OSError as error:  # another thread may have found before that it has ended, and closed the socket
            raise ConnectionError from error
        finally:
            os.close(reader)
            theirs.close()
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(order)
        return WarmKernel(channel, _pid(channel))

    def end(self) -> None:
        """Ends it, with all its kernels."""
        self._asked.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_SECONDS_TO_END)
        self._process.kill()
        self._process.wait()


class _Servers:
    """The one server of this process, if any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._server: _Server | None = None
        # elsewhere, what a fork inherits from the libraries of the system is not to be trusted
        self._can_fork = sys.platform == "linux" and hasattr(os, "pidfd_open")
        atexit.register(self._end)

    def standing(self) -> _Server | None:
        """The server, which has imported everything; None where kernels cannot be forked, which is found out once."""
        with self._lock:
            if self._can_fork and self._server is None:
                self._server = _Server()
            server = self._server
        if server is not None and not server.is_fit():
            self._can_fork = False
            self.leave(server)
        return server if self._can_fork else None

    def leave(self, server: _Server) -> None:
        """Ends a server that is of no use any more."""
        with self._lock:
            if self._server is server:
                self._server = None
                server.end()

    def _end(self) -> None:
        if self._server is not None:
            self.leave(self._server)


def _is_readable(channel: socket.socket, seconds: float | None) -> bool:
    events = select.poll()  # select.select knows the first 1,024 descriptors only, and 64 reports at once have more
    events.register(channel, select.POLLIN)
    return bool(events.poll(None if seconds is None else seconds * 1000))


def _line(channel: socket.socket) -> tuple[str, int]:
    """What is told of a kernel next. A server that has ended took its kernels with it."""
    line = b""
    while not line.endswith(b"\n"):
        try:
            more = channel.recv(1)
        except ConnectionError:
            more = b""
        if not more:
            return "gone", -signal.SIGKILL
        line += more
    what, number = line.split()
    return what.decode(), int(number)


def _pid(channel: socket.socket) -> int:
    """The number of a kernel that stands."""
    channel.settimeout(_SECONDS_TO_STAND)
    try:
        what, number = _line(channel)
    except TimeoutError:
        channel.close()
        raise DeadKernelError("Kernel did not stand") from None
    if what == "stands":
        channel.settimeout(None)
        return number
    channel.close()
    raise ConnectionError if what == "gone" else DeadKernelError("Kernel died")


_servers = _Servers()
