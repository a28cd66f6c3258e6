"""What lies in the raw folder and is no plain export: links, files that still grow, what unpacks without end, one endless line."""

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from analysis.config import Config, Limits
from analysis.ingest import ingest
from analysis.lake import LOADED, REFUSED, FileRecord
from analysis.reading import dropped
from analysis.reading.dropped import find_dropped
from tests.reading import keyed_config, read, read_one

ROSTER = "structure_id,uai\ns-0001,0920001B\n"


def said(config: Config) -> dict[str, FileRecord]:
    return {record.file: record for record in ingest(config, [])}


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    config = keyed_config(tmp_path / "town")
    (tmp_path / "outside.csv").write_text(ROSTER, encoding="utf-8")
    (config.raw_dir / "link.csv").symlink_to(tmp_path / "outside.csv")
    (config.raw_dir / "healthy.csv").write_text(ROSTER, encoding="utf-8")
    records = said(config)
    assert (records["link.csv"].status, records["healthy.csv"].status) == (REFUSED, LOADED)
    assert records["link.csv"].message.startswith("link.csv: a link that leads out of the folder.")
    # who names the link on the command line means the file
    [record] = ingest(config, [config.raw_dir / "link.csv"])
    assert (record.status, record.rows_read) == (LOADED, 1)


def test_a_link_inside_the_folder_is_the_file(tmp_path: Path) -> None:
    config = keyed_config(tmp_path / "town")
    (config.raw_dir / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (config.raw_dir / "newest.csv").symlink_to("roster.csv")
    assert {record.status for record in said(config).values()} == {LOADED}


def test_a_linked_folder_is_not_entered(tmp_path: Path) -> None:
    config = keyed_config(tmp_path / "town")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (config.raw_dir / "folder").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert said(config) == {}


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    config = keyed_config(tmp_path / "town")
    (config.raw_dir / "gone.csv").symlink_to(tmp_path / "nothing.csv")
    assert said(config)["gone.csv"].message == "gone.csv: a link that leads nowhere. Put the file itself here."


def test_a_file_that_grows_while_it_is_read_waits_for_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = keyed_config(tmp_path / "town")
    path = config.raw_dir / "growing.csv"
    path.write_text(ROSTER, encoding="utf-8")
    plain = dropped.sha256_of

    def read_slowly(file: Path) -> str:
        sha = plain(file)
        with file.open("a", encoding="utf-8") as more:
            more.write("s-0002,0920001B\n")
        return sha

    monkeypatch.setattr(dropped, "sha256_of", read_slowly)
    record = said(config)["growing.csv"]
    assert (record.status, record.message) == (REFUSED, "growing.csv: still being written. Run this again when it is whole.")
    monkeypatch.undo()
    assert said(config)["growing.csv"].rows_loaded == 2


@pytest.mark.parametrize("name", ["mars.csv.part", "mars.csv.tmp", "mars.csv.crdownload", ".mars.csv"])
def test_unfinished_downloads_are_left_alone(name: str, tmp_path: Path) -> None:
    config = keyed_config(tmp_path / "town")
    (config.raw_dir / name).write_text(ROSTER[:30], encoding="utf-8")
    assert said(config) == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to the administrator")
def test_a_file_that_may_not_be_opened_stops_no_other(tmp_path: Path) -> None:
    config = keyed_config(tmp_path / "town")
    for name in ("closed.csv", "open.csv"):
        (config.raw_dir / name).write_text(ROSTER, encoding="utf-8")
    (config.raw_dir / "closed.csv").chmod(0)
    records = said(config)
    assert (records["closed.csv"].status, records["open.csv"].status) == (REFUSED, LOADED)


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")

    def closed(_: Path) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(dropped, "sha256_of", closed)
    [found] = find_dropped([tmp_path], tmp_path)
    assert found.fault == "roster.csv: cannot be opened (Permission denied). Give your account the right to read it."


def bomb(members: int, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(members):
            archive.writestr(f"{number}.csv", ROSTER + "s-0001,0920001B\n" * (size // 16))
    return out.getvalue()


@pytest.mark.parametrize(("name", "content"), [("bomb.zip", bomb(4, 60_000)), ("bomb.csv.gz", gzip.compress(ROSTER.encode() * 10_000))])
def test_what_unpacks_without_end_is_stopped(name: str, content: bytes, tmp_path: Path) -> None:
    config = keyed_config(tmp_path / "town", limits=Limits(unpacked_bytes=200_000))
    (config.raw_dir / name).write_bytes(content)
    refused = [record.message for record in ingest(config, []) if record.status == REFUSED]
    assert refused and all("grows beyond 200000 bytes when unpacked" in message for message in refused)
    assert not list(config.data_dir.glob(".staging/*"))


def test_an_archive_of_very_many_files_is_refused(tmp_path: Path) -> None:
    _, record = read_one(tmp_path, "many.zip", bomb(10_001, 0))
    assert record.message == "many.zip: more than 10,000 files in one archive. Drop them in parts."


def test_a_file_of_more_rows_than_allowed_is_refused(tmp_path: Path) -> None:
    config = keyed_config(tmp_path / "town", limits=Limits(rows=2))
    (config.raw_dir / "roster.csv").write_text(ROSTER + "s-0002,0920001B\ns-0003,0920001B\n", encoding="utf-8")
    assert said(config)["roster.csv"].message.startswith("roster.csv: more than 2 rows. Raise limits.rows")


@pytest.mark.parametrize("start", ["", "{", "[", "<", '"', "structure_id,uai\n"])
def test_one_line_of_a_hundred_megabytes_is_one_sentence(start: str, tmp_path: Path) -> None:
    size = 100_000_000 if start == "" else 20_000_000
    _, records = read(tmp_path, {"endless.csv": start + "x" * size, "healthy.csv": ROSTER})
    endless = records["endless.csv"]
    assert endless.status == REFUSED or endless.rows_quarantined == endless.rows_read
    assert len(endless.message) < 300
    assert records["healthy.csv"].rows_loaded == 1
