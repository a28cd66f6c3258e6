"""The facts of a report, from its cover: what the title block, the header, the footer and the metadata of its pages say.

A report's opening cell shows `blocks.cover(...)`, whose facts travel under the mime `application/vnd.cartable.meta+json`. The runner
adds `produced_on` in `notebook.metadata["cartable"]`, which wins over the cover. A notebook without a cover (a researcher's own)
takes its title from its first heading of level 1, or from its file name.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.reports.language import LANGUAGES, Language
from analysis.reports.logo import Logo

_WITH_TITLE_PAGE = frozenset({"dossier"})
_SMALL = frozenset({"leaflet"})


@dataclass(frozen=True)
class Facts:
    """Who, what and when of one report; all text is ready to print, in the language `lang`."""

    title: str
    produced_on: dt.date
    lang: str = "fr"
    subtitle: str = ""
    territory: str = ""
    topic: str = ""
    uai: str = ""
    school: str = ""
    period_label: str = ""
    kind: str = ""
    is_invented: bool = False
    logo: Logo | None = None

    @property
    def has_title_page(self) -> bool:
        """It opens with a page of its own: the town, the school, the period, and what stands where."""
        return self.kind in _WITH_TITLE_PAGE

    @property
    def paper(self) -> str:
        """The size of its pages, `a4` or `a5`."""
        return "a5" if self.kind in _SMALL else "a4"

    @property
    def contents_title(self) -> str:
        """What the list of the parts is called."""
        return Language(self.lang).say("Sommaire")

    @property
    def document_title(self) -> str:
        """The title in the file's metadata: school, topic, period."""
        return " · ".join(part for part in (self.title, self.topic, self.period_label) if part)

    @property
    def keywords(self) -> list[str]:
        """Words under which a document is found."""
        return [word for word in (self.topic, self.school, self.uai, self.period_label) if word]

    @property
    def header(self) -> str:
        """`Ville de Valmont · usage des tablettes`."""
        return " · ".join(part for part in (self.territory, self.topic) if part)

    @property
    def footer(self) -> str:
        """`École 9980123K · 1er trimestre 2025-2026 · produit le 5 janvier 2026`."""
        language = Language(self.lang)
        who = language.say("École {uai}", uai=self.uai) if self.uai else self.territory
        when = language.say("produit le {date}", date=language.date(self.produced_on))
        return " · ".join(part for part in (who, self.period_label, when) if part)

    @property
    def mark(self) -> str:
        """What stands at the top of every page of demonstration data; empty for real data."""
        return Language(self.lang).say("DONNÉES INVENTÉES") if self.is_invented else ""

    @property
    def mark_sentence(self) -> str:
        """The same as a sentence, read once by a screen reader, for which headers of pages do not exist."""
        say = Language(self.lang).say
        return (
            say("Données inventées pour la démonstration : aucune école, aucun élève de ce rapport n'existe.") if self.is_invented else ""
        )


def facts_of(cover: Mapping[str, object], given: Mapping[str, object], title: str) -> Facts:
    """The facts of a cover, with those that the runner gives; `title` serves a notebook without a cover.

    Raises ValueError for a language that reports do not have.
    """
    found = {**cover, **given}
    lang = str(found.get("lang") or "fr")
    if lang not in LANGUAGES:
        raise ValueError(f"language {lang!r} is not one of {', '.join(LANGUAGES)}")
    texts = ("subtitle", "territory", "topic", "uai", "school", "period_label", "kind")
    return Facts(
        title=str(found.get("title") or title),
        produced_on=_day(found.get("produced_on")),
        lang=lang,
        is_invented=bool(found.get("is_invented")),
        logo=None,
        **{name: str(found.get(name) or "") for name in texts},
    )


def _day(written: object) -> dt.date:
    """The day of production; an export by hand, which has none, is of today."""
    return dt.date.fromisoformat(str(written)) if written else dt.datetime.now(tz=dt.UTC).date()
