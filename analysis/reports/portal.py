"""`reports/index.html`: every report that stands, period by period, the territory first, then school by school, read from the manifests."""

import datetime as dt
from pathlib import Path
from typing import Any

from analysis.calendar import parse_period
from analysis.config import Config
from analysis.errors import UserError
from analysis.files import write_beside
from analysis.reports.language import Language, alphabetical
from analysis.reports.manifest import MANIFEST, read_manifest
from analysis.reports.page import filled
from analysis.reports.published import TERRITORY
from analysis.reports.sentences.periods import short_label

_FORMATS = {"pdf": "PDF", "html": "page web"}
_LANGUAGES = {"fr": "", "en": " (en anglais)"}


def write_portal(config: Config) -> Path:
    """Writes the page of links, in French, and gives its path. Only files that stand are linked."""
    periods = [_period(path.parent) for path in sorted(config.reports_dir.glob(f"*/{MANIFEST}"), reverse=True)]
    is_invented = any(report["is_invented"] for period in periods for place in period["places"] for report in place["reports"])
    path = config.reports_dir / "index.html"
    page = filled("portal.html.j2", territory=config.territory, periods=periods, is_invented=is_invented, of_all=TERRITORY).encode()
    if not path.is_file() or path.read_bytes() != page:
        write_beside(path, page)
    return path


def _period(folder: Path) -> dict[str, Any]:
    entries = sorted(read_manifest(folder).get("reports", []), key=lambda entry: (entry["kind"], entry["lang"] != "fr", entry["lang"]))
    label = next((entry["period_label"] for entry in entries if entry["lang"] == "fr" and entry["period_label"]), _label(folder.name))
    names = {entry["uai"]: entry["school"] for entry in entries}
    places = sorted(names, key=lambda uai: (uai != TERRITORY, alphabetical(names[uai]), uai))
    rows = [{"name": names[uai], "uai": uai, "reports": [_report(e, folder) for e in entries if e["uai"] == uai]} for uai in places]
    return {"label": label, "places": rows}


def _label(period: str) -> str:
    """The period in French words, where no French report stands to say them."""
    try:
        name = parse_period(period)
    except UserError:
        return period
    named = {"kind": name.kind, "school_year": name.school_year, "period": period}
    first = dt.date.fromisoformat(f"{period}-01") if name.kind == "month" else None
    return short_label(Language("fr"), {**named, "from_date": first})


def _report(entry: dict[str, Any], folder: Path) -> dict[str, Any]:
    topic = entry["topic"] or entry["kind"]
    files = [file for file in entry["files"] if file["format"] in _FORMATS and (folder / file["path"]).is_file()]
    links = [{"label": _FORMATS[file["format"]], "path": f"{folder.name}/{file['path']}"} for file in files]
    return {"title": topic[:1].upper() + topic[1:] + _LANGUAGES[entry["lang"]], "links": links, "is_invented": entry["is_invented"]}
