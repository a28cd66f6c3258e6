"""What one way of delivering did."""

from typing import NamedTuple


class Handed(NamedTuple):
    """What was done, in a sentence, and what failed, each with its cause."""

    sentence: str
    faults: tuple[str, ...] = ()
