"""The gate against direct identifiers: a column that nobody declared and that names a child stops its file.

Two rules, each fail-closed: the name of a column (prenom, email, ine, ...) and the shape of its values. The value itself is never
shown to anyone. Shapes and check letters: docs/decisions.md gives their sources.
"""

import re
import unicodedata
from collections.abc import Iterable

_UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"

_COLUMN_WORDS = frozenset(
    """nom noms prenom prenoms firstname lastname givenname familyname surname fullname displayname username login identite
    ine nir numen nss email mail mails courriel telephone tel phone mobile portable sms adresse address adresse1 adresse2 rue
    birthdate datenaissance naissance ip ipaddress adresseip mac macaddress wifimac serial serialnumber imei meid udid
    eleve nomeleve prenomeleve nomusage responsable realname emailaddress""".split()
)

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_SHAPES = {
    "e-mail addresses": lambda text: bool(_EMAIL.search(text)),
    "national pupil numbers": lambda text: bool(re.fullmatch(r"\d{9}[A-Z]{2}|\d{4}A\d{5}[A-Z]", text)) or _is_bea(text),
    "social security numbers": lambda text: _is_nir(text),
    "staff numbers (NUMEN)": lambda text: bool(re.fullmatch(r"\d{2}[A-Z]\d{7}[A-Z]{3}", text)),
    "phone numbers": lambda text: bool(re.fullmatch(r"(?:\+33 ?|0)[1-9](?:[ .-]?\d{2}){4}", text)),
    "hardware addresses": lambda text: bool(re.fullmatch(r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}", text)),
    "IP addresses": lambda text: _is_ip(text),
    "device serials (IMEI)": lambda text: bool(re.fullmatch(r"\d{15}", text)) and _luhn(text),
}
_PERSON_NAME = re.compile(r"(?:[A-ZÀ-Ý][\wà-ÿ'’-]+ [A-ZÀ-Ý][A-ZÀ-Ý'’-]{1,}|[A-ZÀ-Ý][A-ZÀ-Ý'’-]+ [A-ZÀ-Ý][a-zà-ÿ'’-]+|[A-ZÀ-Ý][a-zà-ÿ'’-]+ [A-ZÀ-Ý][a-zà-ÿ'’-]+)")


def suspicious_name(column: str) -> bool:
    """Whether the name of a column says that it holds a direct identifier: `Prénom élève`, `user.email`, `IP address`."""
    plain = unicodedata.normalize("NFKD", column).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", plain))
    return "".join(words) in _COLUMN_WORDS or any(word in _COLUMN_WORDS for word in words)


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
    """Whether a faulty value may stand in an error: a date or number misread, never a word and never an identifier's shape."""
    return bool(re.fullmatch(r"[0-9T/:., +Z%-]{1,30}", value)) and identifiers_in([value]) is None


def _is_bea(text: str) -> bool:
    return bool(re.fullmatch(r"\d{10}[A-Z]", text)) and text[-1] == _UAI_LETTERS[int(text[:10]) % 23]


def _is_nir(text: str) -> bool:
    digits = text.replace(" ", "").replace("2A", "19").replace("2B", "18")
    return bool(re.fullmatch(r"[1-8]\d{14}", digits)) and 97 - int(digits[:13]) % 97 == int(digits[13:])


def _is_ip(text: str) -> bool:
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}", text):
        return all(int(part) < 256 for part in text.split("."))
    return bool(re.fullmatch(r"(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|(?:[0-9a-fA-F]{1,4}:){2,6}:[0-9a-fA-F:]*", text))


def _luhn(text: str) -> bool:
    doubled = (sum(divmod(2 * int(d), 10)) if i % 2 else int(d) for i, d in enumerate(reversed(text)))
    return sum(doubled) % 10 == 0
