"""One unattended run: what was dropped is read, the warehouse brought up to date, every report that is due made, and what is new delivered.

It may be called at any time, any number of times: what stands already is left as it is, what failed is tried again. No fault of one file,
one step or one report stops the others; each is told with its cause.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from analysis import build
from analysis.config import Config
from analysis.delivery.deliver import deliver
from analysis.errors import UserError
from analysis.faults import fault_of_machine
from analysis.ingest import ingest
from analysis.lake import REFUSED, FileRecord
from analysis.reports.orders import Request
from analysis.reports.retries import made_with_retries
from analysis.reports.runner import ReportResult, make_reports
from analysis.schedule.due import Due, due_reports
from analysis.schedule.journal import DONE, FAILED, IN_PART, Journal, Run, Step, Undone

Tell = Callable[[Step], None]


def run_unattended(config: Config, today: dt.date | None = None, tell: Tell = lambda step: None) -> Run:
    """Does everything that is due on a day (the present one unless given) and returns what became of it. Call it under the lock.

    `tell` hears of each step as it ends. A user's mistake that stops a step (no key, a calendar that lacks a year) is that step's fault;
    any other error of the program is too, with its name, and the steps after it go on with what stands.
    """
    day = today or build.today()
    journal = Journal(config)
    run = journal.begin()
    for name, step in (("ingest", _ingested), ("build", _built), ("report", _reported)):
        done = _attempted(name, step, config, day)
        run = journal.note(run, done)
        tell(done)
    delivered = _attempted("deliver", partial(_delivered, run), config, day)
    run = journal.note(run, delivered)
    tell(delivered)
    return journal.end(run)


def _attempted(name: str, step: Callable[[Config, dt.date], Step], config: Config, day: dt.date) -> Step:
    try:
        return step(config, day)
    except UserError as error:
        return Step(name, FAILED, "Nothing was done.", (str(error),))
    except Exception as error:  # noqa: BLE001  an unattended run must tell of every fault, and go on
        cause = fault_of_machine(error) or f"{type(error).__name__}. Please report this."
        return Step(name, FAILED, "Stopped half-way; what stood before stands.", (str(cause),))


def _ingested(config: Config, day: dt.date) -> Step:
    new: list[FileRecord] = []
    records = ingest(config, [], lambda record, is_new: new.append(record) if is_new else None)
    refused = [record for record in records if record.status == REFUSED]
    loaded, aside = sum(r.rows_loaded for r in new), sum(r.rows_quarantined for r in new)
    sentence = f"Files: {len(records):,}, {len(new) - len(refused):,} of them new. Rows: {loaded:,} loaded, {aside:,} set aside."
    return Step("ingest", IN_PART if refused else DONE, sentence, tuple(record.message for record in refused))


def _built(config: Config, day: dt.date) -> Step:
    result = build.build(config)
    return Step(
        "build", DONE, "Nothing had changed." if result.is_current else f"Computed: {', '.join(result.rebuilt) or 'registers only'}."
    )


def _reported(config: Config, day: dt.date) -> Step:
    results = [result for due in due_reports(config, day) for result in _made(due, config, day)]
    failed = [result for result in results if result.error]
    new = sum(result.is_new for result in results)
    sentence = f"{len(results)} reports due: {new} made, {len(results) - new - len(failed)} stood already, {len(failed)} failed."
    return Step("report", IN_PART if failed else DONE, sentence, tuple(result.error for result in failed), tuple(map(_undone, failed)))


def _undone(result: ReportResult) -> Undone:
    about = result.order.about
    return Undone(result.order.kind, about.uai, about.name, about.period, result.order.lang, result.is_refused)


def _made(due: Due, config: Config, day: dt.date) -> Iterator[ReportResult]:
    """The reports of one kind and period, those that fail tried again; never those that the disclosure control refused."""
    for lang in config.languages:
        request = Request([due.kind], due.schools, [due.period], lang, config.schedule.formats)
        yield from made_with_retries(request, lambda asked: _attempt(asked, config, day), config.schedule.retries)


def _attempt(request: Request, config: Config, day: dt.date) -> list[ReportResult]:
    return make_reports(request, config, config.schedule.jobs, produced_on=day)


def _delivered(run: Run, config: Config, day: dt.date) -> Step:
    return deliver(config, day, run)
