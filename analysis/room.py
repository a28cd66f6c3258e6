"""How much room the folders of Cartable take on their disks, and how much is left."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Config


@dataclass(frozen=True)
class Room:
    """Bytes that each part takes, by its name (raw, lake, warehouse, ...), and bytes free on the disks of data and of reports."""

    parts: dict[str, int]
    free_data: int
    free_reports: int


def room_of(config: Config) -> Room:
    """The room taken and left; a folder that is not there takes none. Files that vanish meanwhile are passed over."""
    parts = {
        "raw": config.raw_dir,
        "lake": config.lake_dir,
        "warehouse": config.warehouse,
        "published": config.published,
        "ledger": config.ledger_dir,
        "reports": config.reports_dir,
    }
    data, reports = config.data_dir, config.reports_dir
    return Room({name: _bytes_of(path) for name, path in parts.items()}, _free(data), _free(reports))


def sentence_of_room(room: Room) -> str:
    """Sizes and free room in one line."""
    sizes = ", ".join(f"{name} {_words(size)}" for name, size in room.parts.items())
    elsewhere = "" if room.free_reports == room.free_data else f", {_words(room.free_reports)} for reports"
    return f"Disk: {sizes}; {_words(room.free_data)} free{elsewhere}."


def free_at(folder: Path) -> tuple[Path, int]:
    """The nearest folder that stands, at or above one, and the bytes that are free on its disk."""
    standing = next(each for each in (folder, *folder.parents) if each.is_dir())
    return standing, shutil.disk_usage(standing).free


def _free(folder: Path) -> int:
    return free_at(folder)[1]


def _bytes_of(path: Path) -> int:
    if not path.is_dir():
        return _size(path)
    return sum(_size(Path(folder) / name) for folder, _, names in os.walk(path) for name in names)


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _words(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.1f} MB"
