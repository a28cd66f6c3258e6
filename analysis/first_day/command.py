"""The command `cartable init`: asks or takes options, writes `cartable.toml`, makes the key, looks at the machine, says what comes next."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from analysis.config import CONFIG_NAME, Config, load_config
from analysis.errors import DONE_IN_PART, UserError
from analysis.printing import say, say_aside


def init(
    territory: Annotated[str | None, typer.Option(help="Name of the territory, as reports print it.")] = None,
    academy: Annotated[str | None, typer.Option("--academie", help="The académie; it tells the zone.")] = None,
    zone: Annotated[str | None, typer.Option(help="Zone of the school calendar: A, B, C, Corse...")] = None,
    lang: Annotated[Literal["fr", "en"] | None, typer.Option(help="Language of the reports: fr or en.")] = None,
    mail_to: Annotated[str | None, typer.Option(help="Address of whoever looks after Cartable.")] = None,
    mail_host: Annotated[str | None, typer.Option(help="Mail server; without it there is no mail.")] = None,
    mail_from: Annotated[str, typer.Option(help="Address that mails come from (default: --mail-to).")] = "",
    contact: Annotated[str, typer.Option(help="Whom a reader of a report may write to (default: --mail-to).")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: what no option says has its default.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also where there is a configuration; it is kept as cartable.toml.old.")] = False,
    config: Annotated[Path, typer.Option(help="The file to write.")] = Path(CONFIG_NAME),
    data_dir: Annotated[
        Path | None, typer.Option(help="Folder of data, seen from that of the file; exports are dropped in its folder raw.")
    ] = None,
    reports_dir: Annotated[Path, typer.Option(help="Folder that reports are written to, seen from that of the file.")] = Path("reports"),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write cartable.toml on the first day: five questions, the key, a look at the machine, and what to do next."""
    from analysis.first_day.answers import Answers, text_of
    from analysis.first_day.questions import Given, asked, with_zone

    refuse_to_overwrite(config, force)
    given = Given(territory, academy, zone, data_dir, lang, mail_to, mail_host)
    told = with_zone(given if yes else asked(given))
    answers = Answers(
        territory=told.territory or "",
        academy=told.academy or "",
        zone=told.zone or "",
        data_dir=told.data_dir or Path("data"),
        reports_dir=reports_dir,
        language=told.language or "fr",
        contact=contact,
        mail_to=told.mail_to or "",
        mail_host=told.mail_host or "",
        mail_from=mail_from,
    )
    _write(config, text_of(answers))
    _tell(config, load_config(config), answers.zone, as_json)


def refuse_to_overwrite(path: Path, is_forced: bool) -> None:
    """Raises UserError where a configuration stands already, or where none can stand."""
    if path.is_dir():
        raise UserError(f"{path}: a folder stands there. Name a file: --config {path / CONFIG_NAME}")
    if path.exists() and not is_forced:
        raise UserError(f"{path} stands already and was left as it is. Change it by hand, or write it anew with --force.")


def _write(path: Path, text: str) -> None:
    from analysis.files import write_beside

    if path.exists():
        write_beside(path.with_name(f"{path.name}.old"), path.read_bytes())
    write_beside(path, text.encode())


def _tell(path: Path, config: Config, zone: str, as_json: bool) -> None:
    from analysis.first_day.machine import checks_of_machine
    from analysis.first_day.next_steps import check_of_calendar, check_of_key, next_steps

    checks = [*checks_of_machine(config), check_of_key(config), check_of_calendar(config, zone)]
    steps = next_steps(config, zone)
    for check in [] if as_json else checks:
        say_aside(f"{'ok' if check.is_ok else 'TO MEND' if check.is_needed else 'note':>7}  {check.sentence}")
    chosen = config.model_dump(mode="json", include={"territory", "language", "contact", "data_dir", "reports_dir", "mail"})
    found = {"config": str(path), "settings": chosen, "zone": zone, "checks": [asdict(check) for check in checks], "next": steps}
    numbered = "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))
    say(found, f"Written: {path}. What comes next:\n{numbered}", as_json)
    if any(check.is_needed and not check.is_ok for check in checks):
        raise typer.Exit(DONE_IN_PART)
