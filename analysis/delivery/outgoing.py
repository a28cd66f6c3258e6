"""Which mails are to go out: what each recipient was not told yet.

A report is new to a recipient when its figures are: one that was made again with the same figures, after an upgrade say, is not sent.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from analysis.alerts.find import Alert
from analysis.config import Config
from analysis.delivery.letters import Letter, to_operator, to_school, to_town
from analysis.delivery.recipients import Recipient
from analysis.delivery.record import Deliveries, Delivery, Piece, hidden
from analysis.delivery.released import Report
from analysis.schedule.journal import BROKEN_OFF, IN_PART, Journal, Run, Step, Undone

REPORT, DIGEST, NOTICE = "report", "digest", "notice"


@dataclass(frozen=True)
class Outgoing:
    """One mail to one address, what the record says of it, and the alerts that it tells. `label` names it without the address."""

    label: str
    address: str
    letter: Letter
    attached: tuple[Report, ...]
    delivery: Delivery
    alerts: tuple[Alert, ...] = ()


@dataclass(frozen=True)
class Evening:
    """What a delivery knows: the reports that stand, who gets them, what was told, the day, the run under way, if any, and the alerts."""

    reports: Sequence[Report]
    recipients: Sequence[Recipient]
    record: Deliveries
    day: dt.date
    run: Run | None
    config: Config
    alerts: Sequence[Alert] = ()


def to_schools(evening: Evening) -> list[Outgoing]:
    """A mail for each recipient and each period with reports that are new to them, the earliest period first.

    Where a report could not be made anew, the edition that stands is of figures that hold no more: it waits.
    """
    undone = _undone(evening)
    of_school: dict[str, list[Report]] = defaultdict(list)
    for report in evening.reports:
        if "pdf" in report.files and report.name not in undone:
            of_school[report.uai].append(report)
    found = [each for recipient in evening.recipients for each in _to_one(recipient, of_school[recipient.uai], evening)]
    return sorted(found, key=lambda outgoing: outgoing.attached[0].period)


def to_towns(evening: Evening) -> list[Outgoing]:
    """The digest for each address of the town that was not told of a report, of one that could not be made, or of an alert of the month."""
    return [each for address in evening.config.mail.town for each in _digest(address, evening)]


def to_operators(evening: Evening, delivering: Sequence[str]) -> list[Outgoing]:
    """The notice of a run with faults, `delivering` those of its deliveries so far; not if the operator was told of the same ones.

    It tells too of schools whose tablets are heard of no more, once for each month. Faults that stay the same night after night are told
    once; those that come back after a night without them are told again.
    """
    address, run = evening.config.mail.operator, evening.run
    if not address or run is None:
        return []
    step = (Step("deliver", IN_PART, "", tuple(delivering)),) if delivering else ()
    whole = Run(run.started_at, run.ended_at, (*run.steps, *step))
    broken_off, since = _before(whole, evening.config)
    pieces = [Piece("broken off", _sha256(broken_off), "")] if broken_off else []
    if whole.faults:
        pieces.append(Piece("faults", _sha256(f"{since or run.started_at} {_faults(whole)}"), ""))
    told = evening.record.told(NOTICE, hidden(address))
    alerts = _untold([each for each in evening.alerts if each.is_of_collecting], told)
    pieces += map(_piece_of_alert, alerts)
    if all(told.get(piece.name) == piece for piece in pieces):
        return []
    letter = to_operator(whole, broken_off, since, alerts, evening.config)
    return [Outgoing("notice to the operator", address, letter, (), Delivery(NOTICE, "", hidden(address), tuple(pieces)), alerts)]


def _to_one(recipient: Recipient, reports: list[Report], evening: Evening) -> Iterable[Outgoing]:
    config, who = evening.config, hidden(recipient.email)
    told, waiting = evening.record.told(REPORT, who, recipient.uai), evening.record.waiting(REPORT, who, recipient.uai)
    periods: dict[str, list[Report]] = defaultdict(list)
    for report in _in_language(reports, (recipient.lang, config.language)):
        if _is_new(report, told, waiting, evening) and report.files["pdf"].stands:
            periods[report.period].append(report)
    for period, new in periods.items():
        new.sort(key=lambda report: report.kind)
        letter = to_school(new, {name: piece.figures for name, piece in told.items()}, recipient.lang, config)
        pieces = tuple(Piece(report.name, report.files["pdf"].sha256, report.figures) for report in new)
        label = f"{recipient.uai}: {', '.join(report.kind for report in new)} of {period}"
        yield Outgoing(label, recipient.email, letter, tuple(new), Delivery(REPORT, recipient.uai, who, pieces))


def _in_language(reports: list[Report], wanted: Sequence[str]) -> list[Report]:
    """Of each report the language wanted most, or the one that there is."""
    rank = {lang: place for place, lang in reversed(list(enumerate(wanted)))}
    best: dict[tuple[str, str], Report] = {}
    for report in sorted(reports, key=lambda report: (rank.get(report.lang, len(rank)), report.lang)):
        best.setdefault((report.period, report.kind), report)
    return list(best.values())


def _digest(address: str, evening: Evening) -> Iterable[Outgoing]:
    who = hidden(address)
    told, waiting = evening.record.told(DIGEST, who), evening.record.waiting(DIGEST, who)
    failed = _undone(evening)
    made = [each for each in evening.reports if each.name not in failed and _is_new(each, told, waiting, evening)]
    missing = [each for name, each in failed.items() if name not in told or told[name].figures != _cause(each)]
    alerts = _untold(evening.alerts, told)
    if made or missing or alerts:
        pieces = (*map(_piece_of_report, made), *map(_piece_of_undone, missing), *map(_piece_of_alert, alerts))
        letter = to_town(made, missing, _homeless(made, evening), alerts, evening.run, evening.config)
        label = f"digest to the town: {len(made)} reports made, {len(missing)} not{f', {len(alerts)} alerts' if alerts else ''}"
        yield Outgoing(label, address, letter, (), Delivery(DIGEST, "", who, pieces), alerts)


def _homeless(made: Sequence[Report], evening: Evening) -> list[Report]:
    """One report of each school without an address, where there is a list of addresses."""
    known = {recipient.uai for recipient in evening.recipients}
    return list({each.uai: each for each in made if known and each.is_of_a_school and each.uai not in known}.values())


def _piece_of_report(report: Report) -> Piece:
    return Piece(report.name, _sha256(repr(sorted(file.sha256 for file in report.files.values()))), report.figures)


def _piece_of_undone(undone: Undone) -> Piece:
    return Piece(_name(undone), _sha256(f"{_name(undone)} {_cause(undone)}"), _cause(undone))


def _untold(alerts: Sequence[Alert], told: dict[str, Piece]) -> tuple[Alert, ...]:
    return tuple(each for each in alerts if each.name not in told or told[each.name].figures != each.period)


def _piece_of_alert(alert: Alert) -> Piece:
    return Piece(alert.name, _sha256(f"{alert.name} {alert.period}"), alert.period)


def _is_new(report: Report, told: dict[str, Piece], waiting: set[str], evening: Evening) -> bool:
    if report.name in told and told[report.name].figures == report.figures:
        return False
    return report.name in waiting or report.produced_on >= evening.day - dt.timedelta(days=evening.config.mail.days)


def _undone(evening: Evening) -> dict[str, Undone]:
    return {_name(each): each for step in (evening.run.steps if evening.run else ()) for each in step.undone}


def _name(undone: Undone) -> str:
    return f"{undone.uai} {undone.kind} {undone.period} {undone.lang}"


def _cause(undone: Undone) -> str:
    return "not made: refused" if undone.is_refused else "not made: failed"


def _before(run: Run, config: Config) -> tuple[str, str]:
    """When the run before began, if it broke off; and since when its faults stand, if this run is not the first with them."""
    earlier = [each for each in Journal(config).runs() if each.started_at < run.started_at]
    broken_off = earlier[0].started_at if earlier and earlier[0].outcome == BROKEN_OFF else ""
    alike = takewhile(lambda each: _faults(each) == _faults(run), earlier)
    return broken_off, min((each.started_at for each in alike), default="")


def _faults(run: Run) -> list[tuple[str, tuple[str, ...]]]:
    return [(step.name, step.faults) for step in run.steps if step.faults]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
