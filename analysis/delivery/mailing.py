"""The mails of a run: sent, each recorded before and after; or, in a dry run, only said."""

import datetime as dt
from collections.abc import Callable, Sequence

import duckdb

from analysis.alerts.find import Alert, alerts_of, record_alerts
from analysis.config import Config
from analysis.delivery.handed import Handed
from analysis.delivery.message import message_of
from analysis.delivery.outgoing import Evening, Outgoing, to_operators, to_schools, to_towns
from analysis.delivery.post import FailedError, Post, RefusedError, UnknownError
from analysis.delivery.recipients import Recipient, read_recipients
from analysis.delivery.record import ABOUT, AGAIN, FAILED, REFUSED, SENT, UNKNOWN, Deliveries, Delivery
from analysis.delivery.released import Report
from analysis.errors import UserError
from analysis.schedule.journal import Run

_ENDS = {FailedError: FAILED, RefusedError: REFUSED, UnknownError: UNKNOWN}


def mail_out(
    config: Config, reports: Sequence[Report], day: dt.date, run: Run | None, before: Sequence[str] = (), post: Callable[..., Post] = Post
) -> Handed:
    """Sends what is new to each recipient, and last the notice to the operator, who also hears of the faults `before`.

    In a dry run nothing is sent and nothing written.
    """
    if not config.mail.host:
        return Handed("No mail server is configured.")
    record = Deliveries(config)
    recipients, faults = _recipients(config)
    faults += [_unknown(each) for each in (record.close_open() if config.mail.send else record.of_state(ABOUT))]
    evening = Evening(reports, recipients, record, day, run, config, _alerts(config, day, faults))
    queue = [*to_schools(evening), *to_towns(evening)]
    if not config.mail.send:
        return _dry([*queue, *to_operators(evening, [*before, *faults])], faults)
    _record_alerts(queue, config, day)
    with post(config.mail) as line:
        sent, waiting = _sent(queue, line, record, config, faults)
        if not waiting:
            notice = to_operators(evening, [*before, *faults])
            _record_alerts(notice, config, day)
            more, waiting = _sent(notice, line, record, config, faults)
            sent += more
    left = f", {waiting} wait for the next run" if waiting else ""
    return Handed(f"{sent} mails sent{left}.", tuple(faults))


def send_again(config: Config, who: str) -> int:
    """Lets mails to a school (its UAI), to the `town` or to the `operator` go out again that were refused or whose end is unknown.

    Returns how many; they go out with the next delivery. Raises UserError where there is none.
    """
    record = Deliveries(config)
    record.close_open()
    whose = {"town": ("digest", ""), "operator": ("notice", "")}.get(who, ("report", who))
    found = [each for each in record.of_state(UNKNOWN, REFUSED) if (each.what, each.uai) == whose]
    if not found:
        raise UserError(
            f"No mail to {who} was refused or has an unknown end: there is nothing to send again. Give a UAI, town or operator."
        )
    for each in found:
        record.write(each, AGAIN)
    return len(found)


def _recipients(config: Config) -> tuple[list[Recipient], list[str]]:
    """The list of head teachers; one that is wrong keeps no other mail from going out."""
    try:
        return read_recipients(config), []
    except UserError as error:
        return [], [str(error)]


def _alerts(config: Config, day: dt.date, faults: list[str]) -> list[Alert]:
    """The alerts of the day; a warehouse that cannot be read keeps no mail from going out."""
    try:
        return alerts_of(config, day)
    except duckdb.Error:
        faults.append("The warehouse cannot be read, and no alert was looked for. Run `cartable build`.")
        return []


def _record_alerts(queue: Sequence[Outgoing], config: Config, day: dt.date) -> None:
    """What is about to leave is in the ledger first: else it would be unknown to the attack."""
    for outgoing in queue:
        record_alerts(config, outgoing.alerts, day)


def _dry(queue: Sequence[Outgoing], faults: Sequence[str]) -> Handed:
    said = "; ".join(outgoing.label for outgoing in queue) or "nothing"
    return Handed(f"Dry run (mail.send = false), {len(queue)} mails would go out: {said}.", tuple(faults))


def _sent(queue: Sequence[Outgoing], line: Post, record: Deliveries, config: Config, faults: list[str]) -> tuple[int, int]:
    """How many mails were sent, and how many wait because the server cannot be used; what went wrong joins the faults."""
    sent = 0
    for place, outgoing in enumerate(queue):
        try:
            line.open()  # before anything is recorded: a dead server is no attempt at each mail
            sent += _one(outgoing, line, record, config, faults)
        except UserError as error:
            faults.append(str(error))
            return sent, len(queue) - place
    return sent, 0


def _one(outgoing: Outgoing, line: Post, record: Deliveries, config: Config, faults: list[str]) -> bool:
    delivery = outgoing.delivery
    message = message_of(outgoing.letter, outgoing.address, outgoing.attached, delivery, config.mail)
    record.write(delivery, ABOUT)
    try:
        line.send(message, outgoing.address)
    except (FailedError, RefusedError, UnknownError) as error:
        noted = record.write(delivery, _ENDS[type(error)], str(error))
        faults.append(_TOLD[noted.state](noted))
        return False
    except UserError:
        record.write(delivery, FAILED, "the server could not be used")
        raise
    record.write(delivery, SENT)
    return True


def _failed(delivery: Delivery) -> str:
    return f"{_named(delivery)} was not sent: {delivery.cause}. The next run tries again."


def _refused(delivery: Delivery) -> str:
    again = f"`cartable deliver --again {_whom(delivery)}`"
    return (
        f"{_named(delivery)} was not sent: {delivery.cause}. Check the address; once another is given it is sent. To the same one: {again}."
    )


def _unknown(delivery: Delivery) -> str:
    cause = f" ({delivery.cause})" if delivery.cause else ""
    asked = f"Ask whether it came; if not: `cartable deliver --again {_whom(delivery)}`."
    return f"Nobody knows whether {_named(delivery)} was sent{cause}; it is not repeated by itself. {asked}"


_TOLD = {FAILED: _failed, REFUSED: _refused, UNKNOWN: _unknown}


def _named(delivery: Delivery) -> str:
    if delivery.what != "report":
        return f"the {delivery.what} to the {_whom(delivery)}"
    return f"the mail to {delivery.uai} ({', '.join(piece.name.partition(' ')[2] for piece in delivery.pieces)})"


def _whom(delivery: Delivery) -> str:
    return {"digest": "town", "notice": "operator"}.get(delivery.what, delivery.uai)
