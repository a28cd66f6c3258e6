"""Where each page of the portal stands, from the folder of reports: `index.html`, `portal/school-9980001C.en.html`."""

from urllib.parse import quote

from analysis.reports.published import TERRITORY

FOLDER = "portal"
METHOD = f"{FOLDER}/method"


def of_index(lang: str) -> str:
    """The first page."""
    return _in("index", lang)


def of_method(lang: str) -> str:
    """How figures are made and protected."""
    return _in(METHOD, lang)


def of_place(uai: str, lang: str) -> str:
    """A school's page, or the territory's."""
    return _in(f"{FOLDER}/territory" if uai == TERRITORY else f"{FOLDER}/school-{quote(uai, safe='')}", lang)


def of_period(period: str, lang: str) -> str:
    """A period's page."""
    return _in(f"{FOLDER}/period-{quote(period, safe='')}", lang)


def link(address: str, page: str) -> str:
    """The link to an address (a path from the folder of reports) on a page, which may stand in the folder of the portal."""
    return quote(f"../{address}" if page.startswith(f"{FOLDER}/") else address)


def _in(stem: str, lang: str) -> str:
    return f"{stem}.html" if lang == "fr" else f"{stem}.{lang}.html"
