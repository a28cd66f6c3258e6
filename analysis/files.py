"""Files on disk: written whole or not at all, and known by what is in them."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def write_beside(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: beside it first, then renamed, so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.tmp")  # one name: what a killed run left is written over
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


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
