"""What was forgotten: said once by `cartable forget`, kept in `data/forgotten.json`, and obeyed by every later ingest.

Without it, a raw file or a roster that is read again would bring back what was forgotten. It stands beside the lake, not in it: who
removes the lake to start over from the raw files does not lose it. Of persons and devices it holds marks only, SHA-256 of pseudonyms.
"""

import json
import re
from calendar import monthrange
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from analysis.config import Config
from analysis.errors import UserError
from analysis.files import write_beside


@dataclass(frozen=True)
class Run:
    """One forgetting: the day on which it was asked for, the day from which data are kept since, the rows that left the lake."""

    on: str
    keeps_from: str
    rows: int


@dataclass(frozen=True)
class FileNote:
    """One raw file forgotten by its name: the day, the SHA-256 of its content, and how many rows left the lake."""

    on: str
    sha: str
    rows: int


@dataclass(frozen=True)
class Span:
    """Days over which a device was that of a person forgotten on request.

    `device` is its mark; `last` is the last day that a roster gave, empty where it gave none; `until` is the last day that is forgotten of
    it as the rosters stand, empty where none is (the device serves several persons).
    """

    device: str
    first: str
    last: str = ""
    until: str = ""


@dataclass(frozen=True)
class OnRequest:
    """Persons forgotten one by one. `accounts` are marks of their identifiers in each system, made under the key with that fingerprint.

    `runs` has, for each request, the day and how many rows left the lake.
    """

    key: str = ""
    accounts: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()
    runs: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Retention:
    """What was promised. `persons` and `devices` are marks of those who were too old, and who may come back."""

    keeps_from: date | None = None
    persons: frozenset[str] = frozenset()
    devices: frozenset[str] = frozenset()
    runs: tuple[Run, ...] = ()
    files: tuple[FileNote, ...] = ()
    on_request: OnRequest = OnRequest()


def load_retention(config: Config) -> Retention:
    """What was promised for a data folder; nothing where nothing was ever forgotten. Raises UserError for a file that is damaged."""
    path = _path(config)
    if not path.exists():
        return Retention()
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Retention(
            date.fromisoformat(kept["keeps_from"]) if kept["keeps_from"] else None,
            frozenset(kept["persons"]),
            frozenset(kept["devices"]),
            tuple(Run(**run) for run in kept["runs"]),
            tuple(FileNote(**note) for note in kept.get("files", ())),
            _on_request(kept.get("on_request", {})),
        )
    except (ValueError, KeyError, TypeError):
        raise UserError(f"{path}: damaged, and without it forgotten rows would come back. Restore it from your backup.") from None


def save_retention(retention: Retention, config: Config) -> None:
    """Writes the promise, whole or not at all."""
    day = retention.keeps_from.isoformat() if retention.keeps_from else ""
    kept = asdict(retention) | {"keeps_from": day, "persons": sorted(retention.persons), "devices": sorted(retention.devices)}
    kept["on_request"]["accounts"] = sorted(retention.on_request.accounts)
    write_beside(_path(config), json.dumps(kept, indent=1).encode())


def _on_request(kept: dict) -> OnRequest:
    spans = tuple(Span(**span) for span in kept.get("spans", ()))
    runs = tuple((on, rows) for on, rows in kept.get("runs", ()))
    return OnRequest(kept.get("key", ""), frozenset(kept.get("accounts", ())), spans, runs)


def _path(config: Config) -> Path:
    return config.data_dir / "forgotten.json"


def day_of(text: str, today: date) -> date:
    """The day that `2023-09-01`, `3y` or `36m` (years or months before today) means. Raises UserError with the forms allowed."""
    age = re.fullmatch(r"(\d{1,4})([ym])", text.strip().lower())
    try:
        day = _months_before(today, int(age[1]) * (12 if age[2] == "y" else 1)) if age else date.fromisoformat(text.strip())
    except ValueError:
        raise UserError(f"--older-than {text!r}: not a day. Write 2023-09-01, or an age in years (3y) or months (36m).") from None
    if day > today:
        raise UserError(
            f"--older-than {day}: that day is still to come, and new data would be forgotten as they arrive. Give one that is past."
        )
    return day


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_instant(day: date, config: Config) -> datetime:
    """The first instant that is kept: midnight of that day where the town is and in UTC, whichever is later.

    Nothing of an earlier day stays, and where the town's clock is ahead of UTC the lake, which is cut into months in UTC, keeps no hour of
    the month before. France loses the first hour or two of that night with it.
    """
    local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(config.timezone))
    return max(local.astimezone(UTC), datetime(day.year, day.month, day.day, tzinfo=UTC))
