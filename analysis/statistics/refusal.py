"""A question that the data cannot answer honestly: what a function returns in place of a figure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """`reason`: a short code that stays the same, which reports put into words ("too few classes").

    `found` and `needed`: the count that fell short and what it would have to be, where the reason is a count; None elsewhere.
    """

    reason: str
    found: float | None = None
    needed: float | None = None
