"""The portal, checked another way than reports: each page is what the manifests give, to the byte, and its figures are released ones.

A page of the portal counts figures and files, and no release explains such counts; so it is made again from the manifests and compared.
The only figures that it shows, shares of coverage and what has changed in a report, stand in the manifests and are looked for among the
released ones.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from analysis.checking.complaint import Complaint, leak
from analysis.config import Config
from analysis.reports.manifest import MANIFEST, read_manifest
from analysis.reports.portal import portal_pages

_AGAIN = "Run `cartable report` again."


def pages_of(config: Config) -> dict[str, str]:
    """SHA-256 of each page that the manifests give, by its path from the folder of reports; none where there is no manifest.

    Manifests that cannot be understood give none either: the pages are then looked into as any other file.
    """
    if not any(config.reports_dir.glob(f"*/{MANIFEST}")):
        return {}
    try:
        return {name: hashlib.sha256(content).hexdigest() for name, content in portal_pages(config).items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return {}


def unreleased(what: str, folder: Path, released: pl.DataFrame) -> Iterator[Complaint]:
    """A leak for each manifest that holds a share of coverage, or a figure that has changed, which no release explains.

    `released`: columns of `released.COLUMNS`.
    """
    shown = released.filter(pl.col("shown") & (pl.col("breakdown") == "all"))
    known = set(shown.select("uai", "period", "measure", "evidence", "value").iter_rows())
    for path in sorted(folder.glob(f"*/{MANIFEST}")):
        if not known.issuperset(_figures(path.parent)):
            yield leak(what, path.relative_to(folder).as_posix(), f"a share of coverage, or a change, that no release explains. {_AGAIN}")


def _figures(folder: Path) -> Iterator[tuple[Any, ...]]:
    """Place, period, measure, evidence and value of each."""
    yield from _changes(folder)
    for uai, figures in read_manifest(folder).get("figures", {}).items():
        for each in figures.get("coverage", []):
            yield uai, folder.name, each.get("measure"), each.get("evidence"), each.get("value")


def _changes(folder: Path) -> Iterator[tuple[Any, ...]]:
    for entry in read_manifest(folder).get("reports", []):
        for each in entry.get("changed", {}).get("figures", []):
            for value in (each["before"], each["now"]):
                if value is not None:
                    yield entry["uai"], folder.name, each["measure"], each["evidence"], value
