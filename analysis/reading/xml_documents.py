"""The records of an XML file as documents: each child of the root becomes a flat object of its named values.

French directories (AAF) write `<attr name="ENTEleveNiveau"><value>...</value></attr>`; the name of a value is that of the nearest `attr`
around it, else that of its own element; `element` is the name of the child itself. Entities are refused: nothing in an export needs them,
and they can grow without end or read other files. So is what is not well-formed: where an XML stops making sense, the rest of it cannot be
trusted.
"""

import json
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

import duckdb

from analysis.errors import UserError
from analysis.reading.batches import insert_parts
from analysis.reading.raw_files import RawFile
from analysis.reading.splitting import Split, Unsplit

_CHUNK = 1 << 22  # the parser looks again at what it has of a token that has no end yet: in small pieces, that takes for ever


def read_xml_documents(file: RawFile, connection: duckdb.DuckDBPyConnection) -> None:
    """Fills `documents` (record, line, json). Raises UserError where the XML is damaged or declares entities."""
    connection.execute("CREATE OR REPLACE TEMP TABLE texts (record BIGINT, line BIGINT, text VARCHAR)")
    insert_parts(_documents(file), "texts", ["text"], connection)
    connection.execute("CREATE OR REPLACE TEMP TABLE documents AS SELECT record, line, text::JSON AS json FROM texts ORDER BY record")
    connection.execute("DROP TABLE texts")


def _documents(file: RawFile) -> Iterator[Split | Unsplit]:
    reading = _Reading()
    parser = reading.parser
    try:
        with file.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
                yield from reading.take()
            parser.Parse(b"", True)
            yield from reading.take()
    except _EntityError:
        raise UserError(
            f"{file.name}: the XML uses entities of its own, which no export needs. Ask whoever made it for a plain export."
        ) from None
    except expat.ExpatError as error:
        raise UserError(f"{file.name}, line {error.lineno}: the XML is damaged or stops before its end. Export or copy it again.") from None


class _EntityError(Exception):
    """The file declares an entity, or uses one that it does not declare."""


class _Reading:
    """Collects the values of one record after the other."""

    def __init__(self) -> None:
        # the file was decoded when it was opened: what its first line says of its encoding is over
        self.parser = expat.ParserCreate(encoding="utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.parser.SkippedEntityHandler = self._entity  # one that a DTD elsewhere would explain: the value around it is not known
        self._depth = 0
        self._names: list[str] = []
        self._words: list[str] = []
        self._has_children = False
        self._values: dict[str, list[str]] = {}
        self._line = 0
        self._done: list[Split] = []

    def take(self) -> list[Split]:
        """The records that ended since the last call."""
        done, self._done = self._done, []
        return done

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 2:
            self._values, self._names, self._line = {"element": [_local(tag)]}, [], self.parser.CurrentLineNumber
        elif self._depth > 2:
            self._names.append(attributes.get("name", self._names[-1] if self._names else ""))
        self._words, self._has_children = [], False

    def _text(self, words: str) -> None:
        self._words.append(words)

    def _end(self, tag: str) -> None:
        if self._depth > 2:
            value = "".join(self._words).strip()
            name = self._names.pop() or _local(tag)
            if value and not self._has_children:
                self._values.setdefault(name, []).append(value)
        elif self._depth == 2:
            flat = {name: values[0] if len(values) == 1 else values for name, values in self._values.items()}
            self._done.append(Split(self._line, [json.dumps(flat, ensure_ascii=False)]))
        self._depth -= 1
        self._words, self._has_children = [], True

    def _entity(self, *_: object) -> NoReturn:
        raise _EntityError


def _local(tag: str) -> str:
    """The name of an element without the prefix of its namespace."""
    return tag.rpartition(":")[2]
