"""A slow, plain reading of the raw exports, from the formats alone: it shares nothing with the model that wrote them."""

import csv
import gzip
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
Event = tuple[int, int, str, str]


def text_of(path: Path, encoding: str = "utf-8") -> str:
    """The text of a raw file, unpacked."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    if path.suffix == ".zip":
        archive = zipfile.ZipFile(io.BytesIO(data))
        data = archive.read(archive.namelist()[0])
    return data.decode(encoding)


def rows_of(path: Path, delimiter: str = ",") -> list[dict[str, Any]]:
    """The records of a CSV or NDJSON file."""
    text = text_of(path)
    if ".csv" in path.name:
        return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    return [json.loads(line) for line in text.splitlines()]


def local_day(at: int) -> date:
    """The day in Paris at an instant in milliseconds."""
    return datetime.fromtimestamp(at / 1000, PARIS).date()


def android_events(raw: Path) -> dict[str, set[Event]]:
    """The readable events of each device, each once."""
    events: dict[str, set[Event]] = defaultdict(set)
    for path in sorted((raw / "android").iterdir()):
        for row in rows_of(path):
            try:
                at, event = int(row["timeStamp"]), int(row["eventType"])
            except (TypeError, ValueError):
                continue
            if row["deviceId"] and at > 1_262_304_000_000:
                events[row["deviceId"]].add((at, event, row["packageName"], row["className"] or ""))
    return events


def foreground_days(events: set[Event]) -> dict[date, int]:
    """Milliseconds per local day with an app in front, by an open-activity counter per screen."""
    days: dict[date, int] = defaultdict(int)
    for start, end in _foreground(events):
        while start < end:
            day = local_day(start)
            midnight = int(datetime.combine(day + timedelta(days=1), datetime.min.time(), PARIS).timestamp() * 1000)
            days[day] += min(end, midnight) - start
            start = min(end, midnight)
    return days


def _foreground(events: set[Event]) -> Iterator[tuple[int, int]]:
    opened: dict[tuple[str, str], int] = defaultdict(int)
    since, before = None, 0
    for at, event, package, class_name in sorted(events):
        end = before if event == 27 else at
        _count(opened, event, (package, class_name))
        if since is not None and not any(opened.values()):
            yield since, end
            since = None
        elif since is None and any(opened.values()):
            since = at
        before = at
    if since is not None:
        yield since, before


def _count(opened: dict[tuple[str, str], int], event: int, screen: tuple[str, str]) -> None:
    if event in (16, 17, 26, 27):
        opened.clear()
    elif event in (1, 4):
        opened[screen] += 1
    elif event in (2, 3, 23, 24):
        opened[screen] = max(0, opened[screen] - 1)
