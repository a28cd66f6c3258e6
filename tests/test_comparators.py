"""What `make bench` compares with gives the seconds of the slow reading in plain Python, on a month of random events."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from analysis.header import read_sql
from tests.bench import pandas_minutes, polars_minutes
from tests.second_opinion import Event, seconds_by_day, stays
from tests.test_second_opinion import TYPES

ZONE = "Europe/Paris"


@pytest.fixture(scope="module")
def log() -> list[Event]:
    chance, events = random.Random(8), []
    for device in "xyz":
        at = datetime(2025, 11, 3, 6, tzinfo=UTC)
        while at < datetime(2025, 11, 28, tzinfo=UTC):
            at += timedelta(seconds=chance.choice([0, 1, 40, 600, 3000, 11_000, 40_000]))
            events.append((device, chance.choice("ab"), chance.choice("mn"), chance.choice(TYPES), at))
    return events


@pytest.fixture(scope="module")
def parquet(log: list[Event], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("events") / "events.parquet"
    pl.DataFrame(log, schema=pandas_minutes.COLUMNS, orient="row").write_parquet(path)
    return path


@pytest.fixture(scope="module")
def seconds(log: list[Event]) -> dict[tuple[str, date], float]:
    spans = defaultdict(list)
    for (device, _), found in stays(log).items():
        spans[device] += found
    days = {(device, day): total for device in spans for day, total in seconds_by_day(spans[device], ZONE).items()}
    assert len(days) > 50
    return days


def test_pandas(parquet: Path, seconds: dict) -> None:
    days = pandas_minutes.seconds_by_day(pd.read_parquet(parquet), ZONE)
    assert days.to_dict() == pytest.approx(seconds)


def test_polars(parquet: Path, seconds: dict) -> None:
    days = polars_minutes.seconds_by_day([str(parquet)], ZONE)
    assert {(device, day): total for device, day, total in days.iter_rows()} == pytest.approx(seconds)


def test_a_query_by_hand(parquet: Path, seconds: dict) -> None:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"SET VARIABLE files = ['{parquet}']; SET VARIABLE timezone = '{ZONE}'")
        days = connection.execute(read_sql(Path(polars_minutes.__file__).with_name("minutes.sql")).sql).fetchall()
    assert {(device, day): total for device, day, total in days} == pytest.approx(seconds)
