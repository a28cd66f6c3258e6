"""Files on disk: written whole or not at all, there after a power cut, and known by what is in them."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

_BESIDE = ".{}.tmp"  # one name for each file: what a killed run left is written over, or swept


def write_beside(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: beside it first, then renamed, so that nobody ever reads half of it."""
    write_together({path: content})


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Writes several files, each whole or not at all; the first is renamed in once all of them are on the disk."""
    beside = {path: path.with_name(_BESIDE.format(path.name)) for path in contents}
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside[path].write_bytes(content)
            settle(beside[path])
        for path, written in beside.items():
            written.replace(path)
    finally:
        for written in beside.values():
            with suppress(OSError):  # where the folder could not be made, there is nothing; the error that ends the work says why
                written.unlink()
    for folder in sorted({path.parent for path in contents}):
        settle(folder)


def settle(path: Path) -> None:
    """Returns once what a file holds, or the names in a folder, are on the disk itself.

    Without it a power cut can leave a file renamed in and empty: file systems write names before contents.
    """
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folder
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep_beside(folder: Path, depth: str = "**/") -> None:
    """Removes what killed runs left of files they were writing, below a folder or (`depth` empty) in it alone. Call it under the lock."""
    for path in folder.glob(depth + _BESIDE.format("*")):
        path.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def sha256_of_all(paths: Iterable[Path], start: str = "") -> str:
    """SHA-256 of a text and of the names and contents of files, in the order given; folders are passed over."""
    digest = hashlib.sha256(start.encode())
    for path in paths:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
