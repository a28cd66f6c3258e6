"""Mails over a real server: encrypted and to the right one or not at all, each once, with the right report, and nothing about a person."""

import datetime as dt
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.config import Config
from analysis.delivery import mailing
from analysis.delivery.deliver import deliver
from analysis.delivery.mailing import send_again
from analysis.delivery.record import ABOUT, FAILED, REFUSED, SENT, UNKNOWN, Deliveries
from analysis.errors import UserError
from analysis.schedule.journal import DONE, IN_PART
from tests.delivery.mail_server import HEAD, OTHER, SCHOOL, TOWN, Box, mail_server, mail_to, make_certificate, needs_openssl, text_of
from tests.delivery.reports_made import DAY, NAMES, make

pytestmark = needs_openssl
LATER = dt.date(2025, 10, 3)


@pytest.fixture
def box(certificate: Path) -> Iterator[Box]:
    with mail_server(certificate) as found:
        yield found


@pytest.fixture
def town(box: Box, tmp_path: Path, certificate: Path) -> Config:
    return mail_to(box, tmp_path, certificate)


def states(config: Config) -> list[tuple[str, str]]:
    lines = config.deliveries.read_text(encoding="utf-8").splitlines()
    return [(json.loads(line)["what"], json.loads(line)["state"]) for line in lines]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_head_teacher_gets_the_report_of_the_school_once(security: str, tmp_path: Path, certificate: Path) -> None:
    with mail_server(certificate, security) as box:
        config = mail_to(box, tmp_path, certificate, security=security)
        pdf, other = make(config), make(config, OTHER)
        first, second = deliver(config, DAY), deliver(config, LATER)
    assert (first.outcome, first.faults, second.outcome) == (DONE, (), DONE)
    [mail] = box.to(HEAD)
    [attached] = list(mail.iter_attachments())
    assert attached.get_content() == pdf.read_bytes() != other.read_bytes()
    assert attached.get_filename() == f"{SCHOOL}-2025-09-usage.pdf"
    assert mail["Subject"] == "École Jean Moulin\u00a0: rapports sur les tablettes, septembre 2025"
    assert [len(box.to(address)) for address in (HEAD, TOWN)] == [1, 1]
    assert len(box.mails) == 2
    assert box.logins
    assert states(config) == [("report", ABOUT), ("report", SENT), ("digest", ABOUT), ("digest", SENT)]


def test_the_text_is_plain_and_follows_nobody(town: Config, box: Box) -> None:
    make(town)
    deliver(town, DAY)
    for _, mail in box.mails:
        kinds = {part.get_content_type() for part in mail.walk()}
        assert kinds <= {"multipart/mixed", "text/plain", "application/pdf"}
        assert "http" not in text_of(mail)
    text = text_of(box.to(HEAD)[0])
    assert "Voici 1 rapport sur les tablettes pour École Jean Moulin (septembre 2025)" in text
    assert "- Usage des tablettes\n" in text


def test_the_town_hears_of_every_school_and_of_those_without_an_address(town: Config, box: Box) -> None:
    make(town)
    make(town, OTHER)
    make(town, "territory", "territory")
    deliver(town, DAY)
    [mail] = box.to(TOWN)
    text = text_of(mail)
    assert mail["Subject"] == "Valmont\u00a0: 3 rapports faits"
    assert "Usage des tablettes, septembre 2025\u00a0: École des Tilleuls, École Jean Moulin" in text
    assert f"n\u2019ont été envoyés à personne\u00a0:\n- École des Tilleuls ({OTHER})\n" in text
    assert list(mail.iter_attachments()) == []


def test_no_address_stands_in_what_is_kept_or_told(town: Config, box: Box) -> None:
    box.codes = {HEAD: [f"550 5.1.1 <{HEAD}> unknown"]}
    make(town)
    step = deliver(town, DAY)
    kept = town.deliveries.read_text(encoding="utf-8")
    assert "@" not in kept + step.sentence + "".join(step.faults)
    assert SCHOOL in kept
    for _, mail in box.mails:  # the town is not told who the head teacher is
        assert HEAD not in mail.as_string()


