"""`cartable check`: what it prints and how it ends."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from analysis.checking.complaint import Complaint, leak, worst
from analysis.cli import app
from tests.hand_made import Town, config_in, run


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town that was read and built, with its configuration."""
    config = config_in(tmp_path)
    Town().app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").write(config)
    run(config)
    (tmp_path / "cartable.toml").write_text(f'[privacy]\nkey_file = "{tmp_path / "key"}"\n')
    return tmp_path


def check(town: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["check", "--config", str(town / "cartable.toml"), *options])


def test_nothing_found_then_a_fault_then_a_leak(town: Path) -> None:
    sound = check(town)
    assert (sound.exit_code, sound.stdout) == (0, "Checked: contracts, conservation, disclosure, outputs. Complaints: none.\n")
    next((town / "data/lake/classes").glob("*.parquet")).unlink()
    fault = check(town)
    assert fault.exit_code == 1
    assert "conservation: classes.csv: 1 rows were loaded and kept and 0 stand in the lake." in fault.stdout
    (town / "reports").mkdir()
    (town / "reports" / "eleves.csv").write_text("eleve;minutes\n1;37\n")
    both = check(town, "--json")
    told = json.loads(both.stdout)
    assert both.exit_code == told["exit_code"] == 4
    assert {(c["what"], c["exit_code"]) for c in told["complaints"]} == {
        ("contracts", 1),
        ("conservation", 1),
        ("outputs", 1),
        ("outputs", 4),
    }


def test_a_leak_wins_over_a_fault() -> None:
    fault = Complaint("contracts", "a", "b")
    assert [worst([]), worst([fault]), worst([fault, leak("outputs", "a", "b"), fault])] == [0, 1, 4]
