"""A JupyterLab as `make lab` opens it, on a copy of the notebooks beside a town, and what a person does in it with a browser."""

import json
import os
import re
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from analysis.config import Config

ROOT = Path(__file__).parents[2]
WAIT = 180_000  # milliseconds: a busy machine starts a kernel slowly


@dataclass(frozen=True)
class Lab:
    """A server that runs: the town that it shows, its folder with cartable.toml, docs and notebooks, and its address."""

    config: Config
    folder: Path
    address: str
    token: str

    def notebook(self, name: str) -> Path:
        """A notebook of the copy."""
        return self.folder / "notebooks" / f"{name}.ipynb"

    def is_saved(self, name: str) -> bool:
        """Whether the file has been written to its end since every cell was run."""
        try:
            cells = json.loads(self.notebook(name).read_text("utf-8"))["cells"]
        except json.JSONDecodeError:  # while it is being written
            return False
        return all(cell["execution_count"] for cell in cells if cell["cell_type"] == "code")

    def outputs(self, name: str) -> list[dict[str, Any]]:
        """The outputs that stand in a notebook on the disk."""
        cells = json.loads(self.notebook(name).read_text("utf-8"))["cells"]
        return [output for cell in cells for output in cell.get("outputs", [])]


@contextmanager
def running_lab(config: Config, folder: Path) -> Iterator[Lab]:
    """Starts JupyterLab with the command of the Makefile in `folder`, and ends it."""
    for name in ("notebooks", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("chosen", ".ipynb_checkpoints"))
    shutil.copytree(ROOT / "deploy" / "jupyterlab", folder / "deploy" / "jupyterlab")
    configure(config, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lab = Lab(config, folder, f"http://127.0.0.1:{port}", secrets.token_hex())
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(_command(lab, port), cwd=folder, env=_environment(folder, lab), stdout=log, stderr=log)
        try:
            _wait(lab, server)
            yield lab
        finally:
            server.terminate()
            server.wait(30)


def configure(config: Config, folder: Path) -> None:
    """A cartable.toml in `folder` that names the data of a town."""
    (folder / "cartable.toml").write_text(f'data_dir = "{config.data_dir}"\nreports_dir = "{config.reports_dir}"\n', "utf-8")


def _command(lab: Lab, port: int) -> list[str]:
    """What `make lab` runs, with this Python, on a port of its own and without opening a browser."""
    told = subprocess.run(
        ["make", "-n", "--no-print-directory", "lab", "READY="], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    words = shlex.split(re.sub(r"^.*?jupyter lab", "", told.replace("\\\n", " "), flags=re.DOTALL))
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        *words,
        "--no-browser",
        f"--ServerApp.port={port}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.allow_root=True",
    ]


def _environment(folder: Path, lab: Lab) -> dict[str, str]:
    """Nothing of the account that runs the tests: no settings, no other kernels; the code that is tested, and no other."""
    own = {name: str(folder / "account" / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    settings = {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "account/settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "account/workspaces"),
    }
    code = {"PYTHONPATH": str(ROOT), "JUPYTER_TOKEN": lab.token, "JUPYTER_PREFER_ENV_PATH": "1"}
    return {**os.environ, **own, **settings, **code}


def _wait(lab: Lab, server: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(f"{lab.address}/api?token={lab.token}", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{(lab.folder / 'log').read_text('utf-8')[-2000:]}")


def opened(browser: Any, lab: Lab, name: str) -> Any:
    """A page with the notebook of that name open, and its kernel ready."""
    page = browser.new_context(viewport={"width": 1200, "height": 900}).new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{lab.address}/lab/tree/notebooks/{name}.ipynb?token={lab.token}&reset")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()  # run before, a cell would ask which kernel
    return page


def run_all(page: Any, lab: Lab, name: str) -> list[dict[str, Any]]:
    """Run, Run All Cells; then File, Save: the outputs that the file has. Every cell of code has then been run."""
    choose_in_menu(page, "Run", "Run All Cells")
    page.wait_for_function(
        "() => { const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')].map(p => p.textContent);"
        " return prompts.length > 0 && prompts.every(p => /^\\[\\d+\\]:$/.test(p)) }",
        polling=250,
    )
    page.keyboard.press("Control+s")
    until = time.monotonic() + WAIT / 1000
    while not lab.is_saved(name) and time.monotonic() < until:
        page.wait_for_timeout(50)
    return lab.outputs(name)


def choose_in_menu(page: Any, *labels: str) -> None:
    """Opens a menu of the bar and goes down to the last label."""
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{labels[0]}$")).click()
    for label in labels[1:]:
        page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(label)}$")).last.click()


def exported(page: Any, label: str, target: Path) -> Path:
    """File, Save and Export Notebook As: the file that the server gives the browser, under `target`."""

    def keep(route: Any) -> None:
        answer = route.fetch()
        target.write_bytes(answer.body())
        route.fulfill(response=answer)

    page.context.route("**/nbconvert/**", keep)
    choose_in_menu(page, "File", "Save and Export Notebook As", label)
    until = time.monotonic() + WAIT / 1000
    while not target.exists() and time.monotonic() < until:
        page.wait_for_timeout(50)
    page.context.unroute("**/nbconvert/**")
    return target
