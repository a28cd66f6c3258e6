"""Raw files at paths that the engine takes for one file, whatever they are called."""

import re
from dataclasses import replace
from pathlib import Path

from analysis.reading.raw_files import RawFile

# the engine takes * ? [ ] for a pattern: `[a].csv` would be read from `a.csv`; and it wants UTF-8, which a name on disk need not be
_PLAIN = re.compile(r"[\w./: \\-]*", re.ASCII)


def at_a_plain_path(file: RawFile, staging: Path) -> RawFile:
    """The same file; where its path has a meaning to the engine, at a link in `staging`, which the caller removes."""
    if _PLAIN.fullmatch(file.path.as_posix()):
        return file
    link = staging / f"{len(list(staging.iterdir()))}.link"
    link.symlink_to(file.path.resolve())
    return replace(file, path=link)
