"""What the operator hears of a run: that something failed, once as long as nothing changes, and no word that could name a person."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.config import Config
from analysis.delivery.deliver import deliver
from analysis.schedule.journal import DONE, FAILED, IN_PART, Journal, Run, Step, Undone
from tests.delivery.mail_server import HEAD, OPERATOR, SCHOOL, TOWN, Box, mail_server, mail_to, needs_openssl, text_of
from tests.delivery.reports_made import DAY, make

pytestmark = needs_openssl
PERSON = "Durand Léa"
REFUSED_FILE = Step("ingest", IN_PART, "2 files.", (f"{PERSON}.csv: no known format has these columns.",))
UNDONE = Undone("usage", SCHOOL, "École Jean Moulin", "2025-09", "fr", is_refused=False)
DEAD_REPORT = Step("report", IN_PART, "1 report due.", (f"usage: NameError: {PERSON}",), (UNDONE,))
NOTHING = Step("report", DONE, "0 reports due.")


@pytest.fixture
def box(certificate: Path) -> Iterator[Box]:
    with mail_server(certificate) as found:
        yield found


@pytest.fixture
def town(box: Box, tmp_path: Path, certificate: Path) -> Config:
    return mail_to(box, tmp_path, certificate)


def night(config: Config, *steps: Step) -> Step:
    """A run with these steps, and its delivery."""
    journal = Journal(config)
    run = journal.begin()
    for step in steps:
        run = journal.note(run, step)
    delivered = deliver(config, DAY, run)
    journal.end(journal.note(run, delivered))
    return delivered


def test_a_run_without_a_fault_says_nothing_to_the_operator(town: Config, box: Box) -> None:
    night(town, NOTHING)
    assert box.mails == []


def test_the_operator_hears_how_much_failed_and_where(town: Config, box: Box) -> None:
    night(town, REFUSED_FILE, Step("build", FAILED, "Nothing was done.", ("The key is gone.",)), DEAD_REPORT)
    [mail] = box.to(OPERATOR)
    assert mail["Subject"] == "Cartable, Valmont\u00a0: 3 pannes"
    assert text_of(mail).startswith(
        "- 1 fichier déposé n\u2019a pas été lu\n"
        "- les chiffres n\u2019ont pas pu être mis à jour\u00a0: ceux d\u2019avant restent\n"
        "- École Jean Moulin (0990001A), usage des tablettes, septembre 2025\u00a0: "
        "panne\u00a0; la personne qui exploite Cartable en a le détail\n"
    )


def test_no_mail_says_anything_about_a_person(town: Config, box: Box) -> None:
    make(town)
    night(town, REFUSED_FILE, DEAD_REPORT)
    assert {recipient for recipient, _ in box.mails} == {TOWN, OPERATOR}  # the report that failed is not told as made
    make(town, figures="b")
    night(town, REFUSED_FILE)
    assert {recipient for recipient, _ in box.mails} == {HEAD, TOWN, OPERATOR}
    for _, mail in box.mails:
        whole = str(mail["Subject"]) + text_of(mail)
        assert not any(word in whole for word in ("Durand", "Léa", ".csv", "NameError"))


def test_the_same_faults_are_told_once_and_again_when_they_come_back(town: Config, box: Box) -> None:
    for steps, told in [
        ([REFUSED_FILE], 1),
        ([REFUSED_FILE], 1),
        ([REFUSED_FILE], 1),
        ([NOTHING], 1),
        ([REFUSED_FILE], 2),
        ([REFUSED_FILE], 2),
    ]:
        night(town, *steps)
        assert len(box.to(OPERATOR)) == told


def test_another_fault_is_told(town: Config, box: Box) -> None:
    night(town, REFUSED_FILE)
    night(town, replace(REFUSED_FILE, faults=(*REFUSED_FILE.faults, "b.csv: damaged.")))
    assert len(box.to(OPERATOR)) == 2


def test_a_run_that_broke_off_is_told_by_the_next_one_once(town: Config, box: Box) -> None:
    Journal(town).begin()
    night(town, NOTHING)
    night(town, NOTHING)
    [mail] = box.to(OPERATOR)
    assert "s\u2019est interrompue avant sa fin" in text_of(mail)


def test_what_could_not_be_delivered_is_told_to_the_operator(town: Config, box: Box) -> None:
    box.codes = {HEAD: ["550 unknown"]}
    make(town)
    night(town, NOTHING)
    [mail] = box.to(OPERATOR)
    assert text_of(mail).startswith("- 1 remise n\u2019a pas abouti\n")


def test_a_share_that_is_not_there_is_told_to_the_operator(town: Config, box: Box, tmp_path: Path) -> None:
    gone = town.model_copy(update={"share": town.share.model_copy(update={"folder": tmp_path / "share"})})
    step = night(gone, NOTHING)
    assert "Is the share mounted?" in step.faults[0]
    assert len(box.to(OPERATOR)) == 1


def test_the_town_hears_once_of_a_report_that_could_not_be_made_and_then_that_it_was(town: Config, box: Box) -> None:
    refused = Step("report", IN_PART, "", ("usage: refused.",), (UNDONE._replace(is_refused=True),))
    night(town, refused)
    night(town, refused)
    [mail] = box.to(TOWN)
    assert "septembre 2025\u00a0: retenu par le contrôle de confidentialité" in text_of(mail)
    make(town)
    night(town, NOTHING)
    assert "Usage des tablettes, septembre 2025\u00a0: École Jean Moulin" in text_of(box.to(TOWN)[1])


def test_a_run_is_kept_with_what_could_not_be_made(town: Config) -> None:
    journal = Journal(town)
    run = journal.end(journal.note(journal.begin(), DEAD_REPORT))
    assert next(journal.runs()) == run
    [path] = (town.data_dir / "runs").glob("*.json")
    older = path.read_text(encoding="utf-8").replace('"undone"', '"unused"')
    path.write_text(older, encoding="utf-8")
    with pytest.raises(TypeError):
        next(journal.runs())
    assert isinstance(run, Run)