def test_a_report_with_other_figures_is_sent_anew_and_says_so(town: Config, box: Box) -> None:
    make(town)
    deliver(town, DAY)
    newer = make(town, figures="b", day=LATER)
    deliver(town, LATER)
    assert len(box.to(HEAD)) == 2
    second = box.to(HEAD)[1]
    assert [part.get_content() for part in second.iter_attachments()] == [newer.read_bytes()]
    assert "il remplace celui que vous avez reçu" in text_of(second)
    assert "remplace" not in text_of(box.to(HEAD)[0])


def test_a_report_with_the_same_figures_is_not_sent_anew(town: Config, box: Box) -> None:
    old = make(town).read_bytes()
    deliver(town, DAY)
    assert make(town, day=LATER).read_bytes() != old
    deliver(town, LATER)
    assert len(box.mails) == 2


def test_figures_that_come_back_are_sent_again(town: Config, box: Box) -> None:
    for number, figures in enumerate(["a", "b", "a"]):
        make(town, figures=figures, day=DAY + dt.timedelta(number))
        deliver(town, DAY + dt.timedelta(number))
    assert len(box.to(HEAD)) == 3


def test_a_pdf_that_comes_back_byte_for_byte_is_sent_again_once(town: Config, box: Box) -> None:
    for figures in ("a", "b", "a", "a"):
        make(town, figures=figures)
        deliver(town, DAY)
    assert len(box.to(HEAD)) == 3


def test_all_reports_of_a_period_go_in_one_mail(town: Config, box: Box) -> None:
    make(town, kind="usage")
    make(town, kind="adoption")
    make(town, period="2025-10")
    deliver(town, DAY)
    assert [len(list(mail.iter_attachments())) for mail in box.to(HEAD)] == [2, 1]


def test_a_report_of_long_ago_is_sent_to_nobody(town: Config, box: Box) -> None:
    make(town, day=DAY - dt.timedelta(days=31))
    deliver(town, DAY)
    assert box.mails == []


def test_a_pdf_that_is_not_the_one_that_was_made_is_not_sent(town: Config, box: Box) -> None:
    make(town).write_bytes(b"%PDF another")
    deliver(town, DAY)
    assert box.to(HEAD) == []


def test_a_recipient_reads_the_language_asked_for(town: Config, box: Box) -> None:
    listed = town.mail.recipients
    assert listed
    listed.write_text(f"uai;email;lang\n{SCHOOL};{HEAD};en\n", encoding="utf-8")
    make(town)
    english = make(town, lang="en")
    deliver(town, DAY)
    [mail] = box.to(HEAD)
    assert [part.get_content() for part in mail.iter_attachments()] == [english.read_bytes()]
    assert mail["Subject"] == "École Jean Moulin: reports on tablets, September 2025"


def test_a_name_from_data_makes_no_header(town: Config, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NAMES, SCHOOL, "École\r\nBcc: durand@x.example\r\n\r\n\u202e.\r\n")
    make(town)
    assert deliver(town, DAY).faults == ()
    [mail] = box.to(HEAD)
    assert (mail["Bcc"], len(box.mails)) == (None, 2)
    assert mail["Subject"] == "École Bcc: durand@x.example .\u00a0: rapports sur les tablettes, septembre 2025"


def test_a_dry_run_says_what_it_would_send_and_sends_nothing(box: Box, tmp_path: Path, certificate: Path) -> None:
    config = mail_to(box, tmp_path, certificate, send=False)
    make(config)
    step = deliver(config, DAY)
    assert "Dry run (mail.send = false), 2 mails would go out" in step.sentence
    assert step.sentence.endswith(f": {SCHOOL}: usage of 2025-09; digest to the town: 1 reports made, 0 not.")
    assert (box.mails, box.connections, config.deliveries.exists()) == ([], 0, False)


