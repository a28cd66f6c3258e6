"""The command `cartable forget`: what is too old, raw files, or one person."""

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from analysis.commands import Run
from analysis.errors import DONE_IN_PART, UserError
from analysis.printing import say
from analysis.progress import progress as told_of

_ONE = "cartable forget: say what is to be forgotten, one of --older-than DAY, --person ID or the names of files."


def forget(
    run: Run,
    files: Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", help="Raw files, as `cartable status` names them.")] = None,
    older_than: Annotated[str | None, typer.Option(help="A day (2023-09-01) or an age (3y, 36m).")] = None,
    person: Annotated[str | None, typer.Option(help="A person's identifier as the town's files write it; - asks for it.")] = None,
    system: Annotated[str, typer.Option(help="Whose identifier it is: roster, ent, moodle, or as identifiers.csv has it.")] = "roster",
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without it, only say what would go.")] = False,
) -> None:
    """Remove what is too old, raw files or one person from the lake and the warehouse, and keep it from coming back."""
    if sum([bool(files), older_than is not None, person is not None]) != 1:
        raise UserError(_ONE)
    if older_than is not None:
        _old(run, older_than, yes)
    elif person is not None:
        _person(run, person, system, yes)
    else:
        _files(run, files or [], yes)


def _old(run: Run, older_than: str, yes: bool) -> None:
    from analysis.build import today
    from analysis.forgetting.forget import forget as remove
    from analysis.forgetting.told import sentences_of
    from analysis.retention import day_of

    with run.alone(), told_of("forget") as progress:
        told = remove(run.settings, day_of(older_than, today()), yes, progress)
    _end(run, told, sentences_of(told, run.settings))


def _person(run: Run, identifier: str, system: str, yes: bool) -> None:
    from analysis.forgetting.person import forget_person
    from analysis.forgetting.told import sentences_on_person

    if identifier == "-":  # typed, so that it stays in no list of commands
        identifier = typer.prompt("Identifier", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline().strip()
    with run.alone(), told_of("forget") as progress:
        told = forget_person(run.settings, identifier, system, yes, progress)
    _end(run, told, sentences_on_person(told, run.settings))


def _files(run: Run, names: list[str], yes: bool) -> None:
    from analysis.forgetting.files import forget_files
    from analysis.forgetting.told import sentences_on_files

    with run.alone(), told_of("forget") as progress:
        told = forget_files(run.settings, names, yes, progress)
    _end(run, told, sentences_on_files(told, run.settings))


def _end(run: Run, told: object, sentences: list[str]) -> None:
    say(asdict(told), "\n".join(sentences), run.as_json)  # type: ignore[call-overload]
    if told.warehouse_error:  # type: ignore[attr-defined]
        raise typer.Exit(DONE_IN_PART)
