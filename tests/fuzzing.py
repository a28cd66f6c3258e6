"""Damage done to files, as transfers, spreadsheets, scripts and enemies do it, and what must hold however a file was damaged."""

import csv
import gzip
import io
import json
import random
import re
import traceback
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analysis.config import Config
from analysis.foreign_text import UNPRINTABLE
from analysis.ingest import ingest
from analysis.lake import LOADED, FileRecord, Lake
from tests.reading import keyed_config

SAMPLES = Path(__file__).parent / "sources" / "samples"
PACKINGS = ("plain", "plain", "plain", "gz", "zip")
PERSONAL = re.compile(
    r"durand|lea\.|\bléa|192\.0\.2\.|10\.1\.2\.3|a4:83:e7|5CD000|DMPX|tab-0|chr-0|00008101|p-000|k-000|u-000|with id '8", re.IGNORECASE
)
_PIECES = (
    *(
        b"",
        b"\n",
        b"\r",
        b"\r\n",
        b'"',
        b"'",
        b",",
        b";",
        b"\t",
        b"|",
        b"\0",
        b"\x1b[31m",
        b"\x85",
        b"\xa0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xe9",
    ),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b"[" * 2_000,
        b'{"a":' * 500,
        b"null",
        b"true",
        b"NaN",
        b"-1",
        b"1e400",
        b"9" * 400,
        b"0x10",
        b"-0.0",
        b"1,5",
        b"32/13/2026",
    ),
    *(
        b"9999999999999999999",
        b"-62135596800000",
        b"253402300800000",
        b"2025-02-30",
        b"2025-10-26T02:30:00",
        b"\\u0000",
        b"\\ud800",
        b"=cmd|'x'!A0",
        b"<b>",
        b"$$",
    ),
    *(
        "\u202e\u200b".encode(),
        "é🎉".encode(),
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"x" * 70_000,
        b"<?xml version='1.0'?>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    ),
)
_ENCODINGS = ("utf-16", "utf-16-be", "utf-8-sig", "cp1252", "latin-1", "utf-32", "cp037")
_DELIMITERS = (b",", b";", b"\t", b"|", b"^", b"  ")


@dataclass(frozen=True)
class Damaged:
    """A sample after damage: its name in the raw folder, its bytes, and the same before they were packed."""

    name: str
    content: bytes
    unpacked: bytes


def samples() -> list[str]:
    """The names of the sample files of all formats."""
    return sorted(path.name for path in SAMPLES.iterdir() if path.is_file())


def damaged(name: str, chance: random.Random, content: bytes | None = None) -> Damaged:
    """A sample (or another content under its name) with one to five faults, perhaps packed, perhaps hurt once more after that."""
    content = (SAMPLES / name).read_bytes() if content is None else content
    for _ in range(chance.randint(1, 5)):
        content = chance.choice(FAULTS)(content, chance)
    packing = chance.choice(PACKINGS)
    packed = _packed(name, content, packing)
    if packing != "plain" and chance.random() < 0.3:
        packed = chance.choice((_flip, _cut, _insert))(packed, chance)
    return Damaged(name if packing == "plain" else f"{name}.{packing}", packed, content)


def _packed(name: str, content: bytes, packing: str) -> bytes:
    if packing == "gz":
        return gzip.compress(content, mtime=0)
    if packing == "zip":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo(name), content)
        return out.getvalue()
    return content


def _at(content: bytes, chance: random.Random) -> int:
    return chance.randint(0, len(content))


def _flip(content: bytes, chance: random.Random) -> bytes:
    at = _at(content, chance)
    return content[:at] + bytes(b ^ (1 << chance.randint(0, 7)) for b in content[at : at + 1]) + content[at + 1 :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    at = _at(content, chance)
    return content[:at] if chance.random() < 0.5 else content[:at] + content[at + chance.randint(1, 40) :]


def _insert(content: bytes, chance: random.Random) -> bytes:
    at = _at(content, chance)
    return content[:at] + chance.choice(_PIECES) + content[at:]


def _replace_word(content: bytes, chance: random.Random) -> bytes:
    """A value, a name or a number gives way to something else."""
    words = list(re.finditer(rb"[\w.:/@ -]{1,60}", content))
    if not words:
        return content
    word = chance.choice(words)
    return content[: word.start()] + chance.choice((*_PIECES, chance.choice(words)[0])) + content[word.end() :]


def _lines(content: bytes, chance: random.Random) -> bytes:
    """Lines change places, come twice, are lost, are joined; the header may be among them."""
    lines = content.splitlines(keepends=True)
    if not lines:
        return content
    i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
    how = chance.randrange(4)
    if how == 0:
        lines[i], lines[j] = lines[j], lines[i]
    elif how == 1:
        lines.insert(i, lines[j])
    elif how == 2:
        del lines[i]
    else:
        lines[i] = lines[i].rstrip(b"\r\n")
    return b"".join(lines)


def _columns(content: bytes, chance: random.Random) -> bytes:
    """A column comes twice, is lost, changes places or is renamed, as when somebody worked on the file in a spreadsheet."""
    text = content.decode(errors="replace").replace("\0", "")
    delimiter = max(",;\t|", key=text.split("\n")[0].count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]
    except csv.Error:
        return content
    if not rows:
        return content
    i, j, how = chance.randrange(len(rows[0])), chance.randrange(len(rows[0])), chance.randrange(4)
    for number, row in enumerate(rows):
        if i < len(row) and j < len(row):
            if how == 0:
                row.insert(i, row[j])
            elif how == 1:
                del row[i]
            elif how == 2:
                row[i], row[j] = row[j], row[i]
            elif number == 0:
                row[i] = chance.choice(("", row[i].upper(), f" {row[i]} ", "Nom", "e-mail", row[j], "é\u202e", "x" * 300))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=chance.choice(("\n", "\r\n"))).writerows(rows)
    return out.getvalue().encode()