def test_another_certificate_is_refused_and_no_password_is_given(box: Box, tmp_path: Path) -> None:
    strange = make_certificate(tmp_path / "strange")
    config = mail_to(box, tmp_path, strange)
    make(config)
    step = deliver(config, DAY)
    assert "has a certificate that cannot be trusted" in step.faults[0]
    assert (step.outcome, box.mails, box.logins) == (IN_PART, [], [])


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_another_host_is_refused(security: str, tmp_path: Path) -> None:
    strange = make_certificate(tmp_path / "strange", "mail.elsewhere.example")
    with mail_server(strange, security) as box:
        config = mail_to(box, tmp_path, strange, security=security)
        make(config)
        step = deliver(config, DAY)
    assert "has a certificate that cannot be trusted" in step.faults[0]
    assert (box.mails, box.logins) == ([], [])


def test_a_login_that_is_refused_is_told_and_everything_waits(town: Config, box: Box) -> None:
    secret = town.mail.password_file
    assert secret
    secret.write_text("other-8", encoding="utf-8")
    make(town)
    step = deliver(town, DAY)
    assert step.faults == (f"The mail server localhost:{box.port} refuses the login (code 535). Check mail.user and its password.",)
    assert "0 mails sent, 2 wait for the next run." in step.sentence
    secret.write_text("geheim-7", encoding="utf-8")
    deliver(town, LATER)
    assert [len(box.to(address)) for address in (HEAD, TOWN)] == [1, 1]


def test_a_dead_server_is_a_fault_and_the_mails_wait(town: Config, box: Box, tmp_path: Path, certificate: Path) -> None:
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("localhost", 0))
        dead = mail_to(box, tmp_path, certificate, port=taken.getsockname()[1])
        make(dead)
        step = deliver(dead, DAY)
    assert [re.sub(r"\d+", "N", fault) for fault in step.faults] == [
        "The mail server localhost:N cannot be used (Connection refused). Check mail.host, mail.port, mail.security and the network."
    ]
    assert not dead.deliveries.exists()  # no mail was begun
    deliver(town, DAY + dt.timedelta(days=1))
    assert [len(box.to(address)) for address in (HEAD, TOWN)] == [1, 1]


def test_a_server_that_says_later_is_asked_once_more(town: Config, box: Box) -> None:
    box.codes = {HEAD: ["451 greylisted"]}
    make(town)
    assert deliver(town, DAY).faults == ()
    assert len(box.to(HEAD)) == 1


def test_a_server_that_says_later_twice_is_asked_in_the_next_run_however_late(town: Config, box: Box) -> None:
    box.codes = {HEAD: ["451 greylisted", "451 greylisted"]}
    make(town)
    step = deliver(town, DAY)
    assert step.faults == (
        (
            f"the mail to {SCHOOL} (usage 2025-09 fr) was not sent: the server does not take the recipient now (code 451). "
            "The next run tries again."
        ),
    )
    assert ("report", FAILED) in states(town)
    assert (len(box.to(HEAD)), len(box.to(TOWN))) == (0, 1)
    deliver(town, DAY + dt.timedelta(days=90))
    assert (len(box.to(HEAD)), len(box.to(TOWN))) == (1, 1)


def test_an_address_that_is_refused_is_not_tried_every_night(town: Config, box: Box) -> None:
    box.codes = {HEAD: ["550 unknown"]}
    make(town)
    assert f"`cartable deliver --again {SCHOOL}`" in deliver(town, DAY).faults[0]
    assert ("report", REFUSED) in states(town)
    assert deliver(town, LATER).faults == ()
    assert box.to(HEAD) == []
    assert send_again(town, SCHOOL) == 1
    deliver(town, LATER)
    assert len(box.to(HEAD)) == 1


def test_another_address_gets_what_the_first_could_not(town: Config, box: Box) -> None:
    box.codes = {HEAD: ["550 unknown"]}
    make(town)
    deliver(town, DAY)
    assert town.mail.recipients
    town.mail.recipients.write_text(f"uai,email\n{SCHOOL},new@academie.example\n", encoding="utf-8")
    deliver(town, LATER)
    assert len(box.to("new@academie.example")) == 1


