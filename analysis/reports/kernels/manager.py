"""What papermill is given for a kernel: forked where that can be had, without the pseudonym key, on sockets in a folder of its own."""

import os
import sys
import time
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client import AsyncKernelManager
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Bool, Integer, default

from analysis.pseudonyms import KEY_VARIABLE
from analysis.reports.kernels.warm import WarmKernel, fork_kernel

_LONGEST_SOCKET = 100  # characters: the systems take 103 or 107
_LAUNCHER = ["-m", "ipykernel_launcher"]


class ReadyClient(AsyncKernelClient):
    """Waits for the kernel's own word that all its channels work, where jupyter_client waits until nothing is heard for 0.2 seconds."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Returns when a question was answered and told of. Raises RuntimeError if the kernel ends before, or after `timeout` seconds."""
        end = time.monotonic() + (timeout or float("inf"))
        patience = 0.1
        while not await self._is_answered(patience):
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")
            patience = min(2 * patience, 1)

    async def _is_answered(self, patience: float) -> bool:
        asked = self.kernel_info()
        try:
            while (reply := await self.get_shell_msg(timeout=patience))["parent_header"].get("msg_id") != asked:
                pass
            while (told := await self.get_iopub_msg(timeout=patience))["parent_header"].get("msg_id") != asked or not _is_idle(told):
                pass
        except Empty:
            return False
        self._handle_kernel_info_reply(reply)
        return True


class ForkingProvisioner(LocalProvisioner):
    """Forks the kernel from a server that has imported everything; where it cannot, starts it as any other."""

    process: Any = None  # a WarmKernel, or a Popen

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """The kernel, which stands. Raises DeadKernelError if it ended before."""
        kernel = fork_kernel(cmd[3:], kwargs["cwd"], kwargs["env"]) if cmd[:3] == [sys.executable, *_LAUNCHER] else None
        if kernel is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.cwd = kernel, kernel.pid, kwargs["cwd"]
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Ends it and waits, for a moment: whoever looks next finds it ended."""
        process = self.process
        await super().kill(restart)
        if isinstance(process, WarmKernel):
            process.wait(1)


class ReportKernelManager(AsyncKernelManager):
    """Reports are made of published figures: their kernels have no use for the key that pseudonyms are made with."""

    is_warm = Bool(True, config=True, help="Fork it from a process that has imported everything.")
    memory_bytes = Integer(0, config=True, help="What it may take; 0: without limit.")

    @default("client_class")
    def _client_class_default(self) -> str:
        return f"{ReadyClient.__module__}.{ReadyClient.__name__}"

    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
        """Starts it in `cwd`, with its sockets beside that folder: no port that another program could take in the meantime."""
        beside = Path(options["cwd"]).parent / "kernel.json"
        if os.name == "posix" and len(str(beside)) < _LONGEST_SOCKET:
            self.transport, self.connection_file = "ipc", str(beside)
        if self.is_warm:
            self.provisioner = ForkingProvisioner(kernel_spec=self.kernel_spec, parent=self)
        environment = {name: value for name, value in os.environ.items() if name != KEY_VARIABLE}
        await super().start_kernel(**{**options, "env": environment})
        self._limit_memory()

    def _limit_memory(self) -> None:
        if self.memory_bytes and sys.platform == "linux":
            import resource

            assert isinstance(self.provisioner, LocalProvisioner) and self.provisioner.pid is not None
            resource.prlimit(self.provisioner.pid, resource.RLIMIT_DATA, (self.memory_bytes, self.memory_bytes))


def _is_idle(message: dict[str, Any]) -> bool:
    return message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
