"""The pages of the portal, laid out and written: the first page, one for each place and each period, one on method, in each language.

A page names the hashes of its own style and script in its Content-Security-Policy: nothing else may act on it, and nothing may be fetched.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

from markupsafe import Markup

from analysis.config import Config
from analysis.files import write_together
from analysis.reports.language import LANGUAGES, Language
from analysis.reports.page import rendered
from analysis.reports.portal import addresses
from analysis.reports.portal.contents import Chapter, Contents, read_contents
from analysis.reports.portal.views import Shown, Views
from analysis.reports.sentences import portal as said

_HERE = Path(__file__).parent
_STYLES = (_HERE.parent / "page.css", _HERE / "portal.css")
_HTML_LANG = {"fr": "fr-FR", "en": "en-GB"}
_NAMES = {"fr": "Français", "en": "English"}
_SEARCHED = ("index", "period")  # the pages with a list to search
_OPEN_UP_TO = 30  # schools: a list that needs no search stands open
Address = Callable[[str], str]  # of a page, by its language


def write_portal(config: Config) -> Path:
    """Writes every page that has changed, removes those of places and periods without a report; the path of the first page."""
    pages = {config.reports_dir / name: content for name, content in portal_pages(config).items()}
    write_together({path: content for path, content in pages.items() if not path.is_file() or path.read_bytes() != content})
    for old in set((config.reports_dir / addresses.FOLDER).glob("*.html")) - set(pages):
        old.unlink()
    return config.reports_dir / addresses.of_index("fr")


def portal_pages(config: Config) -> dict[str, bytes]:
    """Every page by its path from the folder of reports. The same manifests and files give the same bytes."""
    contents = read_contents(config.reports_dir, config.territory)
    found = dict[str, bytes]()
    for lang in LANGUAGES:
        for template, address, values in _pages(contents):
            views = Views(contents, config, lang, address(lang))
            found[address(lang)] = _laid_out(template, address, views, values(views)).encode()
    return found


def _pages(contents: Contents) -> Iterator[tuple[str, Address, Callable[[Views], Shown]]]:
    """Each page: its template, its address, and what the template is given."""
    yield "index", addresses.of_index, _index
    yield "method", addresses.of_method, _method
    for period in contents.periods:
        yield "period", partial(addresses.of_period, period), partial(_period, period)
    for chapters in contents.places():
        yield "place", partial(addresses.of_place, chapters[0].uai), partial(_place, chapters)


def _index(views: Views) -> Shown:
    new, older = views.news()
    newest = next(iter(views.contents.periods), None)
    return {
        "is_invented": any(chapter.is_invented for chapter in views.contents.chapters),
        "schools": views.places(),
        "is_open": len(views.places()) <= _OPEN_UP_TO,
        "new": new,
        "older": older,
        "periods": views.periods(),
        "newest": views.period(newest) if newest else None,
    }


def _method(views: Views) -> Shown:
    return {
        "is_invented": any(chapter.is_invented for chapter in views.contents.chapters),
        "parts_of_method": views.method(),
        "reasons": views.reasons(),
    }


def _period(period: str, views: Views) -> Shown:
    return {"is_invented": any(chapter.is_invented for chapter in views.contents.periods[period]), "period": views.period(period)}


def _place(chapters: list[Chapter], views: Views) -> Shown:
    return {
        "is_invented": any(chapter.is_invented for chapter in chapters),
        "place": views.chapter(chapters[0]),
        "chapters": [views.chapter(chapter) for chapter in chapters],
    }


def _laid_out(template: str, address: Address, views: Views, values: Shown) -> str:
    lang, script = views.language.code, _script() if template in _SEARCHED else ""
    return rendered(
        f"portal/{template}.html.j2",
        lang=_HTML_LANG[lang],
        say=_labels(lang),
        territory=views.contents.territory,
        others=[(other, _NAMES[other], views.link(address(other))) for other in LANGUAGES if other != lang],
        home=views.link(addresses.of_index(lang)),
        method=views.link(addresses.of_method(lang)),
        policy=_policy(script),
        style=Markup(_style()),
        script=Markup(script),
        **values,
    )


def _policy(script: str) -> str:
    runs = f"script-src {_hash(script)}; " if script else ""
    return f"default-src 'none'; style-src {_hash(_style())}; {runs}base-uri 'none'; form-action 'none'"


@cache
def _labels(lang: str) -> dict[str, str]:
    return said.labels(Language(lang))


@cache
def _style() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in _STYLES)


@cache
def _script() -> str:
    return (_HERE / "search.js").read_text(encoding="utf-8")


@cache
def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
