"""A document as one accessible HTML file: no script, no request, the words of the PDF."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.reports.document import Document
from analysis.reports.escaping import isolated
from analysis.reports.language import Language
from analysis.reports.web_fonts import web_fonts

_HOUSE = Path(__file__).parent


def page_of(document: Document) -> str:
    """The HTML page; the same document gives the same text."""
    facts = document.facts
    body = Markup("\n").join(Markup(piece.html) for piece in document.pieces if piece.html)
    body, parts = _with_anchors(body) if facts.has_title_page else (body, [])
    return filled("report.html.j2", facts=facts, body=body, parts=parts, skip_link=Language(facts.lang).say("Aller au contenu"))


def _with_anchors(body: Markup) -> tuple[Markup, list[tuple[str, Markup]]]:
    """The body with an anchor at each heading of level 2, and the anchors with the words of their headings, which are HTML already."""
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", body, flags=re.DOTALL)
    numbers = iter(range(1, len(titles) + 1))
    anchored = re.sub(r"<h2(?: id=\"[^\"]*\")?", lambda _: f'<h2 id="part-{next(numbers)}"', body)
    return Markup(anchored), [(f"part-{number}", Markup(title)) for number, title in enumerate(titles, 1)]


def filled(template: str, **values: object) -> str:
    """A page template with its values, which are escaped unless they are Markup; style and fonts are put in."""
    style = Markup(web_fonts() + "\n" + (_HOUSE / "page.css").read_text(encoding="utf-8"))
    return rendered(template, style=style, **values)


def rendered(template: str, **values: object) -> str:
    """A template of this folder with its values, which are escaped unless they are Markup."""
    return _templates().get_template(template).render(**values)


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(_HOUSE)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_printable)


def _printable(value: object) -> object:
    """A value of a template as it can be printed; Markup is ready."""
    return isolated(value) if isinstance(value, str) and not isinstance(value, Markup) else value
