"""The tutorial works: every command and the query of docs/tutorial/first-afternoon.md, one after the other, as a reader would run them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs/tutorial/first-afternoon.md"
CARTABLE = '#!/bin/sh\nexec "{python}" -c "from analysis.cli import main; main()" "$@"\n'


@pytest.mark.slow
def test_every_command_of_the_tutorial_runs(tmp_path: Path) -> None:
    text = PAGE.read_text("utf-8")
    (command := tmp_path / "bin" / "cartable").parent.mkdir()
    command.write_text(CARTABLE.format(python=sys.executable))
    command.chmod(0o755)
    here = os.environ | {
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(PAGE.parents[2]),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    told = ""
    for block in re.findall(r"^```sh\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE):
        done = subprocess.run(["sh", "-ec", block], cwd=tmp_path, env=here, capture_output=True, text=True)
        assert done.returncode == 0, block + done.stdout + done.stderr
        told += done.stdout
    assert "roster_people" in told or "people.csv" in told
    assert {path.parent.name for path in (tmp_path / "afternoon/reports").rglob("usage.pdf")} == {"9980002D", "9980012P"}
    assert re.search(r"9980012P.*\bsmall\b", told)  # what a reader of published figures is told of the nine pupils
    (query,) = re.findall(r"^```python\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    asked = subprocess.run([sys.executable, "-c", query], cwd=tmp_path, env=here, capture_output=True, text=True)
    assert asked.returncode == 0, asked.stderr
    assert "Tuesday" in asked.stdout
