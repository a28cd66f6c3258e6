"""Everything under the folder of reports, opened: does it hold a key, an identifier, a row about a person, or a figure never released?

Read are PDF (text, alternative texts, metadata, attachments), HTML (words, attributes, SVG, comments, scripts), executed notebooks
(sources, every output, metadata, attachments), the manifests, the pages of the portal, and the names of files and folders.

What it cannot see:
- a foreign figure that by chance is a released one of the same kind, in the same kind of report on the same place and period. Numbers of
  1 to 10 pupils are never among these. In the demonstration's trimester, what is noticed of all whole percents is six in ten for a report
  on use, five for equity, four or five for adoption, one or two for the territory, which has most figures; of minutes up to an hour, seven
  in ten and five; of bare numbers up to a hundred, one in five and almost none;
- a number in letters ("trois sur dix"), in a date, evenly spaced beside others like the marks of an axis, or static in our own prose;
- numbers without a unit in the report on data quality, which count files and rows;
- what is in a picture made of points, in a code other than base64, or encrypted: such a file is refused for that, unless the picture is
  the town's logo, which is recognised;
- a person's name in running text; a table is known by its headings and its first column;
- lengths and positions in a drawing. Our figures are given released values only (`tests/checking/test_drawings.py` makes the same
  report, byte for byte, from a warehouse that has nothing else), and a file that was changed after it was made is told by its hash.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from analysis.checking import portal
from analysis.checking.complaint import Complaint, leak
from analysis.checking.permitted import Permitted, Place
from analysis.checking.persons import People
from analysis.checking.read_html import read_html
from analysis.checking.read_notebook import read_notebook
from analysis.checking.read_pdf import read_pdf
from analysis.checking.reading import Reading
from analysis.config import Config
from analysis.files import sha256_of
from analysis.reports.manifest import MANIFEST, read_manifest

WHAT = "outputs"
_OURS = frozenset({"index.html", "index.en.html", "README.md", "bench/bench.json"})  # besides what the manifests list
_MANY = 200  # files: fewer are read sooner than two more processes start
_PICTURE = "a picture made of points that is not the logo of cartable.toml"
_NONE: Mapping[str, str] = MappingProxyType({})
_KEPT: dict[str, Any] = {}
_AGAIN = "Run `cartable report` for it again."
_TAKE_AWAY = "Take it away, and look for what put it there."


def outputs(config: Config, released: pl.DataFrame, jobs: int = 2) -> list[Complaint]:
    """Every fault of every file; `released` are all figures ever released, with the columns of `released.COLUMNS`.

    Many files are shared among `jobs` processes: reading them is work for the processor, and pdfium does not bear threads.
    """
    paths = sorted(path for path in config.reports_dir.rglob("*") if path.is_file())
    permitted = Permitted(config, released)
    people = People(config, permitted.school_names)
    pages = portal.pages_of(config)
    if jobs > 1 and len(paths) > _MANY:
        found = _shared(paths, config, released, pages, jobs)
    else:
        found = faults_of(paths, config.reports_dir, permitted, people, pages)
    if people.has_no_key:
        said = "the pseudonym key is not at hand: raw identifiers were not looked for. Give the key."
        found.append(Complaint(WHAT, config.reports_dir.name, said))
    return [*_absent(config.reports_dir), *found, *portal.unreleased(WHAT, config.reports_dir, released)]


def faults_of(paths: list[Path], folder: Path, permitted: Permitted, people: People, pages: Mapping[str, str] = _NONE) -> list[Complaint]:
    """The faults of some files of a folder of reports, when it is known what they may show and whom they may not.

    `pages`: SHA-256 of the pages of the portal as the manifests give them.
    """
    known = {**_listed(folder), **pages}
    return [
        complaint
        for path in paths
        for complaint in _of_file(path, folder, known, permitted, people, path.relative_to(folder).as_posix() in pages)
    ]


def _shared(paths: list[Path], config: Config, released: pl.DataFrame, pages: Mapping[str, str], jobs: int) -> list[Complaint]:
    """One folder at a time to each process: its reports share their sentences."""
    parts = [list(part) for _, part in groupby(paths, lambda path: path.relative_to(config.reports_dir).parts[:-1][:2])]
    # a process that is forked would inherit threads that no longer run
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (config, released, pages)) as pool:
        return [complaint for found in pool.map(_of_part, parts) for complaint in found]


def _begin(config: Config, released: pl.DataFrame, pages: Mapping[str, str]) -> None:
    """What a process keeps for all folders that it is given."""
    permitted = Permitted(config, released)
    _KEPT.update(folder=config.reports_dir, permitted=permitted, people=People(config, permitted.school_names), pages=pages)


def _of_part(paths: list[Path]) -> list[Complaint]:
    return faults_of(paths, **_KEPT)


def _absent(folder: Path) -> list[Complaint]:
    names = [name for name in _listed(folder) if not (folder / name).is_file()]
    return [Complaint(WHAT, name, f"the manifest lists it and it is not there. {_AGAIN}") for name in names]


def _listed(folder: Path) -> dict[str, str]:
    """The files that the manifests list, from the folder of reports, with their SHA-256."""
    periods = sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))
    entries = [(period, entry) for period in periods for entry in read_manifest(period).get("reports", [])]
    return {f"{period.name}/{file['path']}": file["sha256"] for period, entry in entries for file in entry["files"]}


def _of_file(
    path: Path, folder: Path, known: dict[str, str], permitted: Permitted, people: People, is_of_portal: bool
) -> Iterator[Complaint]:
    name = path.relative_to(folder).as_posix()
    where = name if not people.shows_in(name) else f"{folder.name}, a file with a name that is not repeated here"
    if where != name:
        yield leak(WHAT, where, f"its name or that of its folder points at a person. {_TAKE_AWAY}")
    elif name not in known and name not in _OURS and path.name != MANIFEST:
        yield Complaint(WHAT, where, f"no manifest lists it. {_TAKE_AWAY}")
    elif name in known and sha256_of(path) != known[name]:
        yield Complaint(WHAT, where, f"it was changed after it was made. {_AGAIN}")
    reading = _read(path)
    if reading is None:
        yield leak(WHAT, where, f"it is of a kind that no report has, or broken, and nobody knows what it shows. {_TAKE_AWAY}")
        return
    is_as_made = is_of_portal and sha256_of(path) == known[name]  # then its script is ours, and its counts are those of the manifests
    unknown = [(place, _PICTURE) for place, sha256 in reading.pictures if sha256 not in permitted.pictures]
    closed = [] if is_as_made else [*reading.closed, *unknown]
    yield from (leak(WHAT, f"{where}, {place}", f"{what}: it cannot be looked into. {_AGAIN}") for place, what in closed)
    yield from (
        leak(WHAT, f"{where}, {place}", f"{what} stands there. {_AGAIN}") for place, what in dict.fromkeys(people.found_in(reading))
    )
    if not is_as_made:
        yield from _foreign_figures(reading, where, permitted, _place_of(name))


def _foreign_figures(reading: Reading, where: str, permitted: Permitted, place: Place) -> Iterator[Complaint]:
    counts = Counter((p.where, kind) for p in reading.passages for kind in permitted.unexplained(p.text, place, p.words))
    for (part, kind), times in counts.items():
        what = "a figure" if times == 1 else f"{times} figures"
        sentence = (
            f"{what} ({kind}) that no release explains. Find out where it comes from; if it is a released one, check its period and school."
        )
        yield leak(WHAT, f"{where}, {part}", sentence)


def _place_of(name: str) -> Place:
    """`2025-T1/9980001C/notebooks/usage.en.ipynb` -> that period, that school, `usage`, `en`."""
    period, uai, *rest = [*name.split("/"), ""] if name.count("/") > 1 else ["", ""]
    kind, *endings = rest[-2].split(".") if rest else [""]
    return Place(period, uai, kind, "en" if "en" in endings[:-1] else "fr")


def _read(path: Path) -> Reading | None:
    """What a file says; None for one of another kind or one that is broken."""
    reader = _READERS.get(path.suffix)
    try:
        return reader(path) if reader else None
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError, OSError):  # what parsers raise for a broken file
        return None


def _text_file(path: Path) -> Reading:
    reading = Reading()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        reading.say(f"line {number}", line, words=False)
    return reading


_READERS: dict[str, Callable[[Path], Reading]] = {
    ".pdf": lambda path: read_pdf(path.read_bytes()),
    ".html": lambda path: read_html(path.read_text(encoding="utf-8")),
    ".ipynb": lambda path: read_notebook(path.read_text(encoding="utf-8")),
    ".json": _text_file,
    ".md": _text_file,
}
