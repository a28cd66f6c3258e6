"""What all commands of `cartable` share: the options that stand everywhere, the lock, and how they end when something goes wrong."""

import inspect
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from analysis.config import Config, load_config
from analysis.errors import DONE_IN_PART, UserError
from analysis.foreign_text import for_terminal
from analysis.lock import locked

_HELP = "Honest reports from the exports of tablets and of a school portal."
_STOPPED_BY_HAND = 130  # what typer makes of Ctrl-C
_ENGINE_STOPPED = "Query interrupted"  # what DuckDB makes of it in the middle of a query: a RuntimeError
_STOPPED = "Stopped by hand. Nothing half-written counts: run the same command again to go on."
app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=_HELP)


@dataclass(frozen=True)
class Run:
    """What the options that stand everywhere say, the command, and how many seconds it may wait for another run to end."""

    settings: Config
    as_json: bool
    verbose: bool
    name: str = ""
    wait: float = 0

    def alone(self) -> AbstractContextManager[None]:
        """Holds the lock of the data folder. Raises LockedError when another run has it for longer than this one may wait."""
        return locked(self.settings, f"cartable {self.name}", self.wait, _say)


def _run(
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: the nearest cartable.toml).")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder of raw, lake, quarantine, reference and warehouse.")] = None,
    reports_dir: Annotated[Path | None, typer.Option(help="Folder that reports are written to.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say more.")] = False,
) -> dict[str, Any]:
    return {"settings": load_config(config, data_dir, reports_dir), "as_json": as_json, "verbose": verbose}


def _waiting(
    wait: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="How long to wait for another run to end (default: not at all).")
    ] = 0,
) -> dict[str, Any]:
    return {"wait": wait}


def command(*, writes: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes a command of a function whose first argument is a `Run`, with the options that stand everywhere, and --wait if it `writes`."""

    def made(function: Callable[..., None]) -> Callable[..., None]:
        shared: list[Callable[..., dict[str, Any]]] = [_run, _waiting] if writes else [_run]
        options = [list(inspect.signature(part).parameters.values()) for part in shared]
        own = list(inspect.signature(function).parameters.values())[1:]

        def called(**given: object) -> None:
            said: dict[str, Any] = {"name": function.__name__}
            for part, names in zip(shared, options, strict=True):
                said |= part(**{option.name: given.pop(option.name) for option in names})
            function(Run(**said), **given)

        everything = [*own, *(option for names in options for option in names)]
        called.__name__, called.__doc__, called.__module__ = function.__name__, function.__doc__, function.__module__
        called.__signature__ = inspect.Signature([p.replace(kind=p.KEYWORD_ONLY) for p in everything])  # type: ignore[attr-defined]
        called.__annotations__ = {p.name: p.annotation for p in everything}
        app.command()(called)
        return function

    return made


@contextmanager
def ending_plainly() -> Iterator[None]:
    """A user's mistake or a fault of the machine ends the program in one sentence and an exit code."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()  # what is told at the very end may find a full disk, or nobody who reads
    except BrokenPipeError:
        _close_output()
        sys.exit(DONE_IN_PART)
    except SystemExit as end:
        if end.code == _STOPPED_BY_HAND:
            _end(UserError(_STOPPED), DONE_IN_PART)
        raise
    except UserError as error:
        _end(error, error.exit_code)
    except Exception as error:
        if str(error) == _ENGINE_STOPPED:
            _end(UserError(_STOPPED), DONE_IN_PART)
        from analysis.faults import fault_of_machine

        fault = fault_of_machine(error)
        if fault is None:
            raise
        _end(fault, fault.exit_code)


def _end(error: UserError, code: int) -> None:
    _close_output()
    _say(str(error))
    sys.exit(code)


def _close_output() -> None:
    """What could not be printed is not tried again when the interpreter ends: it would fail there with a traceback."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(sentence: str) -> None:
    Console(stderr=True).print(for_terminal(f"cartable: {sentence}"), style="bold", markup=False, highlight=False, soft_wrap=True)
