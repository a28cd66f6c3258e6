"""Runs Cartable every night for the present account: `make install-timer`, `make remove-timer`.

With systemd, two units of the user in ~/.config/systemd/user; without it, the line for the crontab is printed and nothing is changed.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_UNITS = ROOT / "deploy" / "systemd"
_NAMES = ("cartable.service", "cartable.timer")


def main() -> int:
    """Installs or removes the timer; returns an exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["install", "remove"])
    parser.add_argument("--folder", type=Path, default=_folder(), help="where the user's units stand")
    parser.add_argument("--no-start", action="store_true", help="write the units only")
    asked = parser.parse_args()
    if asked.action == "remove":
        return _remove(asked.folder, asked.no_start)
    if not asked.no_start and not _has_systemd():
        print(f"There is no systemd for this account. Put this line into its crontab (crontab -e):\n\n{crontab_line()}")
        return 0
    write_units(asked.folder)
    if asked.no_start:
        print(f"Written to {asked.folder}. Start with: systemctl --user daemon-reload && systemctl --user enable --now cartable.timer")
        return 0
    return _started()


def write_units(folder: Path) -> None:
    """Writes service and timer of this checkout into a folder of units."""
    folder.mkdir(parents=True, exist_ok=True)
    service = (_UNITS / "user" / "cartable.service").read_text(encoding="utf-8")
    (folder / "cartable.service").write_text(service.replace("@ROOT@", str(ROOT)), encoding="utf-8")
    shutil.copy(_UNITS / "cartable.timer", folder / "cartable.timer")


def crontab_line() -> str:
    """The line that runs this checkout at half past three each night and keeps what it says."""
    return f"30 3 * * *  cd '{ROOT}' && nice .venv/bin/cartable run >>data/runs/cron.log 2>&1"


def _folder() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "systemd" / "user"


def _has_systemd() -> bool:
    return shutil.which("systemctl") is not None and _systemctl("show-environment", quietly=True) == 0


def _systemctl(*words: str, quietly: bool = False) -> int:
    return subprocess.run(["systemctl", "--user", *words], check=False, capture_output=quietly).returncode


def _started() -> int:
    code = _systemctl("daemon-reload") or _systemctl("enable", "--now", "cartable.timer")
    if code == 0:
        print("Cartable runs every night at half past three. `cartable status` tells of the last run; `make remove-timer` ends it.")
        print("So that it runs while you are logged out: loginctl enable-linger")
    return code


def _remove(folder: Path, is_quiet: bool) -> int:
    if not is_quiet and _has_systemd():
        _systemctl("disable", "--now", "cartable.timer")
    for name in _NAMES:
        (folder / name).unlink(missing_ok=True)
    print("Cartable runs only when it is called.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
