"""The gate against direct identifiers: a column that nobody declared and that names a child stops its file.

Two rules, each fail-closed: the name of a column (prenom, email, ine, ...) and the shape of its values. The value itself is never
shown to anyone. Shapes and check letters: docs/decisions.md gives their sources.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable

_CHECK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"

_COLUMN_WORDS = frozenset(
    """nom noms prenom prenoms firstname lastname givenname familyname surname fullname displayname username login identite
    ine nir numen nss email mail mails courriel telephone tel phone mobile portable sms adresse address adresse1 adresse2 rue
    birthdate datenaissance naissance ip ipaddress adresseip mac macaddress wifimac serial serialnumber imei meid udid
    eleve nomeleve prenomeleve nomusage responsable realname emailaddress""".split()
)
# a school, a town or an app has a name and an address too, and they are nobody's
_ALSO_OF_PLACES = frozenset("nom noms adresse adresse1 adresse2 address rue".split())
_PLACES = frozenset(
    """ecole ecoles school etablissement etab commune ville town structure classe class application appli app academie
    departement region zone""".split()
)

# what a value must look like for a closer look; the engine's dialect has no look-around
MAY_HOLD_ONE = (
    r"@|::|(?:[0-9a-fA-F]{1,4}:){7}|(?:[0-9a-fA-F]{2}[:-]){5}|\d{1,3}(?:\.\d{1,3}){3}|\d{9}[A-Za-z]|\d{4}[Aa]\d{5}[A-Za-z]"
    r"|\d{2}[A-Za-z]\d{7}|\d(?: ?[0-9AB]){14}|(?:\+33|0033|0)[ .()0-]*[1-9](?:[ .-]?\d{2}){4}"
)
_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[A-Za-z]{2,}")
_NATIONAL = re.compile(r"(?<![\w-])(?:\d{9}[A-Z]{2}|\d{4}A\d{5}[A-Z])(?![\w-])", re.IGNORECASE)
_NUMEN = re.compile(r"(?<![\w-])\d{2}[A-Z]\d{7}[A-Z]{3}(?![\w-])", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w.-])(?:(?:\+33|0033) ?(?:\(0\) ?)?|0)[1-9]([ .-]?)\d{2}(?:\1\d{2}){3}(?![\w-])")
_HARDWARE = re.compile(r"(?<![\w:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])")
_SHAPES = {
    "e-mail addresses": lambda text: any(_EMAIL.search(text, max(0, at.start() - 64), at.start() + 400) for at in re.finditer("@", text)),
    "national pupil numbers": lambda text: bool(_NATIONAL.search(text)) or _is_bea(text),
    "social security numbers": lambda text: _is_nir(text),
    "staff numbers (NUMEN)": lambda text: bool(_NUMEN.search(text)),
    "phone numbers": lambda text: bool(_PHONE.search(text)),
    "hardware addresses": lambda text: bool(_HARDWARE.search(text)),
    "IP addresses": lambda text: any(map(_is_ip, re.split(r"[\s,;\"'\[\]]+", text))),
    "device serials (IMEI)": lambda text: bool(re.fullmatch(r"\d{15}", text)) and _luhn(text),
}
_PERSON_NAME = re.compile(
    r"[A-ZÀ-Ý][\wà-ÿ'’-]+ [A-ZÀ-Ý][A-ZÀ-Ý'’-]{1,}|[A-ZÀ-Ý][A-ZÀ-Ý'’-]+ [A-ZÀ-Ý][a-zà-ÿ'’-]+|[A-ZÀ-Ý][a-zà-ÿ'’-]+ [A-ZÀ-Ý][a-zà-ÿ'’-]+"
)


def suspicious_name(column: str) -> bool:
    """Whether the name of a column says that it holds a direct identifier: `Prénom élève`, `user.email`, `IP address`."""
    plain = unicodedata.normalize("NFKD", re.sub(r"([a-z])([A-Z])", r"\1 \2", column)).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    hits = {word for word in [*words, "".join(words)] if word in _COLUMN_WORDS}
    return bool(hits) and not (hits <= _ALSO_OF_PLACES and _PLACES & set(words))


def identifiers_in(values: Iterable[str]) -> str | None:
    """What kind of direct identifier stands among the distinct `values`, in words; None when none does."""
    for value in values:
        text = value.strip()
        for kind, has_shape in _SHAPES.items():
            if has_shape(text):
                return kind
    return None


def look_like_person_names(values: list[str]) -> bool:
    """Whether most of many different values are two capitalised words, as a column of names would be."""
    return len(values) >= 10 and sum(bool(_PERSON_NAME.fullmatch(v.strip())) for v in values) > 0.6 * len(values)


def safe_to_show(value: str) -> bool:
    """Whether a faulty value may stand in an error: a misread date, a small number, a school's code; never what may be somebody's."""
    if re.fullmatch(r"\d{7}[A-Z]", value):
        return True
    if not re.fullmatch(r"[0-9T/:., +Z%-]{1,30}", value) or identifiers_in([value]) is not None:
        return False
    return bool(re.match(r"\d{1,4}[/:.,-]\d|-|[0-9.,% ]{1,4}$", value))


def _is_bea(text: str) -> bool:
    return bool(re.fullmatch(r"\d{10}[A-Za-z]", text)) and text[-1].upper() == _CHECK_LETTERS[int(text[:10]) % 23]


def _is_nir(text: str) -> bool:
    digits = re.sub(r"[ .-]", "", text.upper()).replace("2A", "19", 1).replace("2B", "18", 1)
    return bool(re.fullmatch(r"[1-8]\d{14}", digits)) and 97 - int(digits[:13]) % 97 == int(digits[13:])


def _is_ip(word: str) -> bool:
    if word.count(".") != 3 and (word.count(":") < 2 or len(word) < 6):
        return False
    try:
        ipaddress.ip_address(word)
    except ValueError:
        return False
    return True


def _luhn(text: str) -> bool:
    doubled = (sum(divmod(2 * int(d), 10)) if i % 2 else int(d) for i, d in enumerate(reversed(text)))
    return sum(doubled) % 10 == 0
