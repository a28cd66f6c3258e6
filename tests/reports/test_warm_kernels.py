"""Forked kernels: as fresh as ordinary ones, without the key, none harmed by another, none left behind."""

import ast
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import psutil
import pytest
from samples import write_notebook

from analysis.config import Schedule
from analysis.reports.execution import run_notebook
from analysis.reports.kernels import warm
from analysis.reports.refusal import RefusedError

ORDINARY = Schedule(warm_kernels=False)
SEEN = Path(__file__).with_name("kernel_seen.py").read_text("utf-8")


@pytest.fixture(autouse=True)
def _another_server_afterwards() -> Iterator[None]:
    """Where a test has changed whether kernels can be forked."""
    could = warm._servers._can_fork
    yield
    warm._servers._can_fork = could


def ran(folder: Path, *sources: str, bounds: Schedule | None = None) -> object:
    """What the last of these cells shows."""
    notebook = nbformat.read(write_notebook(folder, "asks", *sources), as_version=4)
    outputs = run_notebook(notebook, {}, bounds or Schedule()).cells[-1].outputs
    return ast.literal_eval(outputs[0].data["text/plain"]) if outputs else None


def server() -> psutil.Process:
    """The process that kernels are forked from."""
    standing = warm._servers.standing()
    assert standing is not None
    return psutil.Process(standing._process.pid)


def test_a_forked_kernel_finds_what_an_ordinary_one_finds(tmp_path: Path) -> None:
    forked, ordinary = ran(tmp_path, SEEN, "seen()"), ran(tmp_path, SEEN, "seen()", bounds=ORDINARY)
    assert forked.pop("parent") == server().pid and ordinary.pop("parent") == os.getpid()
    assert {name: (value, ordinary[name]) for name, value in forked.items() if value != ordinary[name]} == {}
    assert len(forked) >= 12


MESS = """
import locale, os, random, sys, decimal, warnings
import duckdb, matplotlib, numpy
from analysis import figures
from analysis.figures import style
mine = 1
matplotlib.rcParams["font.size"] = 31
random.seed(0); numpy.random.seed(0)
os.environ["LEFT_BY_ANOTHER"] = "1"
os.umask(0o777)
sys.path.append("/left/by/another"); sys.setrecursionlimit(777)
style.INDIGO = "#ff0000"; figures.answer = None
decimal.getcontext().prec = 3
warnings.simplefilter("error")
duckdb.execute("CREATE TABLE left_by_another AS SELECT 1")
kept = duckdb.connect({database!r})
kept.execute("CREATE TABLE IF NOT EXISTS t AS SELECT 1")
open("left_by_another", "w").close()
os.chdir("/")
"""
FOUND = """
import decimal, os, random, sys, warnings
import duckdb, matplotlib, numpy
from analysis import figures
from analysis.figures import style
other = duckdb.connect({database!r})  # refused while another process has it open
"""
FRESH = """
["mine" in globals(), matplotlib.rcParams["font.size"], "LEFT_BY_ANOTHER" in os.environ, os.listdir(), os.umask(0o22) == 0o777,
 "/left/by/another" in sys.path, sys.getrecursionlimit() == 777, style.INDIGO, callable(figures.answer), decimal.getcontext().prec,
 any(each[0] == "error" and each[2] is Warning for each in warnings.filters), duckdb.execute("SHOW TABLES").fetchall(), os.getcwd() == "/"]
"""


def test_nothing_is_left_by_the_kernel_before(tmp_path: Path) -> None:
    database = str(tmp_path / "open.duckdb")
    ran(tmp_path, MESS.format(database=database))
    fresh = ran(tmp_path, FOUND.format(database=database), FRESH)
    assert fresh == [False, 10.0, False, [], False, False, False, "#332288", True, 28, False, [], False]


def test_no_two_kernels_draw_the_same_numbers(tmp_path: Path) -> None:
    draw = "import random, uuid, tempfile, numpy\n[random.random(), float(numpy.random.random()), uuid.uuid4().hex, tempfile.mktemp()]"
    drawn = [ran(tmp_path, draw) for _ in range(3)]
    assert [len(set(column)) for column in zip(*drawn, strict=True)] == [3, 3, 3, 3]


def test_what_starts_threads_is_imported_after_the_fork_and_works_there(tmp_path: Path) -> None:
    threaded = "import sys\nbefore = sorted({'polars', 'pandas', 'pyarrow'} & set(sys.modules))"
    use = "import polars, duckdb\nframe = polars.DataFrame({'a': range(100_000)}).lazy().sort('a').collect()"
    summed = "[before, int(frame['a'].sum()), duckdb.execute('SELECT SUM(range)::BIGINT FROM range(1000000)').fetchone()[0]]"
    assert ran(tmp_path, threaded, use, summed) == [[], 4999950000, 499999500000]
    assert server().num_threads() == 1


