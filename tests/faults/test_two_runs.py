"""Two runs at once: the second ends with code 3 and says who is at work, or waits if it may."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.config import Config
from analysis.lake import Lake
from tests.faults.town import ROOT, finish, start, strays
from tests.hand_made import Town, config_in

_HOLDER = """
import sys
from pathlib import Path
from analysis.config import load_config
from analysis.lock import locked
with locked(load_config(Path(sys.argv[1])), "cartable build"):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = config_in(tmp_path)
    Town().write(config)
    (tmp_path / "cartable.toml").write_text(f'[privacy]\nkey_file = "{tmp_path / "key"}"\n', encoding="utf-8")
    return config


def holder_of(config: Config) -> subprocess.Popen:
    """Another process, once it holds the lock; it lets go when its input ends."""
    command = [sys.executable, "-c", _HOLDER, str(config.data_dir.parent / "cartable.toml")]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_is_told_who_works_and_since_when_and_ends_with_code_3(config: Config) -> None:
    first = holder_of(config)
    began = time.monotonic()
    code, out, err = finish(config, "ingest")
    first.communicate("\n")
    assert (code, out) == (3, "")
    [sentence] = err.splitlines()
    where = re.escape(str(config.data_dir))
    told = rf"cartable: `cartable build` \(process {first.pid} on \S+\) works in {where} since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\. "
    assert re.fullmatch(told + "Try again when it has ended, or wait for it: --wait SECONDS.", sentence)
    assert time.monotonic() - began < 20
    assert Lake(config).records() == []


def test_the_second_waits_if_it_may(config: Config) -> None:
    first = holder_of(config)
    second = start(config, "ingest", "--wait", "120")
    assert second.stderr
    assert "Waiting up to 120 seconds for it to end." in second.stderr.readline()
    assert second.poll() is None
    assert Lake(config).records() == []
    first.communicate("\n")
    out, err = second.communicate(timeout=120)
    assert second.returncode == 0, err
    assert "Files: 6." in out
    assert strays(config) == []


def test_who_has_waited_in_vain_ends_with_code_3(config: Config) -> None:
    first = holder_of(config)
    code, _, err = finish(config, "build", "--wait", "0.3")
    first.communicate("\n")
    assert code == 3
    assert err.splitlines()[-1].endswith("It has not ended in time; try again later.")


def test_a_killed_run_holds_no_lock(config: Config) -> None:
    first = holder_of(config)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert (config.data_dir / ".lock-holder").exists()
    code, _, err = finish(config, "ingest")
    assert code == 0, err
    assert strays(config) == []


def test_commands_that_only_read_ask_for_no_lock(config: Config) -> None:
    first = holder_of(config)
    code, out, err = finish(config, "status")
    first.communicate("\n")
    assert code == 0, err
    assert "waiting: events" in out or "waiting: classes.csv" in out


def test_a_wait_that_is_none_is_refused() -> None:
    for seconds in ("-1", "soon"):
        assert CliRunner().invoke(app, ["build", "--wait", seconds]).exit_code == 2
