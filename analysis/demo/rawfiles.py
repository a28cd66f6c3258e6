"""Writing the raw exports: same content, same bytes, whatever the day and the machine."""

import gzip
import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np


@dataclass
class FileTruth:
    """What was put in one file: data rows in all, rows that no reader can use, exact repetitions, rows that an earlier file holds too."""

    file: str
    source: str
    rows: int
    bad: int = 0
    duplicates: int = 0
    overlap: int = 0
    unknown_device: int = 0
    kinds: dict[str, int] = field(default_factory=dict)


@dataclass
class RawFolder:
    """The folder of raw exports and the truth about each file written so far."""

    root: Path
    files: list[FileTruth] = field(default_factory=list)
    size: int = 0

    def write(self, truth: FileTruth, text: str, encoding: str = "utf-8") -> None:
        """Writes `text` under truth.file; a name that ends in .gz or .zip is compressed. An unchanged file is left alone."""
        path = self.root / truth.file
        data = _packed(path, text.encode(encoding))
        self.files.append(truth)
        self.size += len(data)
        if path.exists() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(data)
        part.replace(path)


def spoil(lines: list[str], rng: np.random.Generator, bad: list[tuple[str, str]], repeats: int, truth: FileTruth) -> list[str]:
    """`lines` with the (kind, line) of `bad` strewn in and `repeats` of the lines written twice; says so in `truth`."""
    again = [lines[int(i)] for i in sorted(rng.choice(len(lines), min(repeats, len(lines)), replace=False))]
    result = list(lines)
    for line in [*(line for _, line in bad), *again]:
        result.insert(int(rng.integers(0, len(result) + 1)), line)
    for kind, _ in bad:
        truth.kinds[kind] = truth.kinds.get(kind, 0) + 1
    truth.rows, truth.bad, truth.duplicates = len(result), truth.bad + len(bad), truth.duplicates + len(again)
    return result


def compact(record: Any) -> str:
    """JSON without spaces, accents kept."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _packed(path: Path, data: bytes) -> bytes:
    if path.suffix == ".gz":
        packed = io.BytesIO()
        with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0, compresslevel=6) as stream:
            stream.write(data)
        return packed.getvalue()
    if path.suffix == ".zip":
        return _zipped(path.stem, data)
    return data


def _zipped(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
