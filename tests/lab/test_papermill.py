"""Every notebook runs from top to bottom by papermill with its defaults, beside a cartable.toml, as after `make demo`."""

import shutil
from pathlib import Path

import papermill
import pytest

from tests.conftest import DemoTown
from tests.lab.jupyterlab import configure
from tests.reports.notebooks import FOLDER

NAMES = sorted(path.stem for path in FOLDER.glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_notebook_runs_with_its_defaults(commune: DemoTown, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(FOLDER.parent))
    configure(commune.config, tmp_path)
    notebooks = Path(shutil.copytree(FOLDER, tmp_path / "notebooks"))
    ran = papermill.execute_notebook(notebooks / f"{name}.ipynb", tmp_path / "ran.ipynb", cwd=notebooks, progress_bar=False)
    assert all(cell.execution_count for cell in ran.cells if cell.cell_type == "code")
