"""environment.yml, written from pyproject.toml: `python deploy/environment.py`; with --check it only says whether the file is current."""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FROM_CONDA_FORGE = ("jupyterlab", "pandas", "polars", "matplotlib", "seaborn", "duckdb", "papermill")
_HEAD = """# Written by `make generated` from pyproject.toml; change that file. `conda env create -f environment.yml` makes the environment.
name: cartable
channels:
  - conda-forge
dependencies:
"""


def environment_of(pyproject: str) -> str:
    """The text of environment.yml for the text of pyproject.toml: Python and seven packages from conda-forge, all others by pip.

    pip also installs the project itself, in place, so that the command `cartable` and the exporters of JupyterLab exist. Raises KeyError
    where one of the seven is no longer asked for.
    """
    project = tomllib.loads(pyproject)
    wanted = {name_of(each): each for each in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])}
    conda = [f"python{project['project']['requires-python']}", *(wanted.pop(name) for name in FROM_CONDA_FORGE), "pip"]
    lines = [*(f"  - {each}" for each in conda), "  - pip:", *(f"      - {each}" for each in (*wanted.values(), "-e ."))]
    return _HEAD + "\n".join(lines) + "\n"


def name_of(requirement: str) -> str:
    """The package that a requirement names: `duckdb>=2.0,<3` -> `duckdb`."""
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower()


def main() -> None:
    """Writes environment.yml; with --check, ends with 1 where it is not what it would write."""
    target, text = ROOT / "environment.yml", environment_of((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    if "--check" not in sys.argv:
        target.write_text(text, encoding="utf-8")
    elif not target.is_file() or target.read_text(encoding="utf-8") != text:
        sys.exit("environment.yml is not what pyproject.toml says: run `make generated`.")


if __name__ == "__main__":
    main()
