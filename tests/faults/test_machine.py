"""A disk that is full and folders that cannot be written: one sentence, exit code 1 or 2, the old warehouse stands, the next run mends all.

Three ways to fill a disk: a real small one (a tmpfs in a mount namespace of its own, which needs root); a limit on the size of files,
which the engine's own writes meet too; and an error at each step at which Python writes.
"""

import errno
import functools
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
import typer

from analysis.cli import main
from analysis.commands import ending_plainly
from analysis.config import Config
from analysis.faults import FullError, fault_of_machine
from analysis.files import write_together
from analysis.ingest import ingest
from analysis.lake import REFUSED, Lake
from analysis.reports import making, runner
from tests.faults.moments import failing_at
from tests.faults.town import (
    PROGRAM,
    ROOT,
    archive_of,
    copied,
    database_of,
    everything,
    finish,
    lake_of,
    read_and_build_the_first_files,
    strays,
    write_town,
)
from tests.hand_made import UAI, Town, config_in

_FULL = "The disk is full"


@dataclass(frozen=True)
class Standing:
    """A data folder with a warehouse of an earlier day and files that wait."""

    config: Config
    folder: Path
    ingested: Path

    def back(self, is_ingested: bool = False) -> Config:
        """The folder as it was, and its configuration."""
        copied(self.config, self.ingested if is_ingested else self.folder)
        return self.config


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Standing:
    folder = tmp_path_factory.mktemp("machine")
    config = write_town(folder)
    read_and_build_the_first_files(config)
    shutil.copytree(config.data_dir, folder / "standing")
    ingest(config, [])
    shutil.copytree(config.data_dir, folder / "ingested")
    return Standing(config, folder / "standing", folder / "ingested")


def one_sentence(told: tuple[int, str, str], *, of: str = _FULL) -> None:
    """Asserts that a command has ended with one sentence and code 1 or 2."""
    code, _, complaints = told
    lines = [line for line in complaints.splitlines() if not line.startswith(("build:", "report:", "forget:"))]
    assert len(lines) == 1, complaints
    assert of in lines[0], complaints
    assert "Traceback" not in complaints
    assert code in (1, 2)


def limited(size: int) -> Callable[[], None]:
    """No file of the process grows beyond so many bytes."""
    return functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))


def some(first: object, *others: object) -> list:
    """Parameters of which only the first is tried in the fast tests."""
    return [first, *(pytest.param(other, marks=pytest.mark.slow) for other in others)]


@pytest.mark.parametrize("size", some(500, 0, 2_000))
def test_ingest_that_may_write_no_more_stops_and_the_next_goes_on(standing: Standing, size: int) -> None:
    config = standing.back()
    before = database_of(config.warehouse)
    one_sentence(finish(config, "ingest", preexec_fn=limited(size)))
    assert [r for r in Lake(config).records() if r.status == REFUSED] == []
    assert database_of(config.warehouse) == before
    ingest(config, [])
    after = lake_of(config)
    standing.back(is_ingested=True)
    assert after == lake_of(config)


@pytest.mark.parametrize("size", some(13_000_000, 0, 100_000))
def test_build_that_may_write_no_more_leaves_the_old_warehouse(standing: Standing, size: int) -> None:
    """Much of a small database reaches its file only as it is closed, and DuckDB closes without a word."""
    config = standing.back(is_ingested=True)
    before = everything(config)
    one_sentence(finish(config, "build", preexec_fn=limited(size)))
    assert everything(config) == before
    assert strays(config) == []


