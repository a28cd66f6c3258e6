"""The ways to print: a sentence or JSON, a table, an error."""

import json
import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table

err = Console(stderr=True)
# in a file or a pipe, a table is as wide as its cells: nothing is cut
out = Console() if sys.stdout.isatty() else Console(width=10_000)


def print_table(columns: list[str], rows: list[list[str]]) -> None:
    """Rows under their columns."""
    table = Table(*map(escape, columns))  # what comes from data is text: [bold] in a name is no markup
    for row in rows:
        table.add_row(*map(escape, row))
    out.print(table)


def say(data: object, sentence: str, as_json: bool) -> None:
    """The sentence, or the data as JSON."""
    print(json.dumps(data, ensure_ascii=False, default=str) if as_json else sentence)
