"""The ways to print: a sentence or JSON, a table, an error."""

import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from analysis.foreign_text import for_terminal, json_text, visible

err = Console(stderr=True)
# in a file or a pipe, a table is as wide as its cells: nothing is cut
out = Console() if sys.stdout.isatty() else Console(width=10_000)


def print_table(columns: list[str], rows: list[list[str]]) -> None:
    """Rows under their columns."""
    table = Table(*(escape(visible(column)) for column in columns))  # what comes from data is text: [bold] in a name is no markup
    for row in rows:
        table.add_row(*(escape(visible(cell)) for cell in row))
    out.print(table)


def say(data: object, sentence: str, as_json: bool) -> None:
    """The sentence, or the data as JSON."""
    print(json_text(data) if as_json else for_terminal(sentence))


def say_aside(sentence: str) -> None:
    """A sentence on the side, for whoever looks on: on the error output, as plain text."""
    err.print(for_terminal(sentence), markup=False, highlight=False, soft_wrap=True)