@pytest.mark.parametrize("every", some(9, 1))
def test_ingest_on_a_disk_that_is_full_at_any_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture, every: int
) -> None:
    """At each step at which Python writes; what the engine writes itself is tried above and below."""
    config = config_in(tmp_path)
    raw = Town().app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    for path in raw.iterdir():
        if path.name not in ("events.ndjson", "schools.csv"):
            path.unlink()
    events = (raw / "events.ndjson").read_text() + '{"deviceId": "d1"}\n'
    (raw / "events.ndjson").rename(tmp_path / "gone")
    (raw / "archive.zip").write_bytes(archive_of({"a.ndjson": events}))
    config.data_dir.rename(tmp_path / "base")
    (tmp_path / "cartable.toml").write_text(f'[privacy]\nkey_file = "{tmp_path / "key"}"\n', encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["cartable", "ingest", "--config", str(tmp_path / "cartable.toml")])
    copied(config, tmp_path / "base")
    with failing_at(10**9, OSError()) as count:
        ingest(config, [])
    expected = lake_of(config)
    failed = 0
    for step in range(0, count[0], every):
        copied(config, tmp_path / "base")
        with failing_at(step, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere")):
            code = code_of_main()
        complaints = capsys.readouterr().err
        failed += code != 0
        assert (code, complaints.count("The disk is full"), complaints.count("\n")) in [(1, 1, 1), (0, 0, 1), (2, 0, 1)], (step, complaints)
        assert "Traceback" not in complaints
        ingest(config, [])
        assert lake_of(config) == expected, step
        assert strays(config) == [], step
    assert failed > count[0] / every / 2


def code_of_main() -> int:
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_folders_that_are_files_are_told_in_one_sentence(standing: Standing, tmp_path: Path) -> None:
    """As for an account without rights, which a test run by root could not play."""
    config = standing.back()
    before = database_of(config.warehouse)
    shutil.rmtree(config.lake_dir / "device_events")
    (config.lake_dir / "device_events").write_text("in the way")
    one_sentence(finish(config, "ingest"), of="a file stands where a folder is needed")
    assert database_of(config.warehouse) == before
    config = standing.back(is_ingested=True)
    shutil.rmtree(config.data_dir / ".staging")
    (config.data_dir / ".staging").write_text("in the way")
    one_sentence(finish(config, "build"), of="a file stands where a folder is needed")
    assert database_of(config.warehouse) == before
    nowhere = tmp_path / "file"
    nowhere.write_text("no folder")
    one_sentence(finish(config, "ingest", "--data-dir", str(nowhere / "data")), of="a file stands where a folder is needed")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; the test above and the next one stand for this one")
def test_a_folder_without_the_right_to_write(standing: Standing) -> None:
    config = standing.back()
    before = database_of(config.warehouse)
    config.lake_dir.chmod(0o500)
    try:
        one_sentence(finish(config, "ingest"), of="Give the account that runs Cartable the right")
    finally:
        config.lake_dir.chmod(0o700)
    assert database_of(config.warehouse) == before


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "/data/lake"), "/data/lake cannot be opened or written (Permission denied)."),
        (OSError(errno.EROFS, "Read-only file system", "/data"), "/data cannot be opened or written (Read-only file system)."),
        (OSError(errno.EDQUOT, "Disk quota exceeded", "/data/x"), "The disk is full (or a quota, or a limit of the account): /data/x"),
        (OSError(errno.EIO, "Input/output error", "/data/x"), "/data/x: the system refuses (Input/output error)."),
        (
            duckdb.IOException('IO Error: Cannot open file "/data/x": Permission denied'),
            "/data/x cannot be opened or written (Permission denied).",
        ),
        (
            duckdb.OutOfMemoryException("failed to offload data block (3.1 MiB/3.3 MiB used). limit set by 'max_temp_directory_size'"),
            "The disk is full",
        ),
    ],
)
def test_what_the_system_refuses_is_told_with_what_to_do(error: Exception, told: str) -> None:
    fault = fault_of_machine(error)
    assert str(fault).startswith(told)
    assert isinstance(fault, FullError) == told.startswith("The disk is full")
    assert str(fault).endswith("run the same command again afterwards.")


def test_other_errors_keep_their_traceback() -> None:
    for error in (ValueError("x"), duckdb.BinderException("a column"), duckdb.OutOfMemoryException("limits.memory")):
        assert fault_of_machine(error) is None


