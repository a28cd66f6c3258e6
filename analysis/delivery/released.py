"""The reports that stand, as the manifests of their periods have them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.config import Config
from analysis.files import sha256_of
from analysis.foreign_text import label
from analysis.reports.manifest import MANIFEST, read_manifest
from analysis.reports.published import TERRITORY


@dataclass(frozen=True)
class File:
    """One file of a report, below the folder of reports, and its SHA-256."""

    path: Path
    sha256: str

    @property
    def stands(self) -> bool:
        """Whether it is there as it was made."""
        return self.path.is_file() and sha256_of(self.path) == self.sha256


@dataclass(frozen=True)
class Report:
    """A report that was made: on a school, or on the territory. `figures` is the fingerprint of those it shows; `files` go by format;
    `changed` says what differs from the edition with the figures `since`.
    """

    kind: str
    period: str
    lang: str
    uai: str
    school: str
    topic: str
    period_label: str
    produced_on: dt.date
    is_invented: bool
    figures: str
    files: dict[str, File]
    changed: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What makes it the same report, whatever its edition."""
        return f"{self.uai} {self.kind} {self.period} {self.lang}"

    @property
    def title(self) -> str:
        """Its topic as it begins a line."""
        return self.topic[:1].upper() + self.topic[1:]

    @property
    def is_of_a_school(self) -> bool:
        """Whether it is about one school."""
        return self.uai != TERRITORY


def released(config: Config) -> list[Report]:
    """Every report that the manifests list, the latest period first."""
    folders = sorted((path.parent for path in config.reports_dir.glob(f"*/{MANIFEST}")), reverse=True)
    return [report for folder in folders for report in _in_period(folder)]


def _in_period(folder: Path) -> Iterator[Report]:
    for entry in read_manifest(folder).get("reports", []):
        yield Report(
            kind=entry["kind"],
            period=folder.name,
            lang=entry["lang"],
            uai=entry["uai"],
            school=label(entry["school"]),
            topic=label(entry["topic"] or entry["kind"]),
            period_label=label(entry["period_label"] or folder.name),
            produced_on=dt.date.fromisoformat(entry["produced_on"]),
            is_invented=entry["is_invented"],
            figures=entry["inputs"]["published"],
            files=dict(_files(folder, entry)),
            changed=entry.get("changed", {}),
        )


def _files(folder: Path, entry: dict[str, Any]) -> Iterator[tuple[str, File]]:
    """The files of an entry that stand in the folder of what it is about: a manifest that says otherwise hands over nothing."""
    for file in entry["files"]:
        parts = PurePosixPath(file["path"]).parts
        if parts[0] == entry["uai"] and ".." not in parts:
            yield file["format"], File(folder / file["path"], file["sha256"])
