"""Which published rows may answer for tablets and which for accounts: a visit of the portal never stands in for the use of a tablet."""

from analysis.reports.school import School, Value

_MEASURED = ("foreground", "active", "network", "checkin", "")
_PORTAL = ("estimated", "")
SHARED = ("kind", "shared")


def tablets(school: School, measure: str, breakdown: str = "all", category: str = "all") -> Value | None:
    """A value on tablets, of the evidence of the school's own ones first (of its shared ones for the category `shared`)."""
    found = (school.value(measure, breakdown, category, rank) for rank in _ranks(school, breakdown, category))
    return next((value for value in found if value is not None), None)


def tablet_series(school: School, measure: str, breakdown: str) -> list[tuple[str, Value]]:
    """The categories of a breakdown on tablets, all of one evidence."""
    found = (school.series(measure, breakdown, rank) for rank in _ranks(school, breakdown, ""))
    return next((series for series in found if series), [])


def accounts(school: School, measure: str, breakdown: str = "all", category: str = "all") -> Value | None:
    """A value on accounts of the portal."""
    found = (school.value(measure, breakdown, category, rank) for rank in _PORTAL)
    return next((value for value in found if value is not None), None)


def account_series(school: School, measure: str, breakdown: str) -> list[tuple[str, Value]]:
    """The categories of a breakdown on accounts."""
    return next((series for rank in _PORTAL if (series := school.series(measure, breakdown, rank))), [])


def is_shown(value: Value | None) -> bool:
    """There is a row, and it may be shown, exactly or as a bound."""
    return value is not None and value.shown


def _ranks(school: School, breakdown: str, category: str) -> tuple[str, ...]:
    own = school.shared_evidence if (breakdown, category) == SHARED else school.evidence
    return (own, *(rank for rank in _MEASURED if rank != own))
