"""How far long work has come: a progress bar on a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

_COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


class Lines:
    """A line for each step that is done."""

    def __init__(self, title: str, console: Console) -> None:
        self._title, self._console = title, console

    def __call__(self, step: str, done: int, of: int) -> None:
        """Told of a step that is done, of how many."""
        self._console.print(f"{self._title}: {done}/{of} {step}", markup=False, highlight=False, soft_wrap=True)

    def begin(self, step: str, of: int) -> None:
        """Told of a step that begins: no line, for there will be one."""


class Bar(Lines):
    """One line that fills, with what is being done, how many steps are done, and the time left."""

    def __init__(self, title: str, bar: Progress) -> None:
        super().__init__(title, bar.console)
        self._bar, self._task = bar, bar.add_task(title, total=None)

    def __call__(self, step: str, done: int, of: int) -> None:
        """Told of a step that is done, of how many."""
        self._bar.update(self._task, total=of, completed=done, description=self._said(step))

    def begin(self, step: str, of: int) -> None:
        """Told of a step that begins."""
        self._bar.update(self._task, total=of, description=self._said(step))

    def _said(self, step: str) -> str:
        return escape(f"{self._title}: {step}")


@contextmanager
def progress(title: str) -> Iterator[Lines]:
    """Gives what is told (step, done, of) as the work titled so goes on."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines(title, console)
        return
    with Progress(*_COLUMNS, console=console, transient=True) as bar:
        yield Bar(title, bar)
