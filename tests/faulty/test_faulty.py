"""Every complaint has its faulty file, its sentence, its exit code; no row is lost, no other file suffers, no value is repeated."""

import base64
import re
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analysis.checks import complaints_of
from analysis.cli import app
from analysis.config import load_config
from analysis.lake import REFUSED, FileRecord, Lake
from analysis.reading.line_records import NOT_A_LINE
from analysis.sources import load_sources
from tests.reading import KEY, left_behind

HERE = Path(__file__).parent
FAULTS = [fault for page in sorted(HERE.glob("complaints*.toml")) for fault in tomllib.loads(page.read_text(encoding="utf-8"))["fault"]]
SECRETS = [
    *("Durand", "Léa", "lea.durand", "Hugo", "123456789AB", "987654321CD", "06 12 34 56 78", "0712345678", "192.0.2.", "2001:db8"),
    *("a4:83:e7", "295109912611193", "tab-0", "chr-0", "p-00", "k-00", "47113306", "00008101", "'818'", "wizard", "parfois"),
]
HEALTHY = "structure_id,uai\ns-0001,0920001B\n"


def ingest_by_command(folder: Path, *paths: Path) -> Result:
    """`cartable ingest` of a data folder, or of the paths."""
    environment = {"CARTABLE_KEY": base64.b64encode(KEY).decode()}
    return CliRunner().invoke(app, ["ingest", *map(str, paths), "--data-dir", str(folder)], env=environment)


def records_of(folder: Path) -> dict[str, FileRecord]:
    return {record.file: record for record in Lake(load_config(data_dir=folder)).records()}


def drop(folder: Path, file: str) -> None:
    (folder / "raw").mkdir(parents=True, exist_ok=True)
    (folder / "raw" / file).write_bytes((HERE / "files" / file).read_bytes())


def is_fixed(record: FileRecord, column: str, problem: str, rows: int) -> bool:
    """Whether a reason is one that the source's checks or the splitting give, word for word: then no value can stand in it."""
    said = {(c.column, c.reason) for c in complaints_of(load_sources()[record.source])}
    unsplit = {NOT_A_LINE, "not valid JSON", "a line that is too long", "a quotation mark that is not closed, or that stands inside a cell"}
    is_width = re.fullmatch(r"(fewer|more) than the \d+ columns of the header", problem) is not None
    return rows > 0 and ((column, problem) in said or (column == "" and (problem in unsplit or is_width)))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f["file"])
def test_a_fault_has_its_sentence_and_costs_nothing_else(fault: dict, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    drop(folder, fault["file"])
    (folder / "raw" / "healthy.csv").write_text(HEALTHY, encoding="utf-8")
    result = ingest_by_command(folder)
    is_refused = fault.get("is_refused", False)
    assert result.exit_code == (1 if is_refused else 0), result.output
    records = records_of(folder)
    record = records[fault["file"]]
    assert (record.status == REFUSED) == is_refused
    assert (record.rows_read, record.rows_quarantined) == (fault.get("read", 0), fault.get("aside", 0))
    assert {why for why in record.set_aside if not is_fixed(record, *why)} == set()
    assert records["healthy.csv"].rows_loaded == 1
    if is_refused or record.rows_quarantined or record.message:
        assert fault["says"] in result.output.splitlines()
    assert left_behind(load_config(data_dir=folder), SECRETS, result.output) == set()
    assert not list(folder.glob(".staging/*"))


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.get("is_refused")], ids=lambda f: f["file"])
def test_where_nothing_could_be_read_the_exit_code_says_so(fault: dict, tmp_path: Path) -> None:
    drop(tmp_path / "data", fault["file"])
    assert ingest_by_command(tmp_path / "data").exit_code == 2


def test_every_faulty_file_is_in_the_table() -> None:
    assert {fault["file"] for fault in FAULTS} == {path.name for path in (HERE / "files").iterdir()}


def test_all_faults_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for fault in FAULTS:
        drop(folder, fault["file"])
    result = ingest_by_command(folder)
    assert result.exit_code == 1
    said = result.output.splitlines()
    assert [f["file"] for f in FAULTS if (f.get("is_refused") or f.get("aside")) and f["says"] not in said] == []
    assert ingest_by_command(folder).exit_code == 1  # what is refused is said again until it is mended


def test_a_path_that_does_not_exist_is_a_mistake(tmp_path: Path) -> None:
    result = ingest_by_command(tmp_path / "data", tmp_path / "no-such-export.csv")
    assert result.exception is not None
    assert "no such file or folder" in str(result.exception)
