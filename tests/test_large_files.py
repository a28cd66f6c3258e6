"""What is done for large files changes nothing of what is read: texts as ENUMs, duplicates by hash, records that are a view of the file."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analysis import canonical, duplicates
from analysis.config import Config
from analysis.lake import REFUSED, FileRecord, Lake
from analysis.sources import load_sources
from tests.reading import key, lake_rows, quarantined, read_one
from tests.sources.expected import load_samples
from tests.sources.sample import Sample
from tests.test_reader import HEAD

SAMPLES = Path(__file__).parent / "sources" / "samples"
COLUMNS = "device_key app_id activity event happened_at".split()
OCTOBER, NOVEMBER = 1759734000000, 1762412400000


@pytest.fixture
def as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of forty rows is treated as one of ten million; hashes are compared in parts."""
    monkeypatch.setattr(canonical, "SAMPLE", 40)
    monkeypatch.setattr(duplicates, "AT_ONCE", 7)


def line(number: int, app: str = "app", instant: int | str = OCTOBER, event: str = "1") -> str:
    return f"d{number % 3},{app},Main,{instant + number if isinstance(instant, int) else instant},{event}\n"


PLAIN = HEAD + "".join(line(i) for i in range(40))
MIXED = {
    "plain": PLAIN,
    "windows_line_ends": PLAIN.replace("\n", "\r\n"),
    "faults_and_duplicates": PLAIN + line(1) + line(50, instant="hier") + line(51, event="x") + line(52, event="2000") + line(2) + line(2),
    "blanks_and_empty_texts": PLAIN + 'd9 , \u00a0app,"",1759734000001,1\n' + '"","app",Main,1759734000002,1\n',
    "written_in_two_ways": PLAIN + line(1, event="1.0") + line(1, event="1.0"),
    "cut_rows": PLAIN + "d1,app\n" + line(60),
    "an_empty_column": HEAD + "".join(f"d1,,,{OCTOBER + i},16\n" for i in range(45)),
    "two_months": PLAIN + "".join(line(i, f"late{i % 2}", NOVEMBER) for i in range(40)),
    "no_class_name": "deviceId,packageName,timeStamp,eventType\n"
    + "".join(f"d1,app,{OCTOBER + i},1\n" for i in range(45))
    + "d1,app,x,1\n",
}


def outcome(config: Config, record: FileRecord) -> tuple:
    counts = (record.rows_read, record.rows_loaded, record.rows_quarantined, record.rows_duplicate, record.set_aside)
    return record.message, counts, record.months, quarantined(config, record), lake_rows(config, "device_events", *COLUMNS)


@pytest.mark.parametrize("case", MIXED)
def test_a_large_file_gives_the_rows_of_a_small_one(case: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    small = outcome(*read_one(tmp_path / "small", "events.csv", MIXED[case]))
    request.getfixturevalue("as_if_large")
    assert outcome(*read_one(tmp_path / "large", "events.csv", MIXED[case])) == small
    assert small[1][1] >= 40


def test_duplicates_are_alike_to_the_last_sign_and_not_only_in_their_values(as_if_large: None, tmp_path: Path) -> None:
    _, record = read_one(tmp_path, "events.csv", MIXED["written_in_two_ways"])
    assert (record.rows_loaded, record.rows_duplicate) == (41, 1)


def test_rows_that_only_share_a_hash_are_no_duplicates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "ROW_HASH", "42::UBIGINT")
    _, record = read_one(tmp_path, "events.csv", PLAIN + line(3))
    assert (record.rows_loaded, record.rows_duplicate) == (40, 1)


def written_values(config: Config, record: FileRecord, column: str) -> dict[str, set[str]]:
    """By month, every value in the bytes of a column, whether a row has it or not."""
    found = {}
    for month, path in zip(record.months, Lake(config).parquet(record), strict=True):
        chunks = pq.read_table(path, columns=[column], read_dictionary=[column]).column(column).chunks
        found[month] = {value for chunk in chunks for value in chunk.dictionary.to_pylist()}
    return found


def test_no_value_is_written_that_no_row_of_the_file_has(as_if_large: None, tmp_path: Path) -> None:
    """Rows that were set aside, and those of other months, leave nothing in the dictionaries of Parquet."""
    text = MIXED["two_months"] + line(70, "once") + f"d77,secret,Main,{OCTOBER},x\n" + f"d3,app,Main,{NOVEMBER},1\n"
    config, record = read_one(tmp_path, "events.csv", text)
    assert record.rows_quarantined == 1
    assert written_values(config, record, "app_id") == {"2025-10": {"app", "once"}, "2025-11": {"app", "late0", "late1"}}
    devices = {key("device", f"d{i}") for i in range(3)}
    assert written_values(config, record, "device_key") == {"2025-10": devices, "2025-11": devices | {key("device", "d3")}}


