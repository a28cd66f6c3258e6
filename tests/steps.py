"""Which steps of some modules of the project were taken: what guides the search for files that break it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import analysis


class Steps:
    """The steps from one line to the next, in the watched files and folders of the package, that were taken so far."""

    def __init__(self, watched: tuple[str, ...]) -> None:
        house = Path(analysis.__file__).parent
        self._places = tuple(str(house / place) for place in watched)
        self._taken: set[tuple[str, int, int]] = set()

    @property
    def count(self) -> int:
        """How many different steps were taken."""
        return len(self._taken)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watches what runs inside; a debugger or a tool that was watching already has its turn again afterwards."""
        before = sys.gettrace()
        sys.settrace(self._called)
        try:
            yield
        finally:
            sys.settrace(before)

    def _called(self, frame: FrameType, event: str, _: Any) -> Any:
        file = frame.f_code.co_filename
        if not file.startswith(self._places):
            return None
        last = frame.f_lineno

        def step(inner: FrameType, event: str, _: Any) -> Any:
            nonlocal last
            if event == "line":
                self._taken.add((file, last, inner.f_lineno))
                last = inner.f_lineno
            return step

        return step
