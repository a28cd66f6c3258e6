"""When a report is not made: a sentence for its reader."""

from analysis.errors import UserError


class RefusedError(UserError):
    """A notebook that cannot be exported as a report; its text says which cell, and what to do."""
