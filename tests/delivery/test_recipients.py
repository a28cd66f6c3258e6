"""The list of head teachers' addresses: read as the town writes it, refused where others could read it, and no value of it told."""

from pathlib import Path

import pytest

from analysis.config import Config
from analysis.delivery.recipients import Recipient, read_recipients
from analysis.errors import UserError
from tests.hand_made import config_in


def listed(folder: Path, content: str | bytes, mode: int = 0o640, place: str = "own") -> Config:
    path = folder / place / "recipients.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(mode)
    return config_in(folder, mail={"recipients": path})


def test_each_line_is_somebody_in_the_language_asked_for(tmp_path: Path) -> None:
    text = "\ufeffuai;email;lang\r\n0990001a; ce.0990001a@academie.example ;\r\n" + "0990002B;dir@ville.example;en\r\n" * 2
    assert read_recipients(listed(tmp_path, text)) == [
        Recipient("0990001A", "ce.0990001a@academie.example", "fr"),
        Recipient("0990002B", "dir@ville.example", "en"),
    ]


def test_a_school_may_have_two_addresses(tmp_path: Path) -> None:
    found = read_recipients(listed(tmp_path, "uai,email\n0990001A,a@ville.example\n0990001A,b@ville.example\n"))
    assert [each.email for each in found] == ["a@ville.example", "b@ville.example"]


def test_without_a_list_there_is_nobody(tmp_path: Path) -> None:
    assert read_recipients(config_in(tmp_path)) == []


WRONG = {
    "uai,mail\n0990001A,lea@x.example\n": "recipients.csv, line 1: the columns are not uai,email or uai,email,lang",
    "uai,email,name\n0990001A,lea@x.example,Durand\n": "recipients.csv, line 1: the columns are not",
    "": "recipients.csv, line 1: the columns are not",
    "uai,email\n0990001A,lea@x.example\n099,lea@x.example\n": "recipients.csv, line 3, uai: not a UAI",
    "uai,email\n0990001A,Durand\n": "recipients.csv, line 2, email: not an address alone",
    "uai,email\n0990001A,léa.durand@x.example\n": "recipients.csv, line 2, email: not an address alone",
    "uai,email\n0990001A,Durand <lea@x.example>\n": "recipients.csv, line 2, email: not an address alone",
    "uai,email\n0990001A,lea@localhost\n": "recipients.csv, line 2, email: not an address alone",
    'uai,email\n0990001A,"lea@x.example\nBcc: durand@x.example"\n': "email: not an address alone",
    "uai,email\n0990001A,lea@x.example,durand@x.example\n": "recipients.csv, line 2: more values than columns",
    "uai,email,lang\n0990001A,lea@x.example,Durand\n": "recipients.csv, line 2, lang: not one of fr, en",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_told_with_its_place_and_without_its_value(text: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as complaint:
        read_recipients(listed(tmp_path, text))
    said = str(complaint.value)
    assert WRONG[text] in said
    assert not any(word in said.lower() for word in ("lea@", "léa", "durand", "0990001"))


def test_a_list_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="recipients.csv: not UTF-8"):
        read_recipients(listed(tmp_path, "uai,email\n0990001A,lé".encode("cp1252")))


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o602])
def test_a_list_that_everybody_can_read_is_refused(mode: int, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Run: chmod o-rwx"):
        read_recipients(listed(tmp_path, "uai,email\n", mode))


@pytest.mark.parametrize("place", ["data/raw", "data/lake", "data", "reports", "reports/2025-10", "share"])
def test_a_list_among_data_or_reports_is_refused(place: str, tmp_path: Path) -> None:
    config = listed(tmp_path, "uai,email\n", place=place).model_copy(
        update={"share": config_in(tmp_path, share={"folder": tmp_path / "share"}).share}
    )
    with pytest.raises(UserError, match="would stand among the data or the reports"):
        read_recipients(config)


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    config = config_in(tmp_path, mail={"recipients": tmp_path / "nowhere.csv"})
    with pytest.raises(UserError, match="there is no file .*nowhere.csv. Write it with the columns uai,email"):
        read_recipients(config)
