"""What a check found: which check, where, one sentence that says what to do next, and the exit code that it calls for."""

from dataclasses import dataclass

from analysis.errors import DONE, DONE_IN_PART, REFUSED_BY_DISCLOSURE


@dataclass(frozen=True)
class Complaint:
    """One thing found. `where` is a file and a place in it; neither it nor `sentence` ever repeats a personal value or a figure."""

    what: str
    where: str
    sentence: str
    exit_code: int = DONE_IN_PART


def leak(what: str, where: str, sentence: str) -> Complaint:
    """A complaint about something that points at a person, or about a figure that was never released."""
    return Complaint(what, where, sentence, REFUSED_BY_DISCLOSURE)


def worst(complaints: list[Complaint]) -> int:
    """The exit code of all complaints together: a leak wins over any other fault; 0 without complaints."""
    codes = {complaint.exit_code for complaint in complaints}
    return REFUSED_BY_DISCLOSURE if REFUSED_BY_DISCLOSURE in codes else max(codes, default=DONE)
