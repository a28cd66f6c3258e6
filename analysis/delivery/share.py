"""One folder for each school on a file share, `UAI - name`, with its reports as PDF and HTML and nothing of another school.

A file is written beside and renamed in; an edition that was replaced or withdrawn goes. What somebody else put there stays: which files are
Cartable's is kept in `data/deliveries/share.json`.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from analysis.config import Config
from analysis.delivery.handed import Handed
from analysis.delivery.released import File, Report
from analysis.errors import UserError
from analysis.files import sweep_beside, write_beside

_FORMATS = ("pdf", "html")
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]')  # for Windows, which most shares are read from
_SCHOOL = re.compile(r"\d{7}[A-Z]")
_LONGEST = 60  # characters of a school's name: old programs stop at 260 for a whole path


def share_out(config: Config, reports: Sequence[Report]) -> Handed:
    """Brings the folders up to date. Raises UserError where the share is not there: nothing is made in the place where it should be."""
    folder = config.share.folder
    if folder is None:
        return Handed("No folder is configured.")
    _refuse_place(folder, config)
    listed = config.deliveries.with_name("share.json")
    wanted = _wanted(reports)
    owned = _owned(listed)
    new = {name: file for name, file in wanted.items() if not _stands(folder / name, file, owned.get(name, ""))}
    if new:
        write_beside(listed, _listing(owned | dict.fromkeys(new, "")))  # before they are: a run that is killed leaves no file unknown
    for name, file in new.items():
        write_beside(folder / name, file.path.read_bytes())
    gone = sorted(owned.keys() - wanted.keys())
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    _remove_empty({(folder / name).parent for name in gone})
    if new or gone:
        write_beside(listed, _listing({name: file.sha256 for name, file in wanted.items()}))
    return Handed(f"Files in the folders of schools: {len(new)} new or replaced, {len(wanted) - len(new)} stood, {len(gone)} gone.")


def folder_name(uai: str, school: str) -> str:
    """The name of a school's folder, without what a file system of a share refuses."""
    plain = " ".join(_UNFIT.sub(" ", school).split())[:_LONGEST].rstrip(" .")
    return f"{uai} - {plain}" if plain else uai


def _refuse_place(folder: Path, config: Config) -> None:
    for own in (config.data_dir, config.reports_dir):
        if folder.is_relative_to(own) or own.is_relative_to(folder):
            raise UserError(f"cartable.toml, share.folder: {folder} holds {own.name}, or stands in it. Choose a folder apart.")
    if not folder.is_dir():
        raise UserError(
            f"cartable.toml, share.folder: {folder} is not there. Is the share mounted? If it is new, make the folder once by hand."
        )


def _wanted(reports: Sequence[Report]) -> dict[str, File]:
    """Where each file is to stand below the folder; a school has the name of its latest report."""
    names: dict[str, str] = {}
    found: dict[str, File] = {}
    for report in reports:
        if _SCHOOL.fullmatch(report.uai):
            place = names.setdefault(report.uai, folder_name(report.uai, report.school))
            files = [report.files[form] for form in _FORMATS if form in report.files]
            found |= {f"{place}/{report.period} {file.path.name}": file for file in files if file.path.is_file()}
    return found


def _stands(target: Path, file: File, written: str) -> bool:
    """By the hash that was written and the size that is there: hashing a whole share every night would take hours."""
    if written == file.sha256 and target.is_file() and target.stat().st_size == file.path.stat().st_size:
        return True
    return not file.stands  # changed by hand since it was made: it is not handed on


def _owned(listed: Path) -> dict[str, str]:
    try:
        found = json.loads(listed.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _listing(names: dict[str, str]) -> bytes:
    return json.dumps(names, ensure_ascii=False, indent=0, sort_keys=True).encode()


def _remove_empty(places: set[Path]) -> None:
    """The folders of a school that has another name now, or nothing any more, unless somebody put something there."""
    for place in sorted(places):
        if place.is_dir():
            sweep_beside(place, depth="")
            if not any(place.iterdir()):
                place.rmdir()
