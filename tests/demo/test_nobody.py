"""Nobody real is in the exports: reserved domains, documentation addresses, no national pupil number."""

import re

import pytest

from tests.demo.conftest import Demo
from tests.demo.reading import text_of

DOCUMENTATION = ("192.0.2.", "198.51.100.", "203.0.113.")


@pytest.fixture(scope="module")
def texts(demo: Demo) -> list[str]:
    return [text_of(path, "cp1252" if "moodle" in str(path) else "utf-8") for path in demo.raw.rglob("*") if path.is_file()]


def test_e_mails_are_in_a_reserved_domain(texts: list[str]) -> None:
    found = {mail for text in texts for mail in re.findall(r"[\w.+-]+@[\w.-]+", text)}
    assert found and all(mail.endswith(".example.org") for mail in found)


def test_addresses_are_for_documentation(texts: list[str]) -> None:
    field = re.compile(r'(?:"ip(?:Address)?"|"IPAddress"|"wanIpAddress"):"([^"]+)"|,web,(\S+)')
    found = {part for text in texts for match in field.findall(text) for part in "".join(match).split(",")}
    assert found and all(address.startswith(DOCUMENTATION) for address in found)


def test_no_national_pupil_number_nor_phone(texts: list[str]) -> None:
    for text in texts:
        assert not re.search(r"(?<![0-9A-Za-z])\d{9}[A-Z]{2}(?![0-9A-Za-z])", text)
        assert not re.search(r"(?<![0-9A-Za-z-])(?:\+33|0)[1-9](?:[ .-]\d{2}){4}(?!\d)", text)


def test_domains_are_reserved(texts: list[str]) -> None:
    found = {host for text in texts for host in re.findall(r"https?://([\w.-]+)", text)}
    assert all(host.endswith("example.org") for host in found)
