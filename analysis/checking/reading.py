"""What a reader finds in a file that leaves: passages of words, tables, strings that machines read, and what cannot be looked into."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Passage:
    """Some text and where it stands. In `words` every number must be explained; elsewhere (code) only a number with a unit."""

    where: str
    text: str
    words: bool = True


@dataclass(frozen=True)
class SeenTable:
    """A table: where it stands, its headings, and the first cell of each of its rows."""

    where: str
    headings: tuple[str, ...]
    names: tuple[str, ...]


@dataclass
class Reading:
    """All that one file says. `raw` are strings in which keys and identifiers are looked for, `closed` are (where, what cannot be read),
    `pictures` are (where, SHA-256 of its points or its file): they cannot be read either, but a known one can be recognised.
    """

    passages: list[Passage] = field(default_factory=list)
    raw: list[Passage] = field(default_factory=list)
    tables: list[SeenTable] = field(default_factory=list)
    closed: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)

    def say(self, where: str, text: str, words: bool = True) -> None:
        """Adds a passage, unless it is blank."""
        if text.strip():
            self.passages.append(Passage(where, text, words))
            self.raw.append(Passage(where, text))

    def add(self, other: "Reading", where: str) -> None:
        """Adds what stands inside a part of the file, such as an output of a notebook."""
        self.passages += [Passage(f"{where}, {each.where}", each.text, each.words) for each in other.passages]
        self.raw += [Passage(f"{where}, {each.where}", each.text) for each in other.raw]
        self.tables += [SeenTable(f"{where}, {each.where}", each.headings, each.names) for each in other.tables]
        self.closed += [(f"{where}, {place}", what) for place, what in other.closed]
        self.pictures += [(f"{where}, {place}", sha256) for place, sha256 in other.pictures]


def strings_in(value: object) -> Iterator[str]:
    """Every text and number of a JSON value as text, names included."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield str(name)
            yield from strings_in(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for inner in value:
            yield from strings_in(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
