"""The verdicts on what is said of the project: all the rules, in one place, and not one word that a reader sees.

A published share is a number or a bound ("5 % at most"): it is read as the span in which it may lie, and a rule that the span does not
settle gives `unknown`. Nothing is rounded towards a verdict. What the words say of these rules stands in `territory_claims.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from analysis.reports.school import School, Value
from analysis.reports.sentences.equity_gaps import verdict as gap_verdict
from analysis.reports.sentences.equity_spread import exceeds_chance
from analysis.reports.sentences.words import HALF_HOUR_IS_RARE
from analysis.reports.territory import Territory

Verdict = Literal["confirmed", "partly", "refuted", "unknown"]
Sure = Literal["yes", "no", "unknown"]
Span = tuple[float, float]

MEASURED = ("foreground", "active")  # durations that are measured, each judged by itself
MOST = 0.5  # of pupil-days, of accounts: from here, most
RARE = HALF_HOUR_IS_RARE  # of pupil-days: up to here, rarely
LEAST_GAP = 0.05  # between two shares of pupils: from here they differ
LEAST_BETWEEN = 0.05  # of the inequality of use, between schools and beyond what chance gives: less is no difference to anybody
_TRAITS = ("sex", "social_band", "home_internet", "support")
_OF_SCHOOLS = ("rep", "ips")
_NOT_KNOWN = "unknown"  # the category of the pupils of whom a trait is not known


@dataclass(frozen=True)
class Judgement:
    """A verdict and what it rests on: the answers of its tests by name (a kind of tablet, or what is compared)."""

    verdict: Verdict
    tests: dict[str, Sure | Verdict] = field(default_factory=dict)

    def named(self, answer: str) -> list[str]:
        """The tests that gave this answer."""
        return [name for name, found in self.tests.items() if found == answer]


@dataclass(frozen=True)
class Fairness:
    """Access and use, each alike for all (`yes`), different (`no`) or `unknown`, with the comparisons made."""

    verdict: Verdict
    access: Judgement
    use: Judgement


def half_hour(school: School) -> Judgement:
    """ "5 minutes to half an hour a day, rarely more", for each kind of measured tablet.

    Confirmed: most pupil-days last 5 to 30 minutes, and those over 30 are rare. Partly: one of the two. Refuted: neither. Kinds of tablets
    that are known and disagree make `partly`.
    """
    known = {evidence: _half_hour_of(school, evidence) for evidence in MEASURED if _exists(school, "share_pupil_days_used", evidence)}
    settled = {verdict for verdict in known.values() if verdict != "unknown"}
    if not settled:
        return Judgement("unknown", dict(known))
    return Judgement(settled.pop() if len(settled) == 1 else "partly", dict(known))


def teachers(school: School) -> Judgement:
    """ "Teachers have taken up the portal". Confirmed: most accounts are regular. Partly: most are active in the period. Refuted: fewer."""
    regular, active = (is_most(span_of(school.value(name, "profile", "teacher", "estimated"))) for name in _ACCOUNTS)
    tests: dict[str, Sure | Verdict] = {"regular": regular, "active": active}
    if regular == "yes":
        return Judgement("confirmed", tests)
    if active == "no":
        return Judgement("refuted", tests)
    return Judgement("partly" if (regular, active) == ("no", "yes") else "unknown", tests)


_ACCOUNTS = ("accounts_regular_share", "accounts_active_share")


def alike(territory: Territory) -> Fairness:
    """ "All pupils are treated alike", in access and in use.

    Confirmed: both are alike. Partly: one is, the other differs. Refuted: at least one differs and the other is not known to be alike.
    """
    access, use = _access(territory), _use(territory.whole)
    answers = {access.verdict, use.verdict}
    if answers == {"confirmed", "refuted"}:
        return Fairness("partly", access, use)
    if "refuted" in answers:
        return Fairness("refuted", access, use)
    return Fairness("confirmed" if answers == {"confirmed"} else "unknown", access, use)


def closures(school: School) -> Judgement:
    """ "Lessons go on at home when the school is closed".

    Confirmed: most pupil-days of closure have a use of the tablet (of one evidence) or a visit of the portal. Partly: more than rarely.
    Refuted: all that is known is rare.
    """
    spans = {name: span for name, span in closure_spans(school).items() if span is not None}
    tests: dict[str, Sure | Verdict] = {name: is_most(span) for name, span in spans.items()}
    if "yes" in tests.values():
        return Judgement("confirmed", tests)
    often = {_is_over(span, RARE) for span in spans.values()}
    if not spans or "unknown" in tests.values() or ("yes" not in often and "unknown" in often):
        return Judgement("unknown", tests)
    return Judgement("partly" if "yes" in often else "refuted", tests)


def closure_spans(school: School) -> dict[str, Span | None]:
    """Share of closure pupil-days with a use, by measured evidence, and with a visit (`portal`)."""
    tablets = {name: span_of(school.value("closure_days_used_share", evidence=name)) for name in MEASURED}
    return {**tablets, "portal": span_of(school.value("portal_closure_days_share", evidence="estimated"))}


def span_of(value: Value | None) -> Span | None:
    """Where a published share lies: the number itself twice, 0 to its bound, its bound to 1; None when it is withheld or absent."""
    if value is None or not value.shown:
        return None
    return {"at_most": (0.0, value.amount), "at_least": (value.amount, 1.0)}.get(value.reason, (value.amount, value.amount))


def is_most(span: Span | None) -> Sure:
    """Whether a share is at least a half."""
    if span is None or span[0] < MOST <= span[1]:
        return "unknown"
    return "yes" if span[0] >= MOST else "no"


def are_alike(spans: Sequence[Span]) -> Sure:
    """Whether shares differ by less than five points, all of them."""
    least = _apart(min(high for _, high in spans), max(low for low, _ in spans))
    most = _apart(min(low for low, _ in spans), max(high for _, high in spans))
    return "no" if least >= LEAST_GAP else "yes" if most < LEAST_GAP else "unknown"


def is_no_gap(gap: Value) -> Sure:
    """Whether a gap in minutes is none, by the same rule as its sentence: the interval leaves out 0, or stays within a minute of it."""
    answers: dict[str, Sure] = {"more": "no", "less": "no", "alike": "yes"}
    return answers.get(gap_verdict(gap), "unknown")


def _half_hour_of(school: School, evidence: str) -> Verdict:
    usual, over_30 = is_most(usual_span(school, evidence)), span_of(school.value("share_pupil_days_over_30", evidence=evidence))
    more = _is_over(over_30, RARE)
    if "unknown" in (usual, more):
        return "unknown"
    return {("yes", "no"): "confirmed", ("no", "yes"): "refuted"}.get((usual, more), "partly")  # type: ignore[return-value]


def usual_span(school: School, evidence: str) -> Span | None:
    """Share of pupil-days of 5 to 30 minutes: as published, else what is left of those over 5 once those over 30 are taken away."""

    def of(name: str) -> Span | None:
        return span_of(school.value(f"share_pupil_days_{name}", evidence=evidence))

    said, over_30 = of("5_30"), of("over_30")
    over_5 = of("over_5") or _less(of("used"), of("under_5"))
    return said or _less(over_5, over_30)


def _less(whole: Span | None, part: Span | None) -> Span | None:
    if whole is None or part is None:
        return None
    return max(0.0, _apart(part[1], whole[0])), max(0.0, _apart(part[0], whole[1]))


def _apart(low: float, high: float) -> float:
    """A difference of published shares, which are rounded: 0.97 is five points above 0.92, whatever floats say."""
    return round(high - low, 6)


def _is_over(span: Span | None, limit: float) -> Sure:
    if span is None or span[0] <= limit < span[1]:
        return "unknown"
    return "yes" if span[0] > limit else "no"


def _access(territory: Territory) -> Judgement:
    """Who has a tablet, by school, level and trait, and who may take it home, by social band."""
    whole = territory.whole
    compared = {"schools": _spans(school.value("equipped_share", evidence="") for school in territory.schools)}
    for trait in ("level", *_TRAITS):
        compared[trait] = _spans(value for name, value in whole.series("equipped_share", trait, "") if name != _NOT_KNOWN)
    homes = whole.series("take_home_share", "social_band", "")
    compared["take_home"] = _spans(value for name, value in homes if name != _NOT_KNOWN)
    return _all({name: are_alike(spans) for name, spans in compared.items() if len(spans) > 1})


def _spans(values: Iterable[Value | None]) -> list[Span]:
    return [span for value in values if (span := span_of(value)) is not None]


def _use(school: School) -> Judgement:
    """Gaps in the same class, gaps between kinds of schools, and the part of the inequality that lies between schools."""
    tests: dict[str, Sure] = {}
    for trait in (*_TRAITS, *_OF_SCHOOLS):
        answers = {is_no_gap(value) for _, value in school.series("gap_minutes", trait) if value.is_exact}
        if answers:
            tests[trait] = "no" if "no" in answers else "unknown" if "unknown" in answers else "yes"
    between = _between(school)
    return _all({**tests, "schools": between} if between else tests)


def _between(school: School) -> Sure | None:
    share, chance = (school.value("theil_between_share", "between", name) for name in ("schools", "schools_by_chance"))
    if share is None or chance is None or not (share.is_exact and chance.is_exact):
        return None
    if _apart(chance.amount, share.amount) < LEAST_BETWEEN:
        return "yes"
    return "no" if exceeds_chance(school, share.amount, chance.amount) else "unknown"


def _all(tests: dict[str, Sure]) -> Judgement:
    """Alike in all (`confirmed`), different in one at least (`refuted`), else `unknown`."""
    answers = set(tests.values())
    if "no" in answers:
        return Judgement("refuted", dict(tests))
    return Judgement("confirmed" if answers == {"yes"} else "unknown", dict(tests))


def _exists(school: School, measure: str, evidence: str) -> bool:
    return school.value(measure, evidence=evidence) is not None
