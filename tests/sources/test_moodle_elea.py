"""The 14 real Moodle exports: every row is accounted for, and no user id or IP address is left anywhere."""

import base64
import csv
import gzip
import io
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.config import Config
from analysis.lake import LOADED, Lake
from tests.hand_made import Town
from tests.reading import KEY, key, keyed_config, lake_rows, texts_in

EXPORTS = Path(__file__).resolve().parents[2] / "../shared/data/moodle_elea"
pytestmark = pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real Moodle exports (../shared/data/moodle_elea) are not on this machine")

ROWS = 64_422
_ADDRESS = re.compile(r"(?<![\d.])(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}(?![\d.])")
_PERSON = re.compile(r"[Uu]ser with id '?([1-9]\d*)")


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> tuple[Config, str]:
    """The exports beside a small roster, after `cartable ingest` and `cartable build`, and what both said."""
    config = keyed_config(tmp_path_factory.mktemp("elea"))
    shutil.copytree(EXPORTS, config.raw_dir / "moodle")
    Town().write(config)
    environment = {"CARTABLE_KEY": base64.b64encode(KEY).decode()}
    folders = ["--data-dir", str(config.data_dir), "--reports-dir", str(config.reports_dir)]
    said = [CliRunner().invoke(app, [command, "-v", *folders], env=environment) for command in ("ingest", "build")]
    assert [result.exit_code for result in said] == [0, 0]
    return config, "".join(result.output for result in said)


def raw_rows() -> list[list[str]]:
    """The rows of the exports, read in the plainest way."""
    texts = [gzip.decompress(path.read_bytes()).decode("cp1252") for path in sorted(EXPORTS.glob("*.csv.gz"))]
    return [row for text in texts for row in list(csv.reader(io.StringIO(text, newline="")))[1:]]


def user_ids() -> set[str]:
    """The ids of the persons who did something."""
    return {match[1] for row in raw_rows() if (match := _PERSON.search(row[6]))}


def test_every_row_is_loaded_set_aside_or_a_duplicate(ingested: tuple[Config, str]) -> None:
    records = [r for r in Lake(ingested[0]).records() if r.source == "moodle_logs"]
    assert [r.status for r in records] == [LOADED] * 14
    assert sum(r.rows_read for r in records) == ROWS == len(raw_rows())
    assert sum(r.rows_loaded + r.rows_quarantined + r.rows_duplicate for r in records) == ROWS
    nameless = [row for row in raw_rows() if not _PERSON.search(row[6])]
    assert len({tuple(row) for row in nameless}) <= sum(r.rows_quarantined for r in records) <= len(nameless)


def test_the_persons_of_the_lake_are_those_of_the_descriptions(ingested: tuple[Config, str]) -> None:
    assert {row[0] for row in lake_rows(ingested[0], "portal_events", "person_key")} == {key("person", user) for user in user_ids()}


def test_no_address_and_no_user_is_left_anywhere(ingested: tuple[Config, str]) -> None:
    config, said = ingested
    assert any(_ADDRESS.search(row[8]) for row in raw_rows())
    texts = [said, *(text for path in config.data_dir.rglob("*") if path.is_file() for text in texts_in(path, config))]
    assert sum(len(_ADDRESS.findall(text)) for text in texts) == 0
    assert sum(len(_PERSON.findall(text)) for text in texts) == 0
    columns = ("person_key", "structure_id", "event_type", "module", "resource_type", "device_type", "channel")
    assert not user_ids() & {value for row in set(lake_rows(config, "portal_events", *columns)) for value in row if value is not None}
