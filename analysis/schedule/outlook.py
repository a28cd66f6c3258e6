"""What a run would make now, and what becomes due next."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Config
from analysis.reports.manifest import find_entry, read_manifest
from analysis.reports.orders import is_of_a_school, report_kinds
from analysis.reports.published import TERRITORY, opened
from analysis.schedule.due import due_reports

_TOLD = 5  # kinds and periods that the sentence names; a town that begins late has a hundred


@dataclass(frozen=True)
class Outlook:
    """`waiting`: how many reports of a kind and period are due and were never made; `due_on`: the next day on which others become due, in
    ISO form, empty where the build knows no period that still runs; `coming`: which ones, as kind and period.
    """

    waiting: dict[str, int]
    due_on: str
    coming: list[str]


NOTHING = Outlook({}, "", [])


def outlook_of(config: Config, today: dt.date) -> Outlook:
    """The outlook from a day. Raises UserError if no figures are published, or if the schedule names a report that does not exist."""
    waiting = _waiting(config, today)
    notebooks = report_kinds()
    are_of_schools = {kind: is_of_a_school(notebooks[kind]) for kind in config.schedule.reports}
    query = (Path(__file__).parent / "coming.sql").read_text(encoding="utf-8")
    with opened(config.published) as database:
        periods = database.execute(query, {"today": today}).fetchall()
    coming: dict[dt.date, list[str]] = defaultdict(list)
    for is_whole, period_kind, period, due_on in periods:
        for kind, period_kinds in config.schedule.reports.items():
            if period_kind in period_kinds and are_of_schools[kind] != is_whole:
                coming[due_on].append(f"{kind} {period}")
    first = min(coming, default=None)
    return Outlook(waiting, first.isoformat() if first else "", coming[first] if first else [])


def sentences_of_outlook(outlook: Outlook) -> list[str]:
    """What waits for a run, and what comes next."""
    first = [f"{name} ({number})" for name, number in outlook.waiting.items()][:_TOLD]
    others = sum(list(outlook.waiting.values())[_TOLD:])
    counted = ", ".join([*first, *([f"and {others} others"] if others else [])])
    waiting = [f"due and not made yet: {counted}; run `cartable run`."] if counted else []
    coming = [f"Next due: {', '.join(outlook.coming)}, on {outlook.due_on}."] if outlook.due_on else []
    return waiting + coming


def _waiting(config: Config, today: dt.date) -> dict[str, int]:
    found: dict[str, int] = {}
    for due in due_reports(config, today):
        manifest = read_manifest(config.reports_dir / due.period)
        places = due.schools or (TERRITORY,)
        missing = sum(not find_entry(manifest, due.kind, uai, lang) for uai in places for lang in config.languages)
        found |= {f"{due.kind} {due.period}": missing} if missing else {}
    return found
