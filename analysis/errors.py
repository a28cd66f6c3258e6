"""What a user can get wrong, and the exit code that each mistake ends with (design section 9)."""

DONE = 0
DONE_IN_PART = 1
WRONG_INPUT = 2
LOCKED = 3
REFUSED_BY_DISCLOSURE = 4


class UserError(Exception):
    """A mistake that the user can mend; its text is a whole sentence that says what to do next. Never holds a personal value."""

    exit_code = WRONG_INPUT


class LockedError(UserError):
    """Another run holds the lock."""

    exit_code = LOCKED


class DisclosureError(UserError):
    """The disclosure control refuses to let something out."""

    exit_code = REFUSED_BY_DISCLOSURE
