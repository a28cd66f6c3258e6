"""How far long work has come: a progress bar on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def progress(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """Gives a function that is told (step, done, of) as the work titled so goes on."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step, done, of: console.print(f"{title}: {done}/{of} {step}", markup=False, highlight=False, soft_wrap=True)
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(title)
        yield lambda step, done, of: bar.update(task, total=of, completed=done, description=f"{title}: {step}")
