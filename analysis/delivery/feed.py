"""`reports/feed.xml`: the reports that stand as an Atom feed (RFC 4287), for whoever follows them."""

import uuid
from collections.abc import Sequence
from urllib.parse import quote
from xml.etree import ElementTree as ET

from analysis.config import Config
from analysis.delivery.handed import Handed
from analysis.delivery.released import Report
from analysis.files import write_beside
from analysis.foreign_text import label
from analysis.reports.language import Language
from analysis.reports.published import TERRITORY

ATOM = "http://www.w3.org/2005/Atom"
NAME = "feed.xml"
_MOST = 1000  # entries: the latest; a feed is for what is new
_OURS = uuid.UUID("6c1d3f0e-3f5b-5a53-9f0e-0c6f6a7b8c1d")  # the names of this feed's entries are made under it: never change it
_TYPES = {"html": "text/html", "pdf": "application/pdf"}


def write_feed(config: Config, reports: Sequence[Report]) -> Handed:
    """Writes the feed beside the reports, unless it stands as it is. An entry keeps its id when its report is made anew."""
    linked = [report for report in reports if any(form in report.files and report.files[form].path.is_file() for form in _TYPES)]
    latest = sorted(linked, key=lambda report: (report.produced_on, report.period, report.name), reverse=True)[:_MOST]
    ET.register_namespace("", ATOM)
    content = ET.tostring(_feed(config, latest), encoding="utf-8", xml_declaration=True)
    path = config.reports_dir / NAME
    if not path.is_file() or path.read_bytes() != content:
        write_beside(path, content)
    return Handed(f"The feed lists {len(latest)} reports.")


def _feed(config: Config, reports: Sequence[Report]) -> ET.Element:
    language = Language(config.language)
    feed = ET.Element(_tag("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": config.language})
    territory = label(config.territory)
    _add(feed, "title", language.say("{territory} : rapports sur les tablettes", territory=territory))
    _add(feed, "id", _urn(f"feed {config.territory}"))
    _add(feed, "updated", _instant(reports[0]) if reports else "1970-01-01T00:00:00Z")
    _add(_add(feed, "author"), "name", territory)
    _add(feed, "link", rel="self", href=NAME, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href="index.html", type="text/html")
    for report in reports:
        _add_entry(feed, report, config)
    return feed


def _add_entry(feed: ET.Element, report: Report, config: Config) -> None:
    entry = _add(feed, "entry")
    place = label(config.territory) if report.uai == TERRITORY else report.school
    mark = f" ({Language(report.lang).say('DONNÉES INVENTÉES')})" if report.is_invented else ""
    _add(entry, "title", f"{place} · {report.title} · {report.period_label}{mark}")
    _add(entry, "id", _urn(report.name if report.is_of_a_school else f"{config.territory} {report.name}"))
    _add(entry, "updated", _instant(report))
    forms = [form for form in _TYPES if form in report.files and report.files[form].path.is_file()]
    for form, rel in zip(forms, ("alternate", "related"), strict=False):
        path = report.files[form].path.relative_to(config.reports_dir).as_posix()
        _add(entry, "link", rel=rel, href=quote(path), type=_TYPES[form], hreflang=report.lang)
    _add(entry, "summary", f"{report.title}, {place}, {report.period_label}")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, _tag(name), attributes)
    child.text = text or None
    return child


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _instant(report: Report) -> str:
    return f"{report.produced_on.isoformat()}T00:00:00Z"


def _urn(name: str) -> str:
    return uuid.uuid5(_OURS, name).urn
