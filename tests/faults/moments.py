"""The steps in which a run changes files, counted, and a run that is stopped at one of them."""

import itertools
import os
import pathlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

_MAKING = [(os, "replace"), (os, "mkdir"), (os, "link"), (os, "fsync"), (pathlib.Path, "write_bytes"), (pathlib.Path, "write_text")]
_REMOVING = [(os, "unlink"), (os, "rmdir")]


class Killed(BaseException):
    """What `kill -9` is to a test that goes on: from then on no file is changed, not even by what tidies up."""


@contextmanager
def killed_at(step: int) -> Iterator[list[int]]:
    """Stops what is done inside just before its step number `step`, and lets nothing tidy up. The list counts the steps."""

    def stop(number: int) -> None:
        if number >= step:
            raise Killed

    with _counting([*_MAKING, *_REMOVING], stop) as count:
        yield count


@contextmanager
def failing_at(step: int, error: OSError) -> Iterator[list[int]]:
    """Step number `step` of those that make something fails with an error. The list counts the steps."""

    def fail(number: int) -> None:
        if number == step:
            raise error

    with _counting(_MAKING, fail) as count:
        yield count


@contextmanager
def _counting(places: list[tuple[object, str]], before: Callable[[int], None]) -> Iterator[list[int]]:
    numbers, count = itertools.count(), [0]
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in places:
            patch.setattr(owner, name, _counted(getattr(owner, name), numbers, count, before))
        yield count


def _counted(function: Callable, numbers: Iterator[int], count: list[int], before: Callable[[int], None]) -> Callable:
    def called(*given: object, **named: object) -> object:
        number = next(numbers)
        count[0] = number + 1
        before(number)
        return function(*given, **named)

    return called
