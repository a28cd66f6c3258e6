"""`cartable deliver`: what went out in a sentence, what did not with an exit code, and again what nobody knows of."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analysis import build
from analysis.cli import app
from tests.delivery.mail_server import HEAD, PASSWORD, SCHOOL, TOWN, USER, Box, mail_server, mail_to, needs_openssl
from tests.delivery.reports_made import DAY, make

pytestmark = needs_openssl


@pytest.fixture
def box(certificate: Path) -> Iterator[Box]:
    with mail_server(certificate) as found:
        yield found


@pytest.fixture
def folder(box: Box, tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A town whose cartable.toml says it all, with one report."""
    make(mail_to(box, tmp_path, certificate))
    text = (
        f'[mail]\nsend = true\nhost = "localhost"\nport = {box.port}\nca_file = "{certificate}"\nuser = "{USER}"\n'
        f'password_variable = "OF_TEST"\nsender = "cartable@valmont.example"\ntown = ["{TOWN}"]\nrecipients = "own/recipients.csv"\n'
    )
    (tmp_path / "cartable.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("OF_TEST", PASSWORD)
    monkeypatch.setattr(build, "today", lambda: DAY)
    return tmp_path


def deliver(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["deliver", "--config", str(folder / "cartable.toml"), *words])


def test_it_sends_once_and_says_so(folder: Path, box: Box) -> None:
    done = deliver(folder)
    assert (done.exit_code, len(box.to(HEAD))) == (0, 1)
    assert "2 mails sent." in done.stdout
    assert json.loads(deliver(folder, "--json").stdout)["outcome"] == "done"
    assert len(box.mails) == 2


def test_what_failed_is_said_and_can_be_sent_again(folder: Path, box: Box) -> None:
    box.codes = {HEAD: [f"550 <{HEAD}> unknown"]}
    failed = deliver(folder)
    assert (failed.exit_code, box.to(HEAD)) == (1, [])
    assert "the server refuses the recipient (code 550)" in failed.stderr
    assert HEAD not in failed.output
    assert deliver(folder, "--again", SCHOOL).exit_code == 0
    assert len(box.to(HEAD)) == 1
    with pytest.raises(Exception, match="No mail to town was refused"):
        raise deliver(folder, "--again", "town").exception  # type: ignore[misc]
