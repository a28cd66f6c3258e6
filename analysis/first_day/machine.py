"""The machine, looked at before the first run: room, memory, folders, what reports are made with, what could call Cartable every night."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.allowance import bytes_of
from analysis.config import Config
from analysis.room import free_at

_ROOM = 2_000_000_000  # bytes: a first month of exports, lake and warehouse, and its reports
_PART_FOR_ENGINE = 0.75  # of the memory: kernels of reports and the system need the rest
_LIMIT_OF_GROUP = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True)
class Check:
    """One look at the machine; where it `is_needed` and not `is_ok`, Cartable will not work until what the sentence says is done."""

    name: str
    is_ok: bool
    sentence: str
    is_needed: bool = True


def checks_of_machine(config: Config) -> list[Check]:
    """Every check, in the order in which a reader should mend things. Makes the folders of the configuration where they are missing."""
    return [*_folders(config), *_disks(config), _memory(config), _pdf(), _kernel(), _timer()]


def _folders(config: Config) -> Iterator[Check]:
    for name, folder in (("data_dir", config.raw_dir), ("reports_dir", config.reports_dir)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                yield Check(name, is_ok=True, sentence=f"{folder} can be written.")
        except OSError as error:
            advice = f"Give this account the right to it, or choose another {name}."
            yield Check(name, is_ok=False, sentence=f"{folder} cannot be written ({error.strerror}). {advice}")


def _disks(config: Config) -> Iterator[Check]:
    """One for each disk: folders on the same one share its room."""
    folders = [free_at(folder) for folder in (config.reports_dir, config.data_dir)]
    found = {standing.stat().st_dev: (standing, free) for standing, free in folders}
    for folder, free in reversed(found.values()):
        words = f"{free / 1e9:,.1f} GB are free at {folder}"
        if free >= _ROOM:
            yield Check("disk", is_ok=True, sentence=f"{words}.")
        else:
            yield Check(
                "disk", is_ok=False, sentence=f"{words}, and {_ROOM / 1e9:g} are needed to begin with. Free some, or choose another."
            )


def _memory(config: Config) -> Check:
    total, limit = _bytes_of_memory(), bytes_of(config.limits.memory)
    words = f"{total / 2**30:.1f} GiB of memory, of which limits.memory gives {config.limits.memory} to the engine"
    if limit <= total * _PART_FOR_ENGINE:
        return Check("memory", is_ok=True, sentence=f"{words}.")
    fitting = max(int(total * _PART_FOR_ENGINE / 2**20), 1)
    return Check("memory", is_ok=False, sentence=f'{words}, which is too much: write memory = "{fitting}MiB" under [limits].')


def _bytes_of_memory() -> int:
    """What the machine has, or what a container or a service leaves of it."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = _LIMIT_OF_GROUP.read_text().strip() if _LIMIT_OF_GROUP.is_file() else ""
    return min(machine, int(limit)) if limit.isdigit() else machine


def _pdf() -> Check:
    """A page as PDF/UA-1 in our typeface; Typst takes another one, with a warning, where it does not find that."""
    import typst

    from analysis.reports import fonts

    source = f'#set document(title: "é")\n#set text(lang: "fr", font: "{fonts.FAMILY}")\né'
    try:
        folders = [str(fonts.font_folder())]
        _, warnings = typst.compile_with_warnings(  # type: ignore[misc]
            source.encode(), font_paths=folders, ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
        is_ok = not warnings
    except (typst.TypstError, RuntimeError, OSError):
        is_ok = False
    if not is_ok:
        return Check("pdf", is_ok=False, sentence="No PDF can be made: Typst or its typeface does not work. Run `make env` again.")
    return Check("pdf", is_ok=True, sentence=f"PDFs can be made, in {fonts.FAMILY}.")


def _kernel() -> Check:
    from jupyter_client.kernelspec import KernelSpecManager

    if "python3" in KernelSpecManager().find_kernel_specs():
        return Check("notebooks", is_ok=True, sentence="The notebooks of the reports can be run.")
    return Check("notebooks", is_ok=False, sentence="No kernel named python3 is installed to run notebooks. Run `make env` again.")


def _timer() -> Check:
    if _has_systemd() or shutil.which("crontab"):
        words = "systemd" if _has_systemd() else "cron"
        return Check("timer", is_ok=True, sentence=f"{words} can run Cartable every night: make install-timer.", is_needed=False)
    advice = "Have `cartable run` called every night by a service of the machine or by a scheduler (docs/how-to/operate.md)."
    return Check("timer", is_ok=False, sentence=f"This account has neither systemd nor cron. {advice}", is_needed=False)


def _has_systemd() -> bool:
    """Whether systemd answers this account, not merely whether it is installed."""
    if shutil.which("systemctl") is None:
        return False
    try:
        asked = subprocess.run(["systemctl", "--user", "show-environment"], check=False, capture_output=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0
