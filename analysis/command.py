"""What every command has: the options that stand everywhere, and the two ways to print."""

import inspect
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from analysis.config import Config, load_config

_HELP = "Honest reports from the exports of tablets and of a school portal."
app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=_HELP)
err = Console(stderr=True)
# in a file or a pipe, a table is as wide as its cells: nothing is cut
out = Console() if sys.stdout.isatty() else Console(width=10_000)


@dataclass(frozen=True)
class Run:
    """What the options that stand everywhere say."""

    settings: Config
    as_json: bool
    verbose: bool


def _run(
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: the nearest cartable.toml).")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder of raw, lake, quarantine, reference and warehouse.")] = None,
    reports_dir: Annotated[Path | None, typer.Option(help="Folder that reports are written to.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say more.")] = False,
) -> Run:
    return Run(load_config(config, data_dir, reports_dir), as_json, verbose)


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Makes a command of a function whose first argument is a `Run`, and gives it the options that stand everywhere."""
    own = list(inspect.signature(function).parameters.values())[1:]
    everywhere = list(inspect.signature(_run).parameters.values())

    def called(**given: object) -> None:
        shared = {option.name: given.pop(option.name) for option in everywhere}
        function(_run(**shared), **given)  # type: ignore[arg-type]

    called.__name__, called.__doc__ = function.__name__, function.__doc__
    called.__signature__ = inspect.Signature([p.replace(kind=p.KEYWORD_ONLY) for p in own + everywhere])  # type: ignore[attr-defined]
    called.__annotations__ = {p.name: p.annotation for p in own + everywhere}
    app.command()(called)
    return function


def print_table(columns: list[str], rows: list[list[str]]) -> None:
    """Rows under their columns."""
    table = Table(*map(escape, columns))  # what comes from data is text: [bold] in a name is no markup
    for row in rows:
        table.add_row(*map(escape, row))
    out.print(table)


def say(data: object, sentence: str, as_json: bool) -> None:
    """The sentence, or the data as JSON."""
    print(json.dumps(data, ensure_ascii=False, default=str) if as_json else sentence)