FATES = {
    "dead": "import os\nos._exit(3)",
    "killed": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "deaf": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass",
    "hungry": "held = bytearray(4 * 2**30)",
    "well": "2 + 2",
}
FEWER = "perhaps for want of memory: make fewer reports at once (--jobs 1)."
CAUSES = {
    "dead": f"the notebook's kernel died in a cell (import os), {FEWER}",
    "killed": f"the notebook's kernel died in a cell (import os, signal), {FEWER}",
    "deaf": "the notebook ran for more than 0.05 minutes and was stopped in a cell (import signal); "
    "schedule.timeout_minutes gives it more.",
    "hungry": "cell 2 (held = bytearray(4 * 2**30)): MemoryError: . schedule.kernel_memory gives it more.",
    "well": "4",
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory of another process is limited on Linux alone")
def test_a_kernel_that_fails_fails_alone_and_says_why(tmp_path: Path) -> None:
    def fate(name: str) -> str:
        bounds = Schedule(timeout_minutes=3 / 60 if name == "deaf" else 5, kernel_memory="3GiB")
        try:
            return str(ran(tmp_path / name, FATES[name], bounds=bounds))
        except RefusedError as error:
            return str(error)

    pid = server().pid
    with ThreadPoolExecutor(len(FATES)) as pool:
        ends = dict(zip(FATES, pool.map(fate, FATES), strict=True))
    assert ends == CAUSES
    assert server().pid == pid and server().children() == []


def test_many_at_once_share_neither_directory_nor_socket(tmp_path: Path) -> None:
    asked = "import os, time\nopen('mine', 'w').close()\ntime.sleep(0.3)\n[os.getcwd(), os.listdir()]"
    with ThreadPoolExecutor(6) as pool:
        seen = list(pool.map(lambda number: ran(tmp_path / str(number), asked), range(6)))
    assert len({folder for folder, _ in seen}) == 6
    assert [files for _, files in seen] == [["mine"]] * 6
    assert not any(Path(folder).exists() for folder, _ in seen)


def test_a_temporary_folder_too_long_for_a_socket_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / ("long" * 30)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    assert ran(tmp_path, "import os\nos.getppid()") == server().pid


def test_a_server_that_was_killed_takes_its_kernels_along_and_is_replaced(tmp_path: Path) -> None:
    first, begun = server(), tmp_path / "begun"
    with ThreadPoolExecutor(1) as pool:
        deaf = pool.submit(ran, tmp_path, f"open({str(begun)!r}, 'w').close()", FATES["deaf"], bounds=Schedule(timeout_minutes=1))
        while not begun.exists() and not deaf.done():
            time.sleep(0.05)
        kernel = _first_child(first)
        first.kill()
        with pytest.raises(RefusedError, match="kernel died in a cell"):
            deaf.result(timeout=60)
    assert _has_ended(kernel)
    assert ran(tmp_path, "1 + 1") == 2 and server().pid != first.pid


@pytest.mark.slow
def test_nothing_is_left_of_a_program_that_was_killed(tmp_path: Path) -> None:
    run = "run_notebook(nbformat.read(sys.argv[1], as_version=4), {})"
    script = f"import nbformat, sys\nfrom analysis.reports.execution import run_notebook\n{run}"
    path = write_notebook(tmp_path, "deaf", FATES["deaf"])
    program = subprocess.Popen([sys.executable, "-c", script, str(path)], start_new_session=True)
    forking = _first_child(psutil.Process(program.pid))
    kernel = _first_child(forking)
    program.send_signal(signal.SIGKILL)
    program.wait()
    assert _has_ended(kernel) and _has_ended(forking)


def test_neither_server_nor_kernel_has_ever_seen_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARTABLE_KEY", "a secret")
    standing = warm._servers.standing()
    assert standing is not None
    warm._servers.leave(standing)  # another one starts while the key is set
    asked = "import os\n[os.environ.get('CARTABLE_KEY'), b'CARTABLE_KEY' in open('/proc/self/environ', 'rb').read(), os.getppid()]"
    assert ran(tmp_path, asked) == [None, False, server().pid]
    assert b"CARTABLE_KEY" not in Path(f"/proc/{server().pid}/environ").read_bytes()
    assert "CARTABLE_KEY" in os.environ


@pytest.mark.slow
def test_where_kernels_cannot_be_forked_they_are_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries may use two threads as they are imported: that server is not fit to be forked."""
    monkeypatch.setattr(warm, "_ITS_OWN", {"OPENBLAS_NUM_THREADS": "2"})
    monkeypatch.setattr(warm, "_servers", warm._Servers())
    assert ran(tmp_path, "import os\nos.getppid()") == os.getpid()
    assert warm._servers.standing() is None


def _first_child(process: psutil.Process) -> psutil.Process:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if children := process.children():
            return children[0]
        time.sleep(0.05)
    raise AssertionError("it started nothing")


def _has_ended(process: psutil.Process) -> bool:
    try:
        process.wait(timeout=10)
    except psutil.TimeoutExpired:
        return process.status() == psutil.STATUS_ZOMBIE
    return True
