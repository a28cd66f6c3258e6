"""The five questions of the first day, asked for what no option has answered."""

from dataclasses import dataclass, replace
from pathlib import Path

import typer

from analysis.errors import UserError
from analysis.first_day.zones import known_zone, zone_of


@dataclass(frozen=True)
class Given:
    """What options have answered; None where they are silent."""

    territory: str | None = None
    academy: str | None = None
    zone: str | None = None
    data_dir: Path | None = None
    language: str | None = None
    mail_to: str | None = None
    mail_host: str | None = None


def asked(given: Given) -> Given:
    """The same with an answer to every question, asked on the error output. Raises UserError where nobody answers."""
    try:
        return _asked(given)
    except (typer.Abort, EOFError):
        raise UserError("No answer, and nothing was written. Answer by options instead: cartable init --territory NAME --yes.") from None


def with_zone(given: Given) -> Given:
    """The same with the zone of its académie where that is known. Raises UserError for a zone that does not exist."""
    if given.zone is not None:
        return replace(given, zone=known_zone(given.zone))
    return replace(given, zone=zone_of(given.academy or "") or None)


def _asked(given: Given) -> Given:
    territory = given.territory if given.territory is not None else _ask("1/5  Name of the territory, as reports print it")
    placed = (
        given if given.zone or given.academy else replace(given, academy=_ask("2/5  Académie, or zone of the school calendar (A, B, C)"))
    )
    if not with_zone(placed).zone:
        placed = replace(placed, zone=_ask("     That académie is not known here; its zone (A, B, C)"))
    data_dir = given.data_dir or Path(_ask("3/5  Folder for data; exports are dropped in its folder raw", "data"))
    language = given.language or _ask("4/5  Language of the reports (fr, en)", "fr")
    mail_to, mail_host = given.mail_to, given.mail_host
    if mail_to is None:
        mail_to = _ask("5/5  Address of whoever looks after Cartable: printed in reports, told of faults (empty: nobody)", "")
        if mail_to and mail_host is None:
            mail_host = _ask("     Mail server (empty: no mail)", "")
    return replace(placed, territory=territory, data_dir=data_dir, language=language, mail_to=mail_to, mail_host=mail_host)


def _ask(question: str, default: str | None = None) -> str:
    answer: str = typer.prompt(question, default=default, err=True, show_default=bool(default))
    return answer.strip()
