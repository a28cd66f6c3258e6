"""A small town written by hand: rosters and raw exports with answers that a person can check, taken through the whole path."""

import csv
import json
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import duckdb
import polars as pl

from analysis import build as building
from analysis.build import build
from analysis.config import Config
from analysis.engine import frame_of
from analysis.ingest import ingest
from analysis.lake import FileRecord

UAI = "0920001B"
RESUMED, PAUSED, SCREEN_OFF, SHUTDOWN, STARTUP, STOPPED = 1, 2, 16, 26, 27, 23


def config_in(folder: Path, **settings: object) -> Config:
    """A configuration whose data, reports and key stand in `folder`."""
    base = {"data_dir": folder / "data", "reports_dir": folder / "reports", "privacy": {"key_file": folder / "key"}}
    return Config.model_validate({**base, **settings})


@dataclass(frozen=True)
class Kept:
    """A town that is made once and put back, at the path at which it was made, for each test."""

    config: Config

    def __post_init__(self) -> None:
        shutil.copytree(self._folder, self._copy)

    def back(self) -> Config:
        """The folder as it was made, and its configuration."""
        shutil.rmtree(self._folder)
        shutil.copytree(self._copy, self._folder)
        return self.config

    @property
    def _folder(self) -> Path:
        return self.config.data_dir.parent

    @property
    def _copy(self) -> Path:
        return self._folder.with_name(f"{self._folder.name}-kept")


@dataclass
class Town:
    """Raw files in the making; `write` puts them into the raw folder of a configuration."""

    uai: str = UAI
    zone: str = "C"
    timezone: str = "Europe/Paris"
    week_pattern: str = "4"
    bells: str = "08:30-11:30,13:30-16:30"
    school_year: str = "2025-2026"
    since: str = "2025-09-01"
    pupils: int = 1
    os: str = "Android"
    events: list[dict] = field(default_factory=list)

    def app(self, device: str, app: str, start: str, end: str, activity: str = "Main") -> "Town":
        """An app in front from `start` to `end` (ISO, UTC)."""
        return self.event(device, app, RESUMED, start, activity).event(device, app, PAUSED, end, activity)

    def event(self, device: str, app: str, kind: int, instant: str, activity: str = "Main") -> "Town":
        """One Android usage event at `instant` (ISO, UTC)."""
        stamp = int(datetime.fromisoformat(instant).replace(tzinfo=UTC).timestamp() * 1000)
        self.events.append({"deviceId": device, "packageName": app, "className": activity, "timeStamp": stamp, "eventType": kind})
        return self

    def write(self, config: Config) -> Path:
        """Writes rosters and events; pupil `p1` holds device `d1`, `p2` holds `d2`, and so on."""
        raw = config.raw_dir
        raw.mkdir(parents=True, exist_ok=True)
        numbers = range(1, self.pupils + 1)
        school = {"uai": self.uai, "school_year": self.school_year, "name": "École du Test", "zone": self.zone}
        school |= {"timezone": self.timezone, "week_pattern": self.week_pattern, "bells": self.bells}
        rosters = {
            "schools": [school],
            "classes": [{"class_id": "k1", "uai": self.uai, "school_year": self.school_year, "levels": "CE1"}],
            "people": [{"person_id": f"p{i}", "profile": "student"} for i in numbers],
            "enrolments": [
                {"person_id": f"p{i}", "class_id": "k1", "uai": self.uai, "level": "CE1", "from_date": self.since} for i in numbers
            ],
            "devices": [{"device_id": f"d{i}", "kind": "individual", "os": self.os} for i in numbers],
            "assignments": [{"device_id": f"d{i}", "person_id": f"p{i}", "from_date": self.since} for i in numbers],
        }
        for name, rows in rosters.items():
            write_csv(raw / f"{name}.csv", rows)
        if self.events:
            (raw / "events.ndjson").write_text("\n".join(map(json.dumps, self.events)) + "\n", encoding="utf-8")
        return raw


def write_csv(path: Path, rows: list[dict], delimiter: str = ",") -> None:
    """Rows as CSV with a header."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def run(config: Config) -> list[FileRecord]:
    """Ingest and build."""
    records = ingest(config, [])
    build(config)
    return records


def measured(config: Config) -> list[FileRecord]:
    """Ingest, and of a build the marts and the measures: the gate and the comments, which come after them, take more than half of it."""
    with patch.multiple(building, publish=_nothing, comment_on=_nothing, copy_published=_empty):
        return run(config)


def in_marts(config: Config) -> list[FileRecord]:
    """Ingest, and of a build the marts alone."""
    with patch.object(building, "make_measures", _nothing):
        return measured(config)


def rows(config: Config, query: str) -> list[tuple]:
    """The rows of a query on the warehouse."""
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.execute(query).fetchall()


def frame(config: Config, query: str) -> pl.DataFrame:
    """The same as a polars frame."""
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return frame_of(query, connection)


def _nothing(*_: object) -> None:
    pass


def _empty(_: Path, target: Path, build: str) -> None:
    duckdb.connect(str(target)).close()
