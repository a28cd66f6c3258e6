"""The page of the command line, written from the commands themselves."""

from collections.abc import Iterable
from inspect import cleandoc
from typing import Any

import typer

from analysis.cli import app
from analysis.errors import DONE, DONE_IN_PART, LOCKED, REFUSED_BY_DISCLOSURE, WRONG_INPUT

_CODES = {
    DONE: "done",
    DONE_IN_PART: "done in part, what failed is listed; or the disk is full; of `check`: a fault was found",
    WRONG_INPUT: "wrong input, option or configuration, or a folder that cannot be written",
    LOCKED: "another run is at work",
    REFUSED_BY_DISCLOSURE: "refused by disclosure control",
}
_HEAD = """Each command leads to the module it stands in. `cartable COMMAND --help` says the same on a terminal.
What a town changes once and for all stands in `cartable.toml`: [configure](how-to/configure.md). Periods are `2025-10` (a month),
`2025-T1` (a trimester), `2025-P2` (between two holidays) and `2025-2026` (a school year)."""


def command_line_page() -> str:
    """docs/command-line.md: exit codes, the options that every command takes, then each command with its own, as Markdown."""
    commands: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    shared = set.intersection(*({param.name for param in each.params} for each in commands.values()))
    everywhere = [param for param in next(iter(commands.values())).params if param.name in shared]
    codes = "\n".join(f"| {code} | {meaning} |" for code, meaning in _CODES.items())
    parts = [
        f"# The command line\n\n{_HEAD}\n",
        f"## How a command ends\n\n| exit code | meaning |\n|---|---|\n{codes}\n",
        f"## Options of every command\n\n{_options(everywhere)}\n",
        *(_command(name, each, shared) for name, each in commands.items()),
    ]
    return "\n".join(parts)


def _command(name: str, each: Any, shared: set[str]) -> str:
    own = [param for param in each.params if param.name not in shared]
    options = f"\n{_options(own)}\n" if own else ""
    code = each.callback.__module__.replace(".", "/")
    arguments = "".join(f" {_shown(param)}" for param in own if not _is_option(param))
    said = cleandoc(each.help).replace("\n", " ")
    return f"## `cartable {name}`\n\n{said} ([{code}.py](../{code}.py))\n\n```\ncartable {name}{arguments} [OPTIONS]\n```\n{options}"


def _options(params: Iterable[Any]) -> str:
    rows = "\n".join(f"| `{_shown(param)}` | {_default(param)} | {param.help or ''} |" for param in params)
    return f"| option | default | what |\n|---|---|---|\n{rows}"


def _shown(param: Any) -> str:
    """`--pupils VALUE`, `-v, --verbose`, `[PATHS]...`."""
    if _is_option(param):
        return ", ".join(param.opts) + ("" if param.is_flag else f" {param.metavar or 'VALUE'}")
    name = (param.metavar or param.name.upper()).strip("[].")
    return (name if param.required else f"[{name}]") + ("..." if param.nargs == -1 else "")


def _is_option(param: Any) -> bool:
    return param.opts[0].startswith("-")


def _default(param: Any) -> str:
    """What stands for an option that is not given, where it is worth a word."""
    given = param.default
    return f"`{f'{given:%Y-%m-%d}' if hasattr(given, 'strftime') else given}`" if given not in (None, False, 0, [], ()) else ""
