"""`reports/<period>/manifest.json`: what each report was made from, with what, and which figures it shows or withholds.

A report is known by kind, school and language. Its `inputs` are hashes; a report whose inputs and files are unchanged is not made again.
"""

import json
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from analysis.files import sha256_of_all, write_beside
from analysis.reports.code import code_files

MANIFEST = "manifest.json"
Entry = dict[str, Any]
_TOOLS = (
    "cartable",
    "duckdb",
    "typst",
    "matplotlib",
    "papermill",
    "nbconvert",
    "babel",
    "font-source-sans-pro",
    "fonttools",
    "pypandoc-binary",
    "scipy",
)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a period's folder; empty if there is none or it cannot be read (the reports are then made again)."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def find_entry(manifest: dict[str, Any], kind: str, uai: str, lang: str) -> Entry:
    """What the manifest says of one report; empty if nothing."""
    wanted = [kind, uai, lang]
    return next((entry for entry in manifest.get("reports", []) if _key(entry) == wanted), {})


def write_manifest(folder: Path, entries: list[Entry], figures: dict[str, Any], published_sha256: str) -> None:
    """Puts the new entries in the place of the old ones of the same reports; other reports keep theirs. Nothing new, nothing written."""
    old = read_manifest(folder)
    new_keys = [_key(entry) for entry in entries]
    kept = [entry for entry in old.get("reports", []) if _key(entry) not in new_keys]
    manifest = {
        "period": folder.name,
        "versions": versions(),
        "published": {"sha256": published_sha256},
        "reports": sorted([*kept, *entries], key=_key),
        "figures": {**old.get("figures", {}), **figures},
    }
    if entries and manifest != old:
        write_beside(folder / MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


def versions() -> dict[str, str]:
    """The versions of what makes reports."""
    return {"python": platform.python_version(), **{name: version(name) for name in _TOOLS}}


@cache
def code_sha256() -> str:
    """SHA-256 of the code, templates and words that shape a report: a change in one remakes all."""
    return sha256_of_all(code_files(), start=json.dumps(versions()))


def _key(entry: Entry) -> list[str]:
    return [entry["kind"], entry["uai"], entry["lang"]]
