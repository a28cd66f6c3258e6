"""What is chosen on the first day, and the `cartable.toml` that says it: only keys that exist, each with what it does."""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from analysis.config import CONFIG_NAME, Config
from analysis.delivery.settings import is_address
from analysis.errors import UserError
from analysis.foreign_text import label
from analysis.misconfigured import wrong_value

_TEMPLATE = Path(__file__).parent / "template.toml"


@dataclass(frozen=True)
class Answers:
    """The answers to the questions of the first day; paths are relative to the folder of the file.

    `zone` and `academy` are no settings: a school's zone stands in `schools.csv`, and the file says so in a comment.
    """

    territory: str
    academy: str = ""
    zone: str = ""
    data_dir: Path = Path("data")
    reports_dir: Path = Path("reports")
    language: str = "fr"
    contact: str = ""
    mail_to: str = ""
    mail_host: str = ""
    mail_from: str = ""

    @property
    def sender(self) -> str:
        """Where mails come from: the address given, or that of whoever looks after Cartable."""
        return self.mail_from or self.mail_to


def text_of(answers: Answers) -> str:
    """The text of the file, which loads. Raises UserError for what no configuration may say, with the key."""
    _refuse_what_is_missing(answers)
    values = {
        "territory": answers.territory,
        "contact": answers.contact or answers.mail_to,
        "language": answers.language,
        "data_dir": str(answers.data_dir.expanduser()),
        "reports_dir": str(answers.reports_dir.expanduser()),
        "host": answers.mail_host,
        "sender": answers.sender,
        "operator": answers.mail_to,
    }
    written = {name: toml_text(value) for name, value in values.items()} | {"zone": _of_zone(answers)}
    template = _TEMPLATE.read_text(encoding="utf-8")
    return _loadable(re.sub(r"@(\w+)@", lambda place: written[place[1]], template))


def toml_text(text: str) -> str:
    """A text as TOML writes it. Raises UserError for what no file in UTF-8 can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UserError("An answer holds letters that are no Unicode: type it again, or set the terminal to UTF-8.") from None
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # the one character that JSON lets stand and TOML does not


def _refuse_what_is_missing(answers: Answers) -> None:
    if not answers.territory.strip():
        raise UserError("The territory needs a name: --territory, such as Valmont-sur-Seine.")
    if answers.mail_host and not answers.mail_to:
        raise UserError("A mail server is given, and nobody who gets mail: --mail-to, the address of whoever looks after Cartable.")
    for option, address in (("--mail-to", answers.mail_to), ("--mail-from", answers.mail_from)):
        if address and not is_address(address):
            raise UserError(f"{option}: an address alone is expected, such as numerique@ville.example. Nothing was written.")


def _of_zone(answers: Answers) -> str:
    where = f"Académie: {label(answers.academy)}. " if answers.academy else ""
    zone = f'"{answers.zone}"' if answers.zone else "A, B or C"
    return f"{where}Zone of the school calendar: {zone}; it is no setting, and stands in the column zone of schools.csv."


def _loadable(text: str) -> str:
    try:
        Config.model_validate(tomllib.loads(text))
    except ValidationError as error:
        raise UserError(f"Nothing was written. {wrong_value(CONFIG_NAME, text, error, Config)}") from None
    return text
