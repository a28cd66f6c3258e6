"""Which reports are due: those of `[schedule]` whose period has ended, until its figures are left as they stand.

Data that arrive late change a closed period. Until `reopen_days` after its end, a report whose figures have changed is made again; later
it stays as it was read in the council, and only a report that was never made is still made.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Config
from analysis.errors import UserError
from analysis.reports.manifest import find_entry, read_manifest
from analysis.reports.orders import is_of_a_school, period_kinds, report_kinds
from analysis.reports.published import TERRITORY, opened


@dataclass(frozen=True)
class Due:
    """Reports of one kind on one period: of `schools`, or of the territory where there is none."""

    kind: str
    period: str
    schools: tuple[str, ...]


@dataclass(frozen=True)
class Closed:
    """A period of a school or of the territory that has ended, with its last day."""

    uai: str
    period: str
    kind: str
    to_date: dt.date


def due_reports(config: Config, today: dt.date) -> list[Due]:
    """What is due on a day, the earliest period first, and the territory after the schools of a period.

    Raises UserError if no figures are published, or if the schedule names a report that does not exist.
    """
    notebooks = report_kinds()
    unknown = sorted(config.schedule.reports.keys() - notebooks.keys())
    if unknown:
        raise UserError(f"cartable.toml, schedule.reports: there is no report {', '.join(unknown)}. Valid: {', '.join(notebooks)}.")
    _check_periods(config, notebooks)
    are_of_schools = {kind: is_of_a_school(notebooks[kind]) for kind in config.schedule.reports}
    wanted: dict[tuple[dt.date, bool, str, str], list[str]] = defaultdict(list)
    for closed in closed_periods(config, today):
        for kind, ends in config.schedule.reports.items():
            is_about_it = are_of_schools[kind] == (closed.uai != TERRITORY)
            if is_about_it and closed.kind in ends and _is_open(kind, closed, config, today):
                last = closed.to_date.replace(day=1)  # schools end a period on different days of a month
                wanted[last, closed.uai == TERRITORY, closed.period, kind].append(closed.uai)
    return [
        Due(kind, period, () if is_whole else tuple(schools))
        for (_, is_whole, period, kind), schools in sorted(wanted.items(), key=lambda item: item[0])
    ]


def closed_periods(config: Config, today: dt.date) -> list[Closed]:
    """Every period with figures that had ended before `today`. Raises UserError if no figures are published."""
    query = (Path(__file__).parent / "due.sql").read_text(encoding="utf-8")
    with opened(config.published) as database:
        return [Closed(*row) for row in database.execute(query, {"today": today}).fetchall()]


def _check_periods(config: Config, notebooks: dict[str, Path]) -> None:
    for kind, wanted in config.schedule.reports.items():
        valid = period_kinds(notebooks[kind])
        if not valid.issuperset(wanted):
            listed = ", ".join(sorted(valid))
            raise UserError(f"cartable.toml, schedule.reports.{kind}: this report is not made for all of these periods. Valid: {listed}.")


def _is_open(kind: str, closed: Closed, config: Config, today: dt.date) -> bool:
    if today <= closed.to_date + dt.timedelta(days=config.schedule.reopen_days):
        return True
    manifest = read_manifest(config.reports_dir / closed.period)
    return not all(find_entry(manifest, kind, closed.uai, lang) for lang in config.languages)
