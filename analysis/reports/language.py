"""The words, numbers and dates of a report in its language.

French is the language that everything is written in: each sentence of the code and of the notebooks *is* the French text, and the
catalogues of `locale/en/`, one for each report, hold its English. A French report can therefore never show an English word that
somebody forgot to translate.
"""

import datetime as dt
import gettext
import re
import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("fr", "en")
NBSP = "\u00a0"
NARROW = "\u202f"
_CATALOGUES = Path(__file__).parent / "locale"


class Language:
    """Words, numbers and dates in French (`fr`) or English (`en`)."""

    def __init__(self, code: str) -> None:
        if code not in LANGUAGES:
            raise ValueError(f"language {code!r} is not one of {', '.join(LANGUAGES)}")
        self.code = code
        self._locale = Locale("fr", "FR") if code == "fr" else Locale("en", "GB")

    def say(self, text: str, **values: object) -> str:
        """The French `text` in this language, with `{named}` places filled. Raises KeyError for a place without a value."""
        return self.typeset(translations(self.code).gettext(text).format(**values))

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """The singular or plural of a counted thing; `{number}` is written in this language. French says "0 élève"."""
        chosen = translations(self.code).ngettext(one, many, 1 if self.code == "fr" and number == 0 else number)
        return self.typeset(chosen.format(number=self.number(number), **values))

    def typeset(self, text: str) -> str:
        """The text with typographic apostrophes and, in French, the no-break spaces before ; : ! ? % » and after «."""
        written = text.replace("'", "\u2019")
        return re.sub(r" (?=[;:!?%»])|(?<=«) ", NBSP, written) if self.code == "fr" else written

    def number(self, value: float, digits: int = 0) -> str:
        """A decimal number: `18 942` or `18,942`."""
        return format_decimal(value, format="#,##0." + "0" * digits if digits else "#,##0", locale=self._locale)

    def percent(self, share: float, digits: int = 0) -> str:
        """A share of 0 to 1 as `62 %` (French, no-break space) or `62%`."""
        written = self.number(share * 100, digits)
        return f"{written}{NBSP}%" if self.code == "fr" else f"{written}%"

    def minutes(self, value: float, digits: int = 0) -> str:
        """A duration in minutes: `9 min`."""
        return f"{self.number(value, digits)}{NBSP}min"

    def date(self, day: dt.date, form: str = "long") -> str:
        """A date in words; `form` is a Babel format (`long`, `medium`, or a pattern such as `d MMM`). The first is written 1er."""
        written = format_date(day, form, locale=self._locale)
        if self.code == "fr" and day.day == 1 and written.startswith("1 "):
            return "1er" + written[1:]
        return written


def alphabetical(name: str) -> str:
    """The key of French alphabetical order, near enough: letters without accents or case."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)).casefold()


@cache
def translations(code: str) -> gettext.NullTranslations:
    """The catalogues of a language as one; French needs none, it is what the code says."""
    if code == "fr":
        return gettext.NullTranslations()
    whole = Catalog(locale=code)
    for path in sorted((_CATALOGUES / code).glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale=code):
                whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
