"""Whatever a raw file or a member of an archive is called: it is told in one line, and nothing is written but where it belongs."""

import base64
import io
import json
import os
import re
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analysis.cli import app
from analysis.config import Config
from analysis.foreign_text import LONGEST_NAME, UNPRINTABLE
from analysis.lake import REFUSED, FileRecord, Lake
from tests.reading import KEY, keyed_config, lake_rows

FAULTY = b"structure_id,uai\ns-0001,0920001B\ns-0002,0920001X\n"  # one row loaded, one set aside
UNKNOWN = b"colour\nred\n"
HOSTILE = (
    b"two\nlines.csv",
    b"tab\tand\rreturn.csv",
    b"\x1b]0;title\x07\x1b[31mred.csv",
    b"quote'\"double.csv",
    b"; DROP TABLE schools; --.csv",
    b"$(touch x) `touch y` && z.csv",
    b"=cmd|'C'!A0.csv",
    b"latin-1-\xe9.csv",
    b"\xff\xfe.csv",
    "a\u202evsc.exe".encode(),
    "zero\u200bwidth.csv".encode(),
    b"{0} {name} %s %(x)s [bold]b[red].csv",
    b"back\\slash.csv",
    b"con<>:|?*.csv",
    b"x" * 251 + b".csv",
    "é".encode() * 125 + b".csv",
)
MEMBERS = (
    "two\nlines.csv",
    "\x1b[31mred.csv",
    "=1+1.csv",
    "n" * 3_000 + ".csv",
    "deep/" * 400 + "x.csv",
)


def told(config: Config, *command: str) -> Result:
    """A command on the data folder."""
    environment = {"CARTABLE_KEY": base64.b64encode(KEY).decode()}
    return CliRunner().invoke(app, [*command, "--data-dir", str(config.data_dir)], env=environment)


def paths_under(folder: Path) -> set[Path]:
    return {Path(place, name) for place, _, files in os.walk(folder) for name in files}


def dropped(config: Config, name: bytes, content: bytes) -> None:
    (config.raw_dir / os.fsdecode(name)).write_bytes(content)


def stands_where_it_belongs(config: Config, before: set[Path]) -> None:
    """All that is new under the test's folder is in the lake, or a plain file of the quarantine."""
    new = paths_under(config.data_dir.parent) - before
    elsewhere = [path for path in new if not (path.is_relative_to(config.lake_dir) or path.parent == config.quarantine_dir)]
    assert [path for path in elsewhere if path.parent != config.data_dir or path.name not in (".lock", "lock")] == []
    assert all(path.suffix == ".csv" and not UNPRINTABLE.search(path.name) for path in new if path.parent == config.quarantine_dir)


def can_be_said(record: FileRecord) -> bool:
    texts = (record.file, record.message, record.quarantine)
    return not any(UNPRINTABLE.search(text) or "\n" in text or "\t" in text for text in texts) and len(record.file) <= LONGEST_NAME


def checked(config: Config, expected: int) -> list[FileRecord]:
    """Reads the raw folder twice, by the command, and looks at all that it says and leaves."""
    before = paths_under(config.data_dir.parent)
    results = [
        told(config, "ingest"),
        told(config, "ingest"),
        told(config, "status"),
        told(config, "status", "--json"),
        told(config, "ingest", "-v"),
    ]
    assert [str(each.exception) for each in results if each.exception and not isinstance(each.exception, SystemExit)] == []
    assert [each.output for each in results if UNPRINTABLE.search(each.output)] == []
    records = Lake(config).records()
    assert len(records) == expected
    assert [record for record in records if not can_be_said(record)] == []
    stands_where_it_belongs(config, before)
    assert {each["file"] for each in json.loads(results[3].output)["files"]} == {record.file for record in records}
    return records


