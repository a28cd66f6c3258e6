"""What a file would be read as and why, without keeping anything of it: `cartable sources FILE`."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Config
from analysis.engine import new_connection
from analysis.errors import UserError
from analysis.reading.archives import open_dropped
from analysis.reading.dropped import Dropped, find_dropped
from analysis.reading.identifier_gate import identifiers_in
from analysis.reading.path_facts import path_facts
from analysis.reading.plain_paths import at_a_plain_path
from analysis.reading.raw_files import RawFile
from analysis.reading.recognise import Match, NoRecordError, best_of, explain
from analysis.sources import MELTED, Source

_NEAREST = 3
_FACTS = {"uai": "the school", "school_year": "the school year", "file_stem": "the name of the file"}


@dataclass(frozen=True)
class Explanation:
    """What one file would be read as: the source's name (empty when nothing recognises it), a sentence, and what follows from it."""

    file: str
    source: str
    sentence: str
    details: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentence, and the details on lines of their own."""
        return "\n".join([self.sentence, *(f"  {detail}" for detail in self.details)])


def explain_file(path: Path, config: Config) -> list[Explanation]:
    """What the file, or each member of the archive, would be read as. Nothing is kept. Raises UserError when there is no such file."""
    with tempfile.TemporaryDirectory() as staging:
        dropped = find_dropped([path], path.parent.resolve())
        return [_explained(file, d, config, Path(staging)) for d in dropped for file in open_dropped(d, Path(staging), config)]


def _explained(file: RawFile | UserError, dropped: Dropped, config: Config, staging: Path) -> Explanation:
    if isinstance(file, UserError):
        return Explanation("", "", str(file))
    file = at_a_plain_path(file, staging)
    with new_connection(config, staging) as connection:
        try:
            matches = explain(file, connection)
            best = best_of(matches, file, connection)
        except NoRecordError as error:
            return Explanation(file.name, "", str(error))
        except UserError as error:
            return Explanation(file.name, "", str(error), tuple(_nearest(matches)))
    source = best.source
    if source.nothing:
        return Explanation(file.name, "", f"{file.name}: {source.title}. {source.nothing}")
    if source.unused:
        return Explanation(file.name, source.name, f"{file.name}: {source.title}. {source.unused}")
    why = "its lines have that form" if source.line else f"it has the columns {', '.join(source.needs)}"
    sentence = f"{file.name}: read as “{source.title}”, because {why}. It gives {source.gives}."
    return Explanation(file.name, source.name, sentence, tuple(_details(best, file, dropped)))


def _nearest(matches: list[Match]) -> list[str]:
    """The nearest formats after the first, which the sentence names already."""
    near = [m for m in matches if m.missing and m.found][1:_NEAREST]
    return [f"then “{m.source.title}”, without {', '.join(m.missing)}" for m in near]


def _details(match: Match, file: RawFile, dropped: Dropped) -> list[str]:
    source, present = match.source, match.present
    pseudonyms = {raw for part in (source, *source.parts) for _, raw, _ in part.keys}
    read = [
        f"{name} (as a pseudonym)" if name in pseudonyms else name
        for name in source.takes
        if name in present or source.line or _inner(name, source)
    ]
    unknown = [name for name in present if name not in {*source.takes, *source.drops, *MELTED, source.explode.split(".")[0]}]
    facts = path_facts(file.name, dropped)
    rows = {
        "fills": [source.fills, *(part.fills for part in source.parts)],
        "reads": read,
        "never keeps": sorted(present & source.drops),
        "does not know, and looks at for personal values before it leaves them": _shown(unknown, source),
        "lacks, which it may": [name for name in source.may if name not in present and not source.line and not _inner(name, source)],
        "takes from the path": [f"{_FACTS[fact]}: {facts[fact] or 'not told'}" for fact in source.by_path],
    }
    return [f"{what}: {', '.join(names)}" for what, names in rows.items() if names]


def _inner(name: str, source: Source) -> bool:
    return bool(source.explode) and name.startswith(source.explode.split(".")[0] + ".")


def _shown(names: list[str], source: Source) -> list[str]:
    # where a line of values stands for a header, the name of a column is a value
    return sorted("(a value, not shown)" if identifiers_in([name]) else name for name in names if not source.is_melted(name))