def _delimiters(content: bytes, chance: random.Random) -> bytes:
    old, new = chance.choice(_DELIMITERS[:4]), chance.choice(_DELIMITERS)
    return content.replace(old, new, chance.choice((-1, 1, 7)))


def _encoding(content: bytes, chance: random.Random) -> bytes:
    return content.decode(errors="replace").encode(chance.choice(_ENCODINGS), errors="replace")


def _json(content: bytes, chance: random.Random) -> bytes:
    """A value of the JSON becomes a list, an object, a text, nothing; or the whole is wrapped in one more list."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        lines = content.splitlines()
        if not lines or content[:1] != b"{":
            return content
        i = chance.randrange(len(lines))
        return b"\n".join([*lines[:i], _json(lines[i], chance) if len(lines) > 1 else lines[i], *lines[i + 1 :]])
    return json.dumps(_other(value, chance), ensure_ascii=chance.random() < 0.5).encode(errors="replace")


def _other(value: object, chance: random.Random) -> object:
    if isinstance(value, dict) and value and chance.random() < 0.8:
        key = chance.choice(list(value))
        if chance.random() < 0.2:
            return {**value, chance.choice(("", key.upper(), "email", "a.b", '"', "x" * 200)): value[key]}
        return {**value, key: _other(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        i = chance.randrange(len(value))
        return [*value[:i], _other(value[i], chance), *value[i + 1 :]]
    return chance.choice((None, True, [], {}, [value], {"a": value}, [[value]], "", "0", -1, 1e308, 10**30, str(value), [value] * 30))


def _repeat(content: bytes, chance: random.Random) -> bytes:
    return content * chance.choice((2, 3, 40)) if len(content) < 20_000 else content


FAULTS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(
        _flip,
        _cut,
        _insert,
        _insert,
        _replace_word,
        _replace_word,
        _lines,
        _lines,
        _columns,
        _columns,
        _delimiters,
        _encoding,
        _json,
        _json,
    ),
    _repeat,
)


def complaints(file: Damaged, folder: Path) -> list[str]:
    """What does not hold when this file is dropped and ingested twice in an empty house; nothing, or there is a fault."""
    config = keyed_config(folder)
    raw = config.raw_dir / file.name
    raw.write_bytes(file.content)
    before = {path for path in folder.rglob("*") if path.is_file()}
    try:
        records = ingest(config, [])
        again = ingest(config, [])
    except Exception:  # noqa: BLE001  whatever it is, it is the fault that is looked for
        return [traceback.format_exc(limit=-6)]
    found = [f"a second time: {b} after {a}" for a, b in zip(records, again, strict=False) if a != b]
    found += ["a second time: other files"] if len(records) != len(again) else []
    found += ["no file is known"] if not records else []
    found += ["the raw file was changed"] if raw.read_bytes() != file.content else []
    found += [f"written outside: {path}" for path in _outside(config, before)]
    return found + [fault for record in records for fault in _of_record(record, config)]


def _outside(config: Config, before: set[Path]) -> list[Path]:
    new = {path for path in config.data_dir.parent.rglob("*") if path.is_file()} - before
    return [path for path in new if not path.is_relative_to(config.lake_dir) and path.parent != config.quarantine_dir]


def _of_record(record: FileRecord, config: Config) -> list[str]:
    found = []
    if record.status != LOADED and (not record.message or record.rows_read):
        found.append(f"refused without a sentence, or with rows: {record}")
    if "Please report this" in record.message:
        found.append(record.message)
    kept = sum(len(pl.read_parquet(path)) for path in Lake(config).parquet(record)) if record.table and record.rows_loaded else 0
    if kept != record.rows_loaded:
        found.append(f"{record.rows_loaded} rows loaded, {kept} in the lake")
    quarantine = (config.quarantine_dir / record.quarantine).read_text(encoding="utf-8") if record.quarantine else ""
    if max(len(quarantine.splitlines()) - 1, 0) != record.rows_quarantined:
        found.append(f"{record.rows_quarantined} rows set aside, {len(quarantine.splitlines())} lines say why")
    said = (record.message, str(record.set_aside), quarantine)
    return found + [f"told: {text[:300]!r}" for text in said if PERSONAL.search(text) or UNPRINTABLE.search(text)]