@pytest.mark.parametrize("place", ["kept text", "further column"])
def test_the_gate_sees_the_last_row_of_a_large_file(place: str, as_if_large: None, tmp_path: Path) -> None:
    values = [("app", "x")] * 99 + [("lea.durand@example.org", "x") if place == "kept text" else ("app", "lea.durand@example.org")]
    rows = "".join(f"d1,{app},Main,{OCTOBER + i},1,{note}\n" for i, (app, note) in enumerate(values))
    _, record = read_one(tmp_path, "events.csv", HEAD.replace("\n", ",note\n") + rows)
    assert record.status == REFUSED
    assert record.message.endswith("Export it without that column, or remove the column.")
    assert "e-mail" in record.message and "durand" not in record.message


HANGING_TOGETHER = [s for s in load_samples() if not load_sources()[s.source].is_row_by_row and s.file.endswith(".csv")]


@pytest.mark.parametrize("sample", HANGING_TOGETHER, ids=lambda s: s.file)
def test_a_repeated_line_changes_no_row_where_rows_hang_together(sample: Sample, tmp_path: Path) -> None:
    """A window or a DISTINCT in a source's SELECT must not see a record twice."""
    text = (SAMPLES / sample.file).read_bytes().rstrip(b"\r\n")
    once, twice = (of_sample(tmp_path / name, sample, text + more) for name, more in (("once", b""), ("twice", text[text.rindex(b"\n") :])))
    assert twice[0] == once[0] and once[1] == 0 and twice[1] > 0


def of_sample(folder: Path, sample: Sample, content: bytes) -> tuple[list[tuple], int]:
    """The rows that a sample becomes, and how many records repeat an earlier one."""
    config, _ = read_one(folder, f"{sample.folder}/{sample.file}".lstrip("/"), content)
    record = next(record for record in Lake(config).records() if record.source == sample.source)
    return lake_rows(config, record.table, *sample.columns.split()), record.rows_duplicate


def test_rows_stand_in_the_order_of_pseudonyms_and_of_time(as_if_large: None, tmp_path: Path) -> None:
    """Neither in that of the file nor in that of the identifiers, which would tell which pseudonym hides which tablet."""
    lines = "".join(f"d{i % 9},app{i % 4},Main,{OCTOBER + 7919 * i % 60_000},1\n" for i in range(60))
    config, record = read_one(tmp_path, "events.csv", HEAD + lines)
    [path] = Lake(config).parquet(record)
    written = [tuple(row.values()) for row in pq.read_table(path, columns=["device_key", "happened_at", "app_id"]).to_pylist()]
    assert written == sorted(written) and len(written) == 60
    devices = list(dict.fromkeys(device for device, *_ in written))
    assert devices == sorted(key("device", f"d{i}") for i in range(9)) != [key("device", f"d{i}") for i in range(9)]


def csv_line(number: int, instant: int | str) -> str:
    return f"d{number % 50},org.example.app{number % 20},Main,{instant},1\n"


def json_line(number: int, instant: int | str) -> str:
    return json.dumps({"deviceId": f"d{number % 50}", "packageName": "app", "timeStamp": instant, "eventType": 1}) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_line_numbers_of_a_file_that_several_threads_read(form: str, tmp_path: Path) -> None:
    """1.5 million rows, more than the engine takes in one piece: the faulty ones are named by the lines on which they stand."""
    faulty = {7, 600_000, 1_111_111, 1_499_999}
    written, head = (csv_line, HEAD) if form == "csv" else (json_line, "")
    rows = (written(i, "hier" if i in faulty else OCTOBER + i) for i in range(1_500_000))
    config, record = read_one(tmp_path, f"events.{form}", head + "".join(rows))
    assert (record.rows_read, record.rows_loaded, record.rows_duplicate) == (1_500_000, 1_499_996, 0)
    first = 1 + bool(head)
    assert [int(line.split(",")[0]) for line in quarantined(config, record)] == [i + first for i in sorted(faulty)]
    assert len(lake_rows(config, "device_events", "happened_at")) == 1_499_996


@pytest.mark.slow
def test_the_bytes_of_a_file_do_not_depend_on_how_threads_shared_the_work(tmp_path: Path) -> None:
    """Each group of rows has tablets of its own, and of those alone it may hold the names."""
    rows = HEAD + "".join(f"d{i % 3_000},org.example.app{i % 20},Main,{OCTOBER + i},1\n" for i in range(1_000_000))
    written = set()
    for attempt in "abcd":
        config, record = read_one(tmp_path / attempt, "events.csv", rows)
        written.add(tuple(path.read_bytes() for path in Lake(config).parquet(record)))
    assert len(written) == 1