def test_a_raw_file_of_any_name_is_read_and_its_rows_set_aside_are_found(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    for number, name in enumerate(HOSTILE):
        dropped(config, name, FAULTY.replace(b"s-0001", b"s-1%03d" % number))
    records = checked(config, len(HOSTILE))
    assert [(r.rows_read, r.rows_loaded, r.rows_quarantined) for r in records] == [(2, 1, 1)] * len(HOSTILE)
    kept = {record.quarantine for record in records}
    assert kept == {path.name for path in config.quarantine_dir.iterdir()} and len(kept) == len(HOSTILE)
    first_cells = [line for path in config.quarantine_dir.iterdir() for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert not [line for line in first_cells if re.match(r'"?[=+@\t\r-]', line)]


def test_a_name_that_is_a_pattern_to_the_engine_is_one_file(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    for number, name in enumerate((b"a.csv", b"[a].csv", b"?.csv", b"*.csv", b"{a,b}.csv", b"**")):
        dropped(config, name, b"structure_id,uai\ns-%d,0920001B\n" % number)
    checked(config, 6)
    assert lake_rows(config, "structures", "structure_id") == [(f"s-{number}",) for number in range(6)]


def test_a_refused_file_of_any_name_is_told_in_one_line(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    for number, name in enumerate(HOSTILE[::4]):
        dropped(config, name, UNKNOWN + b"%d\n" % number)
    records = checked(config, len(HOSTILE[::4]))
    assert {record.status for record in records} == {REFUSED}
    lines = told(config, "ingest").output.splitlines()
    assert len([line for line in lines if "no known format has these columns" in line]) == len(HOSTILE[::4])


def test_members_of_an_archive_stay_inside_the_quarantine(tmp_path: Path) -> None:
    config, packed = keyed_config(tmp_path / "a" / "b"), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, name in enumerate(MEMBERS):
            archive.writestr(zipfile.ZipInfo(name), FAULTY.replace(b"s-0001", b"s-1%03d" % number))
    dropped(config, b"all.zip", packed.getvalue())
    before = paths_under(tmp_path)
    records = checked(config, len(MEMBERS))
    assert sum(record.rows_quarantined for record in records) == len(MEMBERS)
    assert {path for path in paths_under(tmp_path) - before if not path.is_relative_to(config.data_dir)} == set()


@pytest.mark.parametrize("name", ["../outside.csv", "a/../../outside.csv", "..\\outside.csv"])
def test_a_member_whose_path_leads_upwards_is_told(name: str, tmp_path: Path) -> None:
    config, packed = keyed_config(tmp_path), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), FAULTY)
        archive.writestr("other.csv", FAULTY.replace(b"s-0001", b"s-9"))
    dropped(config, b"all.zip", packed.getvalue())
    assert "outside.csv" in told(config, "ingest").output


def test_what_waits_and_what_a_file_would_be_read_as_is_told_without_control_characters(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    for name in HOSTILE:
        dropped(config, name, FAULTY + name.hex()[:40].encode() + b",0920001B\n")
    waiting = told(config, "status")
    assert waiting.exit_code == 0 and not UNPRINTABLE.search(waiting.output)
    assert waiting.output.count("waiting: ") == len(HOSTILE)
    for path in sorted(config.raw_dir.iterdir())[::3]:
        result = told(config, "sources", str(path))
        assert result.exit_code == 0, repr(result.exception)
        assert "Roster: portal structures" in result.output and not UNPRINTABLE.search(result.output)


def test_a_path_that_does_not_exist_is_told_without_control_characters(tmp_path: Path) -> None:
    result = told(keyed_config(tmp_path), "ingest", "no\x1b[31m\nsuch.csv")
    assert result.exit_code == 1 and "no such file" in str(result.exception)


def test_a_hostile_cell_does_not_steer_the_terminal(tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    dropped(config, b"structures.csv", FAULTY)
    told(config, "ingest")
    told(config, "build")
    sql = "SELECT chr(27) || ']0;t' || chr(7) || chr(8238) || chr(155) AS \"c\x1b[1m\", '=1+1' AS formula, '-3.5' AS number"
    said = {form: told(config, "query", sql, "--format", form) for form in ("table", "csv", "json")}
    assert [repr(result.exception) for result in said.values() if result.exit_code] == []
    assert not any(UNPRINTABLE.search(result.output) or "]0;t" not in result.output for result in said.values())
    assert said["csv"].output.splitlines() == ["c[1m,formula,number", "]0;t,'=1+1,-3.5"]
    [row] = json.loads(said["json"].output)
    assert row == {"c\x1b[1m": "\x1b]0;t\x07\u202e\x9b", "formula": "=1+1", "number": "-3.5"}