def test_a_line_that_breaks_after_the_mail_is_not_repeated(town: Config, box: Box) -> None:
    """The server has the mail, and could not say so: a second one would be one too many."""
    box.breaks = True
    make(town)
    step = deliver(town, DAY)
    box.breaks = False
    assert f"Nobody knows whether the mail to {SCHOOL} (usage 2025-09 fr) was sent" in step.faults[0]
    assert ("report", UNKNOWN) in states(town)
    deliver(town, LATER)
    assert (len(box.to(HEAD)), len(box.to(TOWN))) == (1, 1)


def test_a_run_killed_between_sending_and_recording_sends_no_second_mail(town: Config, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    make(town)
    write = Deliveries.write

    def killed(record: Deliveries, delivery: object, state: str, cause: str = "") -> object:
        if state == SENT:
            raise KeyboardInterrupt
        return write(record, delivery, state, cause)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Deliveries, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            deliver(town, DAY)
    assert states(town) == [("report", ABOUT)]
    step = deliver(town, LATER)
    assert step.faults == (
        (
            f"Nobody knows whether the mail to {SCHOOL} (usage 2025-09 fr) was sent (the run broke off); it is not repeated by itself. "
            f"Ask whether it came; if not: `cartable deliver --again {SCHOOL}`."
        ),
    )
    assert deliver(town, LATER).faults == ()  # told once
    assert len(box.to(HEAD)) == 1
    send_again(town, SCHOOL)
    deliver(town, LATER)
    first, again = box.to(HEAD)
    assert first["Message-ID"] == again["Message-ID"]


def test_a_run_killed_before_the_mail_left_is_told_as_well(town: Config, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the record alone the two cannot be told apart."""
    make(town)
    with monkeypatch.context() as patched:
        patched.setattr(mailing.Post, "send", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            deliver(town, DAY)
    assert "Nobody knows" in deliver(town, LATER).faults[0]
    assert box.to(HEAD) == []


def test_a_line_of_the_record_that_was_cut_short_loses_no_other(town: Config, box: Box) -> None:
    make(town)
    deliver(town, DAY)
    with town.deliveries.open("a", encoding="utf-8") as record:
        record.write('{"what": "repo')
    make(town, period="2025-10")
    deliver(town, LATER)
    deliver(town, LATER)
    assert len(box.to(HEAD)) == 2
    lines = town.deliveries.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.endswith("}")] == ['{"what": "repo']
    assert len(lines) == 9  # and two for each of four mails


def test_a_list_of_addresses_that_is_wrong_keeps_no_digest_back(town: Config, box: Box) -> None:
    assert town.mail.recipients
    town.mail.recipients.chmod(0o644)
    make(town)
    assert "everybody on this machine can read the addresses" in deliver(town, DAY).faults[0]
    assert (len(box.to(HEAD)), len(box.to(TOWN))) == (0, 1)


def test_nothing_to_send_again_is_a_mistake(town: Config) -> None:
    with pytest.raises(UserError, match="No mail to town was refused or has an unknown end"):
        send_again(town, "town")


CHANGED = {"measure": "minutes_per_pupil_day", "evidence": "foreground", "unit": "minutes", "before": 20.0, "before_reason": ""}


@pytest.mark.parametrize(("since", "is_told"), [("a", True), ("an edition that nobody was sent", False)])
def test_a_report_that_replaces_another_says_what_has_changed_since_that_one(town: Config, box: Box, since: str, is_told: bool) -> None:
    make(town)
    deliver(town, DAY)
    make(town, figures="b", changed={"since": since, "is_upgraded": False, "figures": [{**CHANGED, "now": 26.0, "now_reason": ""}]})
    deliver(town, LATER)
    first, second = map(text_of, box.to(HEAD))
    words = (
        "Ce qui a changé (usage des tablettes)\u00a0:\n"
        "- minutes par élève et par jour d\u2019école\u00a0: 20\u00a0min, et maintenant 26\u00a0min\n"
        "Cause\u00a0: des données arrivées, corrigées ou effacées depuis.\n"
    )
    assert "changé" not in first
    assert "des chiffres ont changé" in second
    assert (words in second) == is_told
