"""What a period is called: "octobre 2025", "1er trimestre 2025-2026 (septembre à décembre 2025)"."""

import datetime as dt
from collections.abc import Mapping

from analysis.errors import UserError
from analysis.period_names import parse_period
from analysis.reports.language import Language


def label(language: Language, period: Mapping[str, object]) -> str:
    """The period in words, with its dates when its name does not say them. `period`: a row of published.periods."""
    name, dates = short_label(language, period), span(language, period)
    return name if period["kind"] == "month" else f"{name} ({dates})"


def short_label(language: Language, period: Mapping[str, object]) -> str:
    """The period's name alone, for a footer."""
    say, year, number = language.say, str(period["school_year"]), str(period["period"])[-1]
    match str(period["kind"]):
        case "trimester":
            return say("{rank} trimestre {year}", rank=ordinal(language, int(number)), year=year)
        case "stretch":
            return say("{rank} période {year}", rank=ordinal(language, int(number), feminine=True), year=year)
        case "year":
            return say("année scolaire {year}", year=year)
    return language.date(_first(period), "LLLL yyyy")


def period_name(language: Language, period: str) -> str:
    """`1er trimestre 2025-2026`; what is no period, such as another folder's name, as it stands."""
    try:
        name = parse_period(period)
    except UserError:
        return period
    first = dt.date.fromisoformat(f"{period}-01") if name.kind == "month" else None
    return short_label(language, {"kind": name.kind, "school_year": name.school_year, "period": period, "from_date": first})


def span(language: Language, period: Mapping[str, object]) -> str:
    """From which month to which, or from which day to which for a stretch between two holidays."""
    first, last = _first(period), _last(period)
    if period["kind"] == "stretch":
        return language.say("{first} au {last}", first=language.date(first, "d MMMM"), last=language.date(last, "d MMMM yyyy"))
    if (first.year, first.month) == (last.year, last.month):
        return language.date(first, "LLLL yyyy")
    start = language.date(first, "LLLL" if first.year == last.year else "LLLL yyyy")
    return language.say("{first} à {last}", first=start, last=language.date(last, "LLLL yyyy"))


def data_span(language: Language, period: Mapping[str, object]) -> str:
    """The months (or days, for a stretch) of the period that have data: a school year that has just begun does not end in July yet."""
    first, last = (period.get(name) for name in ("data_from", "data_to"))
    inside = {"from_date": first, "to_date": last} if isinstance(first, dt.date) and isinstance(last, dt.date) else {}
    return span(language, period if period["kind"] == "stretch" else {**period, **inside})


def ordinal(language: Language, number: int, feminine: bool = False) -> str:
    """1er, 2e (feminine: 1re, 2e); 1st, 2nd, 3rd in English."""
    if language.code == "en":
        return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"
    return f"{number}e" if number > 1 else "1re" if feminine else "1er"


def _first(period: Mapping[str, object]) -> dt.date:
    return _day(period["from_date"])


def _last(period: Mapping[str, object]) -> dt.date:
    return _day(period["to_date"])


def _day(value: object) -> dt.date:
    if not isinstance(value, dt.date):
        raise TypeError("a period begins and ends on a date")
    return value