def test_a_run_stopped_by_hand_says_how_to_go_on(capsys: pytest.CaptureFixture) -> None:
    """In the middle of a query, and between two.

    Of one thread: of several, DuckDB 2.0 lets each finish the piece that it has begun, which of a range that is counted is all of it.
    """
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    alone = duckdb.connect(config={"threads": 1})
    for command in (
        lambda: alone.execute("SELECT COUNT(*) FROM range(1_000_000_000_000) WHERE range % 7 = 3").fetchall(),
        lambda: time.sleep(30),
    ):
        app = typer.Typer()
        app.command()(command)
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(SystemExit) as ended, ending_plainly():
            app([])
        assert ended.value.code == 1
        assert capsys.readouterr().err == "cartable: Stopped by hand. Nothing half-written counts: run the same command again to go on.\n"
    signal.signal(signal.SIGALRM, before)


def test_nobody_reads_the_output(standing: Standing) -> None:
    """`cartable status | head -1`: no traceback, no complaint."""
    config = standing.back()
    where = ["--config", str(config.data_dir.parent / "cartable.toml")]
    for command in (["status"], ["query", "SELECT range AS n FROM range(100000)", "--format", "csv"]):
        process = subprocess.Popen([*PROGRAM, *command, *where], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert (process.stderr.read(), process.wait() in (0, 1)) == (b"", True), command


def test_output_to_a_full_disk_is_told(standing: Standing) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    config = standing.back()
    with Path("/dev/full").open("w") as full:
        one_sentence(finish(config, "status", "--json", stdout=full))


FORGET = ("forget", "--older-than", "2025-10-09", "--yes")


def test_forget_on_a_full_disk_leaves_the_warehouse_until_it_is_carried_out(standing: Standing) -> None:
    config = standing.back(is_ingested=True)
    before = everything(config)
    one_sentence(finish(config, *FORGET, preexec_fn=limited(100)))
    assert database_of(config.warehouse) == before["warehouse"]
    assert lake_of(config) == before["lake"]
    assert strays(config) == []


def test_a_warehouse_that_holds_what_was_forgotten_goes_where_the_disk_is_too_full_to_make_it_anew(standing: Standing) -> None:
    """What was to be forgotten outranks the old figures; the next build makes the warehouse again."""
    config = standing.back(is_ingested=True)
    code, told, complaints = finish(config, *FORGET, preexec_fn=limited(500_000))
    assert (code, "Traceback" in complaints) == (1, False), complaints
    assert "The warehouse could not be made again, and was removed, because it held what was forgotten: The disk is full" in told
    assert not config.warehouse.exists()
    assert not config.published.exists()
    assert strays(config) == []


def test_a_report_on_a_full_disk_is_told_and_leaves_those_that_stand(tmp_path: Path) -> None:
    """All files of a report are written beside before the first is renamed in: never the page of one day beside the PDF of another."""
    page, pdf = tmp_path / "usage.html", tmp_path / "usage.pdf"
    write_together({page: b"old page", pdf: b"old pdf"})
    with failing_at(10**9, OSError()) as count:
        write_together({page: b"old page", pdf: b"old pdf"})
    failures = 0
    for step in range(count[0]):
        write_together({page: b"old page", pdf: b"old pdf"})
        has_failed = False
        with failing_at(step, OSError(errno.ENOSPC, "full")):
            try:
                write_together({page: b"new page", pdf: b"new pdf"})
            except OSError:
                has_failed = True
        failures += has_failed
        assert sorted(path.name for path in tmp_path.iterdir()) == ["usage.html", "usage.pdf"], step
        if has_failed and step < count[0] - 2:  # the last two steps are the second rename and the settling of the folder
            assert (page.read_bytes(), pdf.read_bytes()) == (b"old page", b"old pdf"), step
    assert failures >= 6


def test_a_report_that_cannot_be_written_is_told_as_what_it_is(standing: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    config = standing.back()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "usage.html")

    monkeypatch.setattr(making, "run_notebook", full)
    result = runner.make_report("usage", UAI, "2025-10", "fr", ["html"], config)
    assert result.error.startswith(f"usage, {UAI}, 2025-10: The disk is full")


@dataclass(frozen=True)
class SmallDisk:
    """A disk of a few megabytes that only processes of its mount namespace see; `seen` is the same folder from outside."""

    holder: int
    folder: Path

    @property
    def seen(self) -> Path:
        """Where this process finds it."""
        return Path(f"/proc/{self.holder}/root{self.folder}")

    def leave_free(self, size: int) -> None:
        """Fills the disk but for so many bytes."""
        filler = self.seen / "filler"
        filler.unlink(missing_ok=True)
        state = os.statvfs(self.seen)
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, state.f_bavail * state.f_frsize - size)

    def run(self, config: Config, *arguments: str) -> tuple[int, str, str]:
        """A command inside."""
        where = ["--config", str(config.data_dir.parent / "cartable.toml"), "--reports-dir", str(config.reports_dir)]
        command = ["nsenter", f"--mount=/proc/{self.holder}/ns/mnt", "--", "env", "-C", str(ROOT), *PROGRAM, *arguments, *where]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        return done.returncode, done.stdout, done.stderr


