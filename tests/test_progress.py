"""What is told while work goes on: a bar with what is being done and the time left on a terminal, lines elsewhere."""

from io import StringIO

import pytest
from rich.console import Console

from analysis import progress as progress_module
from analysis.progress import progress


def told(monkeypatch: pytest.MonkeyPatch, is_terminal: bool) -> str:
    """What is seen of three reports, of which one is made and one begun."""
    seen = StringIO()
    monkeypatch.setattr(
        progress_module, "Console", lambda stderr: Console(file=seen, force_terminal=is_terminal, width=120, color_system=None)
    )
    with progress("report") as bar:
        bar.begin("usage, École [A]", 3)
        bar("usage, 9980001A, 2025-T1", 1, 3)
        bar.begin("usage, École Jean Moulin", 3)
    return seen.getvalue()


def test_on_a_terminal_the_school_that_is_made_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    last = told(monkeypatch, is_terminal=True).rpartition("report: ")[2]
    assert last.startswith("usage, École Jean Moulin") and "1/3" in last and ":" in last.partition("1/3")[2]


def test_elsewhere_a_line_for_each_that_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, is_terminal=False) == "report: 1/3 usage, 9980001A, 2025-T1\n"
