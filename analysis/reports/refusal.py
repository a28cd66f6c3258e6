"""When a report is not made: a sentence for its reader, known to nbconvert as well."""

from nbconvert.utils.exceptions import ConversionException

from analysis.errors import UserError


class RefusedError(UserError, ConversionException):
    """A notebook that cannot be exported as a report; its text says which cell, and what to do."""
