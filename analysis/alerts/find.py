"""The alerts of a day, from the warehouse, and the record of them when they leave the house.

Every number of an alert is a published figure of a whole school: it has passed the gate, rounded and coded as a report shows it. What
leaves by mail is written into the ledger like what leaves in a report.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import duckdb

from analysis.config import Config
from analysis.disclosure.audit import refuse_openings
from analysis.disclosure.ledger import Release, record
from analysis.errors import DisclosureError
from analysis.header import read_folder

_HERE = Path(__file__).parent
_RELEASED_AS = "alerts"  # the kind of report that the ledger names


class Alert(NamedTuple):
    """One alert: its kind, the school, the month, the figure, and the earlier one that it is compared with, where there is one.

    `value` is a published share and `bound` says whether it is one at most or at least; None where nothing at all was heard.
    """

    kind: str
    uai: str
    school: str
    period: str
    measure: str
    breakdown: str
    category: str
    value: float | None
    bound: str | None
    before_period: str | None
    before_value: float | None
    before_bound: str | None

    @property
    def is_of_collecting(self) -> bool:
        """Whether it is about what reaches Cartable, which who runs it can mend."""
        return self.kind == "coverage_lost"

    @property
    def name(self) -> str:
        """What makes it the same alert in another month."""
        return f"{self.kind} {self.uai} {self.category}"


def alerts_of(config: Config, today: dt.date) -> list[Alert]:
    """The alerts of a day, by school; none before the first build, or where the disclosure control lets nothing of a school out."""
    if not config.alerts.is_on or not config.warehouse.exists():
        return []
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        _prepare(config, today, connection)
        found = [
            Alert(kind, *row)
            for kind, file in read_folder(_HERE).items()
            for row in connection.execute(f"{file.sql} ORDER BY ALL").fetchall()
        ]
    return [alert for alert in sorted(found, key=lambda alert: (alert.uai, alert.name)) if _may_leave(alert, config)]


def record_alerts(config: Config, alerts: Iterable[Alert], day: dt.date) -> None:
    """Writes the figures of alerts into the ledger; to be called before a mail with them leaves."""
    for alert in alerts:
        for period in filter(None, (alert.period, alert.before_period)):
            release = Release(_RELEASED_AS, config.language, alert.uai, period)
            record(config, release, day, (alert.measure, alert.breakdown, alert.category))


def _prepare(config: Config, today: dt.date, connection: duckdb.DuckDBPyConnection) -> None:
    floor = "SELECT CAST(value AS DOUBLE) FROM published.settings WHERE name = 'coverage_floor'"  # that of the figures, not of today
    given = config.alerts.model_dump() | {"today": today.isoformat(), "coverage_floor": connection.execute(floor).fetchall()[0][0]}
    for name, value in given.items():
        connection.execute(f"SET VARIABLE {name} = $value", {"value": value})
    for table in read_folder(_HERE / "common").values():
        connection.execute(f"CREATE TEMP TABLE {table.name} AS {table.sql}")


def _may_leave(alert: Alert, config: Config) -> bool:
    try:
        refuse_openings(config, {(alert.uai, period) for period in (alert.period, alert.before_period) if period})
    except DisclosureError:
        return False
    return True
