"""The town's own list of head teachers' addresses: `uai,email[,lang]`. It stands apart from the data, and no value of it is ever told."""

import csv
import io
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Config
from analysis.delivery.settings import is_address
from analysis.errors import UserError
from analysis.reports.language import LANGUAGES

_NEEDED, _OPTIONAL = ("uai", "email"), ("lang",)
_UAI = re.compile(r"\d{7}[A-Z]")


@dataclass(frozen=True)
class Recipient:
    """Who gets the reports of a school, and in which language."""

    uai: str
    email: str
    lang: str


def read_recipients(config: Config) -> list[Recipient]:
    """Every line of the list, once, in its order; none where no list is configured.

    Raises UserError with file, line and column, never a value, for what is wrong: a list that others can read, one that stands among the
    data or the reports, a column or an address that is none.
    """
    path = config.mail.recipients
    if path is None:
        return []
    _refuse_place(path, config)
    rows = _rows(path)
    return list(dict.fromkeys(_recipient(row, line, path, config.language) for line, row in rows))


def _refuse_place(path: Path, config: Config) -> None:
    for folder in (config.data_dir, config.reports_dir, config.share.folder):
        if folder is not None and path.resolve().is_relative_to(folder.resolve()):
            where = "cartable.toml, mail.recipients: the list of addresses would stand among the data or the reports"
            raise UserError(f"{where} ({path.name}). Move it to a folder of its own.")
    if not path.is_file():
        raise UserError(
            f"cartable.toml, mail.recipients: there is no file {path}. Write it with the columns uai,email and, if you like, lang."
        )
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o007:
        raise UserError(f"{path}: everybody on this machine can read the addresses (mode {mode:03o}). Run: chmod o-rwx {path}")


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{path.name}: not UTF-8. Save it again as CSV in UTF-8.") from None
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",", restkey="", restval="")
    names = [name.strip() for name in reader.fieldnames or []]
    reader.fieldnames = names
    missing = [name for name in _NEEDED if name not in names]
    if missing or set(names) - {*_NEEDED, *_OPTIONAL}:
        raise UserError(f"{path.name}, line 1: the columns are not uai,email or uai,email,lang. Write them so.")
    found = []
    for row in reader:
        if row.get(""):
            raise UserError(f"{path.name}, line {reader.line_num}: more values than columns. Give each address a line of its own.")
        found.append((reader.line_num, {name: (value or "").strip() for name, value in row.items()}))
    return found


def _recipient(row: dict[str, str], line: int, path: Path, lang: str) -> Recipient:
    uai, email, wanted = row["uai"].upper(), row["email"], row.get("lang", "") or lang
    checks = {
        "uai": (_UAI.fullmatch(uai) is not None, "not a UAI (seven digits and a letter)"),
        "email": (is_address(email), "not an address alone, in letters without accents"),
        "lang": (wanted in LANGUAGES, f"not one of {', '.join(LANGUAGES)}"),
    }
    for column, (is_right, words) in checks.items():
        if not is_right:
            raise UserError(f"{path.name}, line {line}, {column}: {words}. Mend that line.")
    return Recipient(uai, email, wanted)
