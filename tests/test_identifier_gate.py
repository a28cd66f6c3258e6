"""The gate against direct identifiers: published vectors that it must stop, and everyday values that it must let pass."""

import re
import time

import pytest

from analysis.reading.identifier_gate import MAY_HOLD_ONE, identifiers_in, look_like_person_names, safe_to_show, suspicious_name

STOPPED = {
    "e-mail addresses": ["lea.durand@ecole.example", "écrire à lea+ent@mail.ac-test.example.org svp", "O'Neil@ecole.example"],
    "national pupil numbers": ["123456789AB", "1234567890V", "1234A56789B", "ine : 123456789AB", "123456789ab"],
    "social security numbers": ["295109912611193", "2 95 10 99 126 111 93", "2.95.10.99.126.111.93"],
    "staff numbers (NUMEN)": ["06E1234567ABC", "06e1234567abc"],
    "phone numbers": [
        "0612345678",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "+33612345678",
        "+33 6 12 34 56 78",
        "0033612345678",
    ],
    "hardware addresses": ["a4:83:e7:00:11:22", "A4-83-E7-00-11-22", "wifi a4:83:e7:00:11:22"],
    "IP addresses": [
        "192.0.2.17",
        "192.0.2.17, 10.0.0.1",
        "2001:db8::17",
        "fe80::1ff:fe23:4567:890a",
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
    ],
    "device serials (IMEI)": ["490154203237518"],
}
PASSING = """École Jean Moulin|École élémentaire du 8-Mai-1945|fr.exemple.lecture|com.google.android.apps.docs.editors.docs|17.5.1
10.0.22631.3880|Android 14|139.0.7258.137|Tab A9|SM-X210|iPad12,1|Homeworks|EduMediaRegisteredService|Mobile-app|LOGIN|Course viewed
s-0001|CE1|CE2|0920001B
c7301b91-307a-462f-9363-52cddc2e4814|1759734000000|1759734000|2025-10-06|06/10/2025 08:30|2025-10-06T07:30:00.000Z|08:30-11:30,13:30-16:30
2025-2026|0.87|103,4|123456789|12345678901234567890|490154203237519|295109912611195|1234567890A
Mozilla/5.0 Chrome/139.0.0.0 Safari/537.36|a::b
sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08|https://junior.edumedia.example/|neige|06 10 2025 08 30 00|é|@|"""


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in STOPPED.items() for value in values])
def test_stopped(kind: str, value: str) -> None:
    assert identifiers_in(["harmless", f" {value} "]) == kind
    assert re.search(MAY_HOLD_ONE, value), "the engine would not have handed this value over"
    assert not safe_to_show(value)


@pytest.mark.parametrize("value", re.split(r"[|\n]", PASSING))
def test_let_pass(value: str) -> None:
    assert identifiers_in([value]) is None


COLUMNS = """Prénom|prenom_eleve|Nom élève|NOM|user.email|userEmail|IP address|Adresse IP|ipAddress|wifiMac|Téléphone|INE|displayName
serial_number|Date naissance"""


@pytest.mark.parametrize("column", re.split(r"[|\n]", COLUMNS))
def test_columns_whose_name_says_it(column: str) -> None:
    assert suspicious_name(column)


@pytest.mark.parametrize(
    "column", "nom_commune|Nom de l'école|adresse_etablissement|name|app_name|status|model|description|Recipient|zip|nominal".split("|")
)
def test_columns_that_name_nobody(column: str) -> None:
    assert not suspicious_name(column)


def test_names_of_persons_are_seen_in_bulk_only() -> None:
    names = ["Léa Durand", "Hugo MARTIN", "PETIT Emma", "Louis Bernard", "Jean-Paul D'Arc", "Jules Moreau", "Chloé Simon", "Adam Laurent"]
    names += ["Inès Michel", "Noah Garcia"]
    assert look_like_person_names(names)
    assert not look_like_person_names(names[:5])
    assert not look_like_person_names([f"Course viewed {i}" for i in range(50)])
    assert not look_like_person_names([f"Tab A{i}" for i in range(50)])


@pytest.mark.parametrize("value", ["32/03/2026", "2025-02-30", "25:00", "-5", "1.5", "1800", "0920001A", "98,4", "32/03/26, 10:00"])
def test_misread_dates_and_small_numbers_are_shown(value: str) -> None:
    assert safe_to_show(value)


@pytest.mark.parametrize("value", ["Léa", "p-0001", "tab-0001", "123456789", "0612345678", "192.0.2.17", "Durand 12", "", "<script>"])
def test_anything_else_is_not(value: str) -> None:
    assert not safe_to_show(value)


@pytest.mark.parametrize("value", ["x" * 3_000_000, "a." * 1_000_000 + "@", "0 " * 1_000_000, "1:" * 1_000_000, "@" * 100_000])
def test_a_huge_value_takes_no_time(value: str) -> None:
    start = time.monotonic()
    assert identifiers_in([value]) is None
    assert time.monotonic() - start < 5
