"""[mail] and [share]: what they need, what they refuse, and a password that never stands in the file."""

import re
from email.message import EmailMessage
from pathlib import Path

import pytest

from analysis.config import Config, load_config
from analysis.delivery.line import password_of
from analysis.delivery.post import on_the_line
from analysis.delivery.settings import Mail
from analysis.errors import UserError

SERVER = '[mail]\nhost = "smtp.ville.example"\nsender = "a@ville.example"\n'


def written(folder: Path, text: str) -> Config:
    path = folder / "cartable.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_without_a_word_nothing_is_sent(tmp_path: Path) -> None:
    config = written(tmp_path, "")
    assert (config.mail.send, config.mail.host, config.mail.security, config.share.folder) == (False, "", "starttls", None)


def test_a_server_alone_is_a_dry_run(tmp_path: Path) -> None:
    assert not written(tmp_path, SERVER).mail.send


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465)])
def test_the_port_is_that_of_the_way_of_securing(security: str, port: int, tmp_path: Path) -> None:
    assert written(tmp_path, f'{SERVER}security = "{security}"\n').mail.server_port == port
    assert written(tmp_path, f'{SERVER}security = "{security}"\nport = 2525\n').mail.server_port == 2525


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    lines = (
        'recipients = "own/recipients.csv"\nca_file = "/etc/ca.pem"\nuser = "u"\npassword_file = "secret"\n[share]\nfolder = "../share"\n'
    )
    config = written(tmp_path, SERVER + lines)
    assert config.mail.recipients == tmp_path / "own" / "recipients.csv"
    assert (config.mail.ca_file, config.mail.password_file) == (Path("/etc/ca.pem"), tmp_path / "secret")
    assert config.share.folder == tmp_path.parent / "share"


WRONG = {
    '[mail]\nhost = "smtp.ville.example"': "mail: sender is missing: the address that mails come from",
    "[mail]\nsend = true": "mail: host is missing: without the mail server nothing can be sent",
    f'{SERVER}user = "u"': "mail: user needs its password: give one of password_variable and password_file",
    f'{SERVER}user = "u"\npassword_file = "a"\npassword_variable = "B"': "mail: user needs its password",
    f'{SERVER}password_variable = "B"': "mail: user is missing: whose password is it?",
    f'{SERVER}user = "é"\npassword_variable = "B"': "mail: user has letters with accents",
    f'{SERVER}user = "u"\npassword_variable = "geheim-7"': "mail.password_variable: the NAME of a variable is expected",
    f'{SERVER}user = "u"\npassword = "geheim-7"': "mail.password: there is no such key",
    f'{SERVER}security = "none"': 'mail.security: allowed is "starttls" or "tls"',
    '[mail]\nhost = "smtp.ville.example 587"\nsender = "a@ville.example"': "mail.host: the name of a mail server alone is expected",
    '[mail]\nsender = "Mairie <a@ville.example>"': "mail.sender: an address alone is expected, such as numerique@ville.example",
    '[mail]\ntown = ["a@ville.example\\nBcc: b@ville.example"]': "mail.town.0: an address alone is expected",
    '[mail]\noperator = "a"': "mail.operator: an address alone is expected",
    "[mail]\nport = 0": "mail.port: 0 stands there; allowed is a whole number, 1 or more",
    "[mail]\ndays = 0": "mail.days: 0 stands there; allowed is a whole number, 1 or more",
    '[share]\nfolders = "x"': 'share.folders: there is no such key, perhaps "share.folder" was meant',
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_value_is_named_with_its_key_and_no_secret_is_repeated(text: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as complaint:
        written(tmp_path, text)
    assert re.match(rf"cartable.toml, line \d+, {re.escape(WRONG[text])}", str(complaint.value))
    assert "geheim" not in str(complaint.value)


def of_file(path: Path) -> Mail:
    return Mail(host="h", sender="a@b.example", user="u", password_file=path)


def test_the_password_comes_from_a_variable_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OF_TEST", "geheim-7")
    assert password_of(Mail(host="h", sender="a@b.example", user="u", password_variable="OF_TEST")) == "geheim-7"
    secret = tmp_path / "secret"
    secret.write_text(" with spaces \n", encoding="utf-8")
    secret.chmod(0o600)
    assert password_of(of_file(secret)) == " with spaces "


def test_a_variable_that_is_not_set_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OF_TEST", raising=False)
    with pytest.raises(UserError, match="the variable OF_TEST holds no mail password"):
        password_of(Mail(host="h", sender="a@b.example", user="u", password_variable="OF_TEST"))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_password_that_others_can_read_is_refused(mode: int, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim-7", encoding="utf-8")
    secret.chmod(mode)
    with pytest.raises(UserError, match="Run: chmod 600") as complaint:
        password_of(of_file(secret))
    assert "geheim" not in str(complaint.value)


@pytest.mark.parametrize(("content", "words"), [("", "holds no mail password"), ("gehéim", "letters with accents")])
def test_a_password_that_cannot_be_one_is_refused(content: str, words: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(content, encoding="utf-8")
    secret.chmod(0o600)
    with pytest.raises(UserError, match=words) as complaint:
        password_of(of_file(secret))
    assert "gehéim" not in str(complaint.value)


def test_a_line_that_is_a_dot_does_not_end_the_mail() -> None:
    message = EmailMessage()
    message.set_content("a\n.\n..b\nc\n")
    body = on_the_line(message).partition(b"\r\n\r\n")[2]
    assert body == b"a\r\n..\r\n...b\r\nc\r\n.\r\n"
