"""What runs Cartable every night: units that systemd accepts, one line for a crontab, and nothing changed where neither is wanted."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.timer import ROOT, crontab_line, write_units

UNITS = ROOT / "deploy" / "systemd"
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")


def analyse(folder: Path, *words: str) -> subprocess.CompletedProcess:
    environment = os.environ | {"XDG_RUNTIME_DIR": str(folder)}
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False, env=environment)


@needs_systemd
def test_systemd_accepts_the_units_of_a_user(tmp_path: Path) -> None:
    write_units(tmp_path)
    assert "@ROOT@" not in (tmp_path / "cartable.service").read_text(encoding="utf-8")
    done = analyse(tmp_path, "--user", "verify", str(tmp_path / "cartable.service"), str(tmp_path / "cartable.timer"))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def server_units(tmp_path: Path) -> Path:
    """The units of a server, with a program and an account that this machine has."""
    text = (UNITS / "cartable.service").read_text(encoding="utf-8")
    text = text.replace("/srv/cartable/.venv/bin/cartable", "/bin/true").replace("=cartable\n", "=root\n")
    (tmp_path / "cartable.service").write_text(text, encoding="utf-8")
    shutil.copy(UNITS / "cartable.timer", tmp_path)
    return tmp_path


@needs_systemd
def test_systemd_accepts_the_units_of_a_server(server_units: Path) -> None:
    done = analyse(server_units, "verify", str(server_units / "cartable.service"), str(server_units / "cartable.timer"))
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
def test_the_service_of_a_server_is_hardly_exposed(server_units: Path) -> None:
    done = analyse(server_units, "security", "--offline=true", "--threshold=20", str(server_units / "cartable.service"))
    assert done.returncode == 0, done.stdout  # 2.0 of 10 at most: root, in this test, is what costs most of it


def test_the_service_writes_to_data_and_reports_only_and_has_no_network() -> None:
    text = (UNITS / "cartable.service").read_text(encoding="utf-8")
    assert re.findall(r"^ReadWritePaths=(.*)$", text, re.MULTILINE) == ["/srv/cartable/data /srv/cartable/reports"]
    assert {"ProtectSystem=strict", "ProtectHome=true", "PrivateNetwork=true", "NoNewPrivileges=true"} <= set(text.splitlines())


@needs_systemd
def test_systemd_accepts_the_unit_with_mail_and_it_reaches_one_server_alone(server_units: Path) -> None:
    beside = server_units / "cartable.service.d"
    beside.mkdir()
    shutil.copy(UNITS / "mail-network.conf", beside)
    done = analyse(server_units, "verify", str(server_units / "cartable.service"))
    assert (done.returncode, done.stderr) == (0, "")
    text = (UNITS / "mail-network.conf").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line and not line.startswith("#")] == [
        "[Service]",
        "PrivateNetwork=false",
        "IPAddressAllow=192.0.2.25",
    ]


def test_without_systemd_the_line_of_a_crontab_is_printed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "deploy" / "timer.py"), "install", "--folder", str(tmp_path / "units")],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert crontab_line() in done.stdout
    assert not (tmp_path / "units").exists()
    minute, hour, *_ = crontab_line().split()
    assert (int(minute), int(hour)) == (30, 3)


def test_removing_leaves_nothing(tmp_path: Path) -> None:
    write_units(tmp_path)
    subprocess.run([sys.executable, str(ROOT / "deploy/timer.py"), "remove", "--folder", str(tmp_path), "--no-start"], check=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", sorted((ROOT / "deploy" / "examples").glob("*.py")), ids=lambda path: path.name)
def test_the_examples_for_schedulers_call_what_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ast.parse(text)
    assert "cartable run" in text.replace('", "', " ")
