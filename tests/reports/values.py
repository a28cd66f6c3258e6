"""Values and schools made by hand, and French with plain spaces, for the tests of sentences."""

from typing import Any

from analysis.reports.language import Language
from analysis.reports.school import School, Value

FR, EN = Language("fr"), Language("en")
KINDS = "individual:foreground:android|individual:active:chromebook|individual:checkin:ipad"
CONTEXT = {"threshold": "11", "coverage_floor": "0.5"}


def plain(text: str) -> str:
    """With plain spaces, to compare by eye."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def number(value: float, reason: str = "", low: float | None = None, high: float | None = None, evidence: str = "foreground") -> Value:
    return Value(value, low, high, 280, 18942.0, True, reason, evidence)


def hidden(reason: str, evidence: str = "foreground") -> Value:
    return Value(None, None, None, None, None, False, reason, evidence)


def school(known: str = "foreground", shared: int = 0, individual: int = 280, trolleys: str = "", **cells: Any) -> School:
    """A school with whole-school values."""
    facts = {
        "uai": "0990001A",
        "name": "É",
        "device_evidence": known,
        "individual_devices": individual,
        "shared_devices": shared,
        "shared_evidence": trolleys,
        "kinds": KINDS + "|" + KINDS.replace("individual", "shared"),
    }
    table = {(measure, "all", "all", value.evidence): value for measure, value in cells.items()}
    return School(FR, facts, {}, table, (), (), (), CONTEXT)
