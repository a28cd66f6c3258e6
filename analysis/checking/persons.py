"""What points at a person in the texts and tables of a report: pseudonyms, raw identifiers of the lake's people, direct identifiers,
rows about persons.

A raw identifier is known by its pseudonym: each word of a text is keyed and looked for among the keys of the lake, so that no list of
identifiers is read or kept. Without the pseudonym key this part is left out, and a complaint says so.
"""

import re
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from analysis.checking.numbers import plain
from analysis.checking.reading import Passage, Reading, SeenTable
from analysis.config import Config
from analysis.engine import new_connection, quoted
from analysis.errors import UserError
from analysis.lake import Lake
from analysis.pseudonyms import PSEUDONYM, Pseudonyms, load_pseudonyms
from analysis.reading.identifier_gate import MAY_HOLD_ONE, identifiers_in, look_like_person_names, suspicious_name
from analysis.tables import load_tables

_LENGTH = 26
_PSEUDONYM = re.compile(rf"(?<![a-z0-9]){PSEUDONYM}(?![a-z0-9])")
_LONG_ENOUGH = re.compile(rf"[a-z2-7]{{{_LENGTH},}}")
_GAPS = re.compile(r"[\s\u00ad-]+")  # where a page breaks a long word
_WORD = re.compile(r"[\w.@+-]{5,64}")
_MAY_IDENTIFY = re.compile(r"[\d_@]|\w\.\w")  # a plain word may be somebody's login and is a word all the same
_MAY_HOLD_ONE = re.compile(MAY_HOLD_ONE)
_DECIMAL = re.compile(r"\d+\.\d+")
_DECIMALS = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])")  # a drawing has thousands
_KEY_COLUMN = re.compile(r"(?:person|device|class|pupil|student)_?(?:key|id)|.*_key", re.IGNORECASE)
_ONE_PERSON = re.compile(r"(?:élève|eleve|pupil|student|enfant|child)\s*(?:n°|no\.?|#)?\s*\d+", re.IGNORECASE)
_MOST_ROWS = 100  # beyond those named after a school; the longest table of a year has 40
_DOMAINS = ("person", "device", "class")
_REMEMBERED = 20_000  # texts: the same sentences stand in page, PDF and notebook


class People:
    """The people of a lake, as keys: what no report may hold."""

    def __init__(self, config: Config, school_names: frozenset[str]) -> None:
        self._keys, self._allowed, self._schools = _keys_of(config), config.contact, school_names
        self._pseudonyms = _pseudonyms_of(config) if self._keys else None
        self._is_raw = lru_cache(_REMEMBERED)(self._names_somebody)
        self._in_text = lru_cache(_REMEMBERED)(self._found_in)

    @property
    def has_no_key(self) -> bool:
        """Whether raw identifiers cannot be looked for, for want of the pseudonym key."""
        return bool(self._keys) and self._pseudonyms is None

    def found_in(self, reading: Reading) -> Iterator[tuple[str, str]]:
        """Where and what points at a person, as the end of a sentence; the value itself is in neither."""
        for passage in reading.raw:
            for what in self._in_text(passage.text):
                yield from ((place, what) for place in self._lines(passage, what))
        for table in reading.tables:
            if why := self._of_table(table):
                yield table.where, why

    def shows_in(self, text: str) -> bool:
        """Whether a short text, such as the name of a file, points at a person."""
        return bool(self._in_text(text))

    def _lines(self, passage: Passage, what: str) -> list[str]:
        """Where in a long text it stands; the text as a whole when it runs over lines."""
        lines = passage.text.splitlines()
        found = [f"{passage.where}, line {n}" for n, line in enumerate(lines, 1) if len(lines) > 1 and what in self._in_text(line)]
        return found or [passage.where]

    def _found_in(self, text: str) -> tuple[str, ...]:
        lowered = text.lower()
        found = []
        if self._holds_key(lowered) or self._holds_key(_GAPS.sub("", lowered)):
            found.append("a pseudonym of the lake")
        elif _PSEUDONYM.search(lowered):
            found.append("26 letters and digits that look like a pseudonym")
        without = text.replace(self._allowed, " ") if self._allowed else text
        words = {word.strip(".-+") for word in _WORD.findall(without)}
        if kind := identifiers_in(_suspects(without)):
            found.append(kind)
        if any(self._is_raw(word) for word in words if _MAY_IDENTIFY.search(word) and not _DECIMAL.fullmatch(word)):
            found.append("the identifier of a person, a device or a class as the exports write it")
        return tuple(found)

    def _holds_key(self, lowered: str) -> bool:
        """A key anywhere, also inside a longer word."""
        runs = (run[0] for run in _LONG_ENOUGH.finditer(lowered))
        return any(run[i : i + _LENGTH] in self._keys for run in runs for i in range(len(run) - _LENGTH + 1))

    def _names_somebody(self, word: str) -> bool:
        return self._pseudonyms is not None and any(self._pseudonyms.of(domain, word) in self._keys for domain in _DOMAINS)

    def _of_table(self, table: SeenTable) -> str:
        if any(_KEY_COLUMN.fullmatch(heading.strip()) for heading in table.headings):
            return "a table with a column of keys"
        if any(suspicious_name(heading) for heading in table.headings):
            return "a table with a column of names or identifiers"
        names = [name for name in (plain(name, "fr") for name in table.names) if name not in self._schools]
        if look_like_person_names(names) or sum(bool(_ONE_PERSON.fullmatch(name)) for name in names) > 1:
            return "a table with a row for each person"
        return "a table longer than any that a report makes" if len(names) > _MOST_ROWS else ""


def _suspects(text: str) -> Iterator[str]:
    """The lines that may hold a direct identifier, and their words one by one, for some are known only alone."""
    text, line = _DECIMALS.sub("0", text) + "\n", ""
    for found in _MAY_HOLD_ONE.finditer(text):
        before, line = line, text[text.rfind("\n", 0, found.start()) + 1 : text.find("\n", found.end())]
        if line != before:
            yield from (line, *(word.strip(".-+") for word in _WORD.findall(line)))


def _keys_of(config: Config) -> frozenset[str]:
    """Every pseudonym that stands in the lake."""
    lake, keys = Lake(config), set()
    with tempfile.TemporaryDirectory(prefix="cartable-check-") as spill, new_connection(config, Path(spill)) as connection:
        for table in load_tables().values():
            files = [str(path) for record in lake.loaded(table.name) for path in lake.parquet(record) if path.is_file()]
            for column in [column for column in table.columns if column.pseudonym] if files else []:
                rows = f"SELECT DISTINCT {quoted(column.name)} FROM read_parquet({files!r}, hive_partitioning = false)"
                keys |= {key for (key,) in connection.execute(rows).fetchall() if key}
    return frozenset(keys)


def _pseudonyms_of(config: Config) -> Pseudonyms | None:
    """The pseudonyms under the key that the lake was written with; None when it is not at hand."""
    if not (config.lake_dir / "key-fingerprint").is_file():
        return None  # asking for a key here would make one
    try:
        return load_pseudonyms(config)
    except UserError:
        return None
