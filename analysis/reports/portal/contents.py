"""What the portal shows, read from the manifests: each place in each period with its reports, its coverage and what is withheld."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from analysis.errors import UserError
from analysis.period_names import parse_period
from analysis.reports.language import alphabetical
from analysis.reports.manifest import MANIFEST, read_manifest
from analysis.reports.published import TERRITORY

FORMATS = ("pdf", "html")  # in the order of their links
_ENDS = {"year": (7,), "trimester": (12, 3, 7), "stretch": (10, 12, 2, 4, 7)}  # the month in which the first, second... ends
_WIDEST_FIRST = ("year", "trimester", "stretch", "month")


@dataclass(frozen=True)
class Report:
    """One report that stands; `paths` are those of its files by format, from the folder of reports.

    `changed`: what it shows otherwise than the edition before, as the manifest has it.
    """

    kind: str
    lang: str
    topic: str
    produced_on: str
    paths: dict[str, str]
    changed: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Coverage:
    """A published share of tablet-days; `bound` is `at_most` or `at_least` where it is one, else empty."""

    measure: str
    evidence: str
    value: float
    bound: str


@dataclass(frozen=True)
class Chapter:
    """A school, or the territory, in a period. `withheld`: how many figures by reason."""

    uai: str
    period: str
    name: str
    commune: str
    is_invented: bool
    reports: tuple[Report, ...]
    shown: int = 0
    withheld: Counter[str] = field(default_factory=Counter)
    coverage: tuple[Coverage, ...] = ()

    @property
    def is_territory(self) -> bool:
        """Whether it is about all schools together."""
        return self.uai == TERRITORY


@dataclass(frozen=True)
class Contents:
    """Everything, period by period, the newest first: in each the territory, then the schools by name."""

    territory: str
    periods: dict[str, tuple[Chapter, ...]]

    @property
    def chapters(self) -> list[Chapter]:
        """All of them, the newest period first."""
        return [chapter for chapters in self.periods.values() for chapter in chapters]

    def places(self) -> list[list[Chapter]]:
        """The chapters of each place, the newest first; the territory, then the schools by the name that they bear now."""
        found: dict[str, list[Chapter]] = {}
        for chapter in self.chapters:
            found.setdefault(chapter.uai, []).append(chapter)
        return sorted(found.values(), key=lambda chapters: _order(chapters[0]))


def read_contents(reports_dir: Path, territory: str) -> Contents:
    """What the manifests of a folder of reports list and what stands there. A manifest that cannot be read counts as none."""
    folders = sorted((path.parent for path in reports_dir.glob(f"*/{MANIFEST}")), key=lambda path: _age(path.name), reverse=True)
    periods = {folder.name: _chapters(folder) for folder in folders}
    return Contents(territory, {name: chapters for name, chapters in periods.items() if chapters})


def _age(period: str) -> tuple[int, int, int, str]:
    """Later is greater: by the end of the period, then the wider one, which has more to say."""
    try:
        name = parse_period(period)
    except UserError:
        return (0, 0, 0, period)
    year, number = int(name.school_year[:4]), name.number or 1
    month = number if name.kind == "month" else _ENDS[name.kind][number - 1]
    return (year if month >= 8 else year + 1, month, -_WIDEST_FIRST.index(name.kind), period)


def _chapters(folder: Path) -> tuple[Chapter, ...]:
    manifest = read_manifest(folder)
    entries = sorted(manifest.get("reports", []), key=lambda entry: entry["uai"])
    figures = manifest.get("figures", {})
    found = [_chapter(folder, list(group), figures.get(uai, {})) for uai, group in groupby(entries, key=lambda entry: entry["uai"])]
    return tuple(sorted((chapter for chapter in found if chapter.reports), key=_order))


def _order(chapter: Chapter) -> tuple[bool, str, str]:
    return (not chapter.is_territory, alphabetical(chapter.name), chapter.uai)


def _chapter(folder: Path, entries: list[dict[str, Any]], figures: dict[str, Any]) -> Chapter:
    newest = max(entries, key=lambda entry: entry["produced_on"])
    reports = (_report(folder, entry) for entry in sorted(entries, key=lambda entry: (entry["kind"], entry["lang"] != "fr")))
    return Chapter(
        uai=newest["uai"],
        period=folder.name,
        name=newest["school"],
        commune=newest.get("commune", ""),  # what an older version wrote has none
        is_invented=any(entry["is_invented"] for entry in entries),
        reports=tuple(report for report in reports if report.paths),
        shown=sum(figures.get("shown", {}).values()),
        withheld=Counter(each["reason"] for each in figures.get("withheld", [])),
        coverage=tuple(Coverage(**each) for each in figures.get("coverage", [])),
    )


def _report(folder: Path, entry: dict[str, Any]) -> Report:
    stands = {file["format"]: file["path"] for file in entry["files"] if (folder / file["path"]).is_file()}
    paths = {name: f"{folder.name}/{stands[name]}" for name in FORMATS if name in stands}
    return Report(entry["kind"], entry["lang"], entry["topic"] or entry["kind"], entry["produced_on"], paths, entry.get("changed", {}))