@pytest.fixture
def disk(standing: Standing) -> Iterator[SmallDisk]:
    """Mounted over the town's own data folder: the paths are the same."""
    folder = standing.config.data_dir
    folder.mkdir(exist_ok=True)
    script = f"mount -t tmpfs -o size=60m small '{folder}' && echo mounted && exec cat"  # which ends with the test, however that ends
    tools = all(shutil.which(tool) for tool in ("unshare", "nsenter", "mount"))
    if os.geteuid() != 0 or not tools:
        pytest.skip("a disk of its own needs root, unshare, nsenter and mount")
    holder = subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert holder.stdout
    if holder.stdout.readline() != "mounted\n":
        pytest.skip("this system lets nobody mount a disk")
    yield SmallDisk(holder.pid, folder)
    holder.kill()
    holder.wait()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "free"),
    [
        *(("ingest", free) for free in (0, 20_000, 60_000, 150_000)),
        *(("build", free) for free in (0, 100_000, 2_000_000, 8_000_000, 15_000_000, 16_500_000)),
    ],
)
def test_a_disk_that_is_really_full(standing: Standing, disk: SmallDisk, command: str, free: int) -> None:
    inside = standing.config.model_copy(update={"data_dir": disk.seen})
    shutil.copytree(standing.ingested if command == "build" else standing.folder, disk.seen, dirs_exist_ok=True)
    before = database_of(inside.warehouse)
    disk.leave_free(free)
    told = disk.run(standing.config, command)
    if told[0]:
        one_sentence(told)
        assert database_of(inside.warehouse) == before
    else:
        assert free > 100_000, "a disk this full has room for all that the command writes"
    (disk.seen / "filler").unlink()
    code, _, complaints = disk.run(standing.config, command)
    assert code == 0, complaints
    after = lake_of(inside)
    assert strays(inside) == []
    standing.back(is_ingested=True)
    assert after == lake_of(standing.config)


@pytest.mark.slow
def test_reports_on_a_disk_that_is_really_full(standing: Standing, disk: SmallDisk) -> None:
    inside = standing.config.model_copy(update={"data_dir": disk.seen})
    shutil.copytree(standing.ingested, disk.seen, dirs_exist_ok=True)
    before = everything(inside)
    reports = standing.config.model_copy(update={"reports_dir": standing.config.data_dir / "reports"})
    disk.leave_free(0)
    code, told, complaints = disk.run(reports, "report", "usage", "--period", "2025-10", "--format", "html")
    assert code == 1, complaints
    assert "The disk is full" in complaints
    assert "Traceback" not in complaints + told
    assert everything(inside) == before
    (disk.seen / "filler").unlink()
    code, _, complaints = disk.run(reports, "report", "usage", "--period", "2025-10", "--format", "html")
    assert code == 0, complaints
    assert [path.name for path in disk.seen.rglob("*.tmp")] == []
    assert list((disk.seen / "reports").rglob("usage.html"))
