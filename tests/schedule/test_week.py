"""A week of a town that runs by itself, the clock moved by the test: files late, twice and broken, a mail server that is down, a run that
is killed, a full disk, a notebook that fails for one school. In the end everything stands once and right, and the rest is told.
"""

import datetime as dt
import functools
import json
import re
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from analysis import build
from analysis.config import Config
from analysis.delivery.record import SENT
from analysis.lake import REFUSED
from analysis.lock import locked
from analysis.reports import making
from analysis.reports.manifest import find_entry, read_manifest
from analysis.reports.refusal import RefusedError
from analysis.schedule.journal import BROKEN_OFF, DONE, FAILED, IN_PART, Journal, Run
from analysis.schedule.unattended import run_unattended
from analysis.status import sentences_of, status_of
from tests.class_town import SCHOOL_DAYS, uai_of
from tests.delivery.mail_server import OPERATOR, TOWN, Box, mail_server, mail_to, make_certificate, needs_openssl, text_of
from tests.fleet_town import Fleet, Loan, Seat
from tests.hand_made import Town, config_in

ROOT = Path(__file__).parents[2]
A, B = uai_of(1), uai_of(2)
HEADS = {A: "ce.a@academie.example", B: "ce.b@academie.example"}
PUPILS = 40
SEPTEMBER = "2025-09"
IN_SEPTEMBER = [day for day in SCHOOL_DAYS if day.month == 9]
LATE = (dt.date(2025, 9, 25), dt.date(2025, 9, 26), dt.date(2025, 9, 29))  # what comes in October
SCHEDULE = {"reports": {"usage": ["month"]}, "retries": 0, "jobs": 1}
BROKEN_FILE = "broken.csv: no known format has these columns. `cartable sources` lists the formats that are read."
BROKEN_CELL = "cell 3 (figures.minutes_over_time(school)): ValueError: no week"
# as a timer starts it, on a day that the test chooses
NIGHT = """
import datetime, os, pathlib, signal, sys
from analysis import build
from analysis.config import Config
from analysis.lock import locked
from analysis.reports import runner
from analysis.schedule.unattended import run_unattended
config, day = Config.model_validate_json(pathlib.Path(sys.argv[1]).read_text()), datetime.date.fromisoformat(sys.argv[2])
build.today = lambda: day
if sys.argv[3:] == ["killed"]:  # the ledger has the figures, no file of the report stands
    runner.write_together = lambda files: os.kill(os.getpid(), signal.SIGKILL)
with locked(config, "cartable run"):
    run_unattended(config, day)
"""


def fleet() -> Fleet:
    """Two schools of pupils with a tablet each, heard of on three days of four in September."""
    names = [f"{school}-{i}" for school in (1, 2) for i in range(PUPILS)]
    seats = [Seat(f"p{n}", int(n[0]), f"k{n[0]}-{int(n[2:]) % 2}") for n in names]
    heard = {(f"d{n}", day) for n in names for day in IN_SEPTEMBER if is_heard(int(n[2:]), day)}
    return Fleet(seats, [Loan(f"d{n}", f"p{n}") for n in names], signs=heard)


def is_heard(pupil: int, day: dt.date) -> bool:
    """On three days of four, those of use among them."""
    return (SCHOOL_DAYS.index(day) + pupil) % 4 != 1


def drop(config: Config, name: str, days: list[dt.date], schools: tuple[int, ...] = (1, 2)) -> None:
    """An export in which half of the tablets of the schools, in turn, were used for twenty minutes on each of the days.

    Such figures are all shown, whatever was released before: so a town may be compared with one that has another past.
    """
    town = Town()
    for day in days:
        for school in schools:
            for pupil in range(SCHOOL_DAYS.index(day) % 2, PUPILS, 2):
                town.app(f"d{school}-{pupil}", "a", f"{day}T08:00", f"{day}T08:20")
    (config.raw_dir / name).write_text("\n".join(map(json.dumps, town.events)) + "\n", encoding="utf-8")


def drop_september(config: Config) -> None:
    fleet().write(config)
    drop(config, "uses.ndjson", [day for day in IN_SEPTEMBER if day not in (*LATE, *DAILY[1])])


@dataclass
class Week:
    """A town, its mail server, and what each night was like."""

    config: Config
    box: Box
    monkeypatch: pytest.MonkeyPatch
    runs: dict[str, Run] = field(default_factory=dict)

    def night(self, day: int, config: Config | None = None) -> Run:
        """A run in October, under the lock."""
        today = dt.date(2025, 10, day)
        self.monkeypatch.setattr(build, "today", lambda: today)
        with locked(self.config, "cartable run"):
            return run_unattended(config or self.config, today)

    def process(self, day: int, *how: str, preexec_fn: Callable[[], None] | None = None) -> int:
        """A run in October in a process of its own; its return code."""
        path = self.config.data_dir.parent / "config.json"
        path.write_text(self.config.model_dump_json(), encoding="utf-8")
        command = [sys.executable, "-c", NIGHT, str(path), f"2025-10-{day:02}", *how]
        return subprocess.run(command, cwd=ROOT, preexec_fn=preexec_fn, capture_output=True, check=False).returncode

    def pdf(self, uai: str) -> bytes:
        return (self.config.reports_dir / SEPTEMBER / uai / "usage.pdf").read_bytes()

    def got(self, uai: str) -> list[bytes]:
        """The PDFs that a head teacher has got, in their order."""
        return [part.get_content() for mail in self.box.to(HEADS[uai]) for part in mail.iter_attachments()]


@pytest.fixture
def week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Week]:
    certificate = make_certificate(tmp_path)
    with mail_server(certificate) as box:
        mail = mail_to(box, tmp_path, certificate).mail
        assert mail.recipients
        mail.recipients.write_text("uai,email\n" + "".join(f"{uai},{email}\n" for uai, email in HEADS.items()), encoding="utf-8")
        config = config_in(tmp_path, territory="Valmont", schedule=SCHEDULE).model_copy(update={"mail": mail})
        drop_september(config)
        yield Week(config, box, monkeypatch)


def with_dead_server(config: Config) -> Config:
    """A port at which nobody listens."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    return config.model_copy(update={"mail": config.mail.model_copy(update={"port": port})})


def failing_for(uai: str) -> Callable:
    """What runs notebooks, with a cell that fails for one school."""
    real = making.run_notebook

    def run(notebook: object, parameters: dict, *limits: object) -> object:
        if parameters["uai"] == uai:
            raise RefusedError(BROKEN_CELL)
        return real(notebook, parameters, *limits)

    return run


def undisturbed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """The same exports, all there on the last day."""
    config = config_in(folder, territory="Valmont", schedule=SCHEDULE)
    drop_september(config)
    for name, days, schools in DROPS:
        drop(config, name, days, schools)
    monkeypatch.setattr(build, "today", lambda: dt.date(2025, 10, 8))
    assert run_unattended(config, dt.date(2025, 10, 8)).outcome == DONE
    return config


BOTH = (1, 2)
DAILY, LATE_FOR_BOTH, LATE_FOR_B, LATE_FOR_A = DROPS = (
    ("daily.ndjson", [dt.date(2025, 9, 30)], BOTH),
    ("late-29.ndjson", [LATE[2]], BOTH),
    ("late-26.ndjson", [LATE[1]], (2,)),
    ("late-25.ndjson", [LATE[0]], (1,)),
)


@pytest.mark.slow
@needs_openssl
def test_a_week_in_which_everything_goes_wrong_once(week: Week, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, editions = week.config, {A: [], B: []}

    # the first of October: September has ended, and its last file has come
    drop(config, *DAILY)
    assert week.night(1).outcome == DONE
    for uai in (A, B):
        editions[uai].append(week.pdf(uai))

    # a broken file; the reports stand
    (config.raw_dir / "broken.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    second = week.night(3)
    assert [step.outcome for step in second.steps] == [IN_PART, DONE, DONE, DONE]
    assert second.steps[2].sentence == "2 reports due: 0 made, 2 stood already, 0 failed."

    # late data change both reports, and the mail server is down
    drop(config, *LATE_FOR_BOTH)
    third = week.night(4, with_dead_server(config))
    assert third.steps[2].sentence == "2 reports due: 2 made, 0 stood already, 0 failed."
    assert "cannot be used" in third.steps[3].faults[0]
    for uai in (A, B):
        editions[uai].append(week.pdf(uai))
        assert week.got(uai) == editions[uai][:1]

    # the server is back; a file comes a second time under another name
    (config.raw_dir / "again.ndjson").write_bytes((config.raw_dir / DAILY[0]).read_bytes())
    fourth = week.night(5)
    assert (fourth.steps[2].sentence, fourth.steps[3].outcome) == ("2 reports due: 0 made, 2 stood already, 0 failed.", DONE)
    for uai in (A, B):
        assert week.got(uai) == editions[uai]

    # more late data for one school, and the run is killed as its report is about to be written
    drop(config, *LATE_FOR_B)
    assert week.process(6, "killed") == -signal.SIGKILL
    assert next(Journal(config).runs()).outcome == BROKEN_OFF
    assert week.pdf(B) == editions[B][-1]

    # more late data for the other school, and the disk is full
    drop(config, *LATE_FOR_A)
    assert week.process(7, preexec_fn=functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (30_000, 30_000))) == 0
    full = next(Journal(config).runs())
    told = {step.name: (step.outcome, step.faults) for step in full.steps}
    assert told["build"][0] == FAILED
    assert told["build"][1][0].startswith("The disk is full")
    assert full.steps[2].sentence == "2 reports due: 0 made, 1 stood already, 1 failed."
    assert all(fault.startswith(f"usage, {B}, {SEPTEMBER}: The disk is full") for fault in told["report"][1])
    assert week.pdf(B) == editions[B][-1]

    # there is room again, and a notebook fails for that school
    with monkeypatch.context() as patch:
        patch.setattr(making, "run_notebook", failing_for(A))
        sixth = week.night(8)
    assert sixth.steps[2].sentence == "2 reports due: 1 made, 0 stood already, 1 failed."
    assert sixth.steps[2].faults == (f"usage, {A}, {SEPTEMBER}: {BROKEN_CELL}",)
    assert week.pdf(A) == editions[A][-1]
    editions[B].append(week.pdf(B))

    # a quiet night, and a second run in it: nothing more is made or sent
    last = week.night(9)
    editions[A].append(week.pdf(A))
    sent = len(week.box.mails)
    assert week.night(9).steps[2].sentence == "2 reports due: 0 made, 2 stood already, 0 failed."
    assert len(week.box.mails) == sent
    assert last.faults == [BROKEN_FILE]

    for uai in (A, B):
        assert week.got(uai) == editions[uai]  # each edition once
        assert len(set(editions[uai])) == 3
        mails = [text_of(mail) for mail in week.box.to(HEADS[uai])]
        assert ["jours d\u2019école où la tablette sert" in text for text in mails] == [False, True, True]
    assert_each_mail_went_once(week)
    assert_the_causes_are_told(week)
    assert_as_undisturbed(config, undisturbed(tmp_path / "calm", monkeypatch))


def assert_each_mail_went_once(week: Week) -> None:
    known = [(address, mail["Message-ID"]) for address, mail in week.box.mails]
    assert sorted(set(known)) == sorted(known)
    lines = [json.loads(line) for line in week.config.deliveries.read_text(encoding="utf-8").splitlines()]
    assert [line["state"] for line in lines].count(SENT) == len(known)
    failures = [mail for mail in week.box.to(TOWN) if "N\u2019ont pas pu être faits" in text_of(mail)]
    assert failures, "the town heard of no report that could not be made"


def assert_the_causes_are_told(week: Week) -> None:
    """In the journal, in `cartable status` and, without a file's name, in the notices to the operator."""
    log = (week.config.data_dir / "runs" / "runs.log").read_text(encoding="utf-8")
    for cause in (BROKEN_FILE, "cannot be used", "The disk is full", BROKEN_CELL):
        assert cause in log
    assert [run.outcome for run in Journal(week.config).runs()].count(BROKEN_OFF) == 1
    state = status_of(week.config, dt.date(2025, 10, 9))
    assert f"last run: {BROKEN_FILE}" in sentences_of(state)
    assert [each["file"] for each in state.files if each["status"] == REFUSED] == ["broken.csv"]
    notices = "".join(text_of(mail) for mail in week.box.to(OPERATOR))
    assert "s\u2019est interrompue avant sa fin" in notices
    assert "les chiffres n\u2019ont pas pu être mis à jour" in notices
    assert "broken.csv" not in notices


def assert_as_undisturbed(config: Config, calm: Config) -> None:
    """The reports that stand are those of a town in which everything came in time; only the day on which they were made is another."""
    for uai in (A, B):
        here, there = (find_entry(read_manifest(each.reports_dir / SEPTEMBER), "usage", uai, "fr") for each in (config, calm))
        assert here["inputs"] == there["inputs"]
        assert page(config, uai) == page(calm, uai)
    made = [sorted(path.relative_to(each.reports_dir).as_posix() for path in each.reports_dir.rglob("*.*")) for each in (config, calm)]
    assert [name for name in made[0] if name != "feed.xml"] == [name for name in made[1] if name != "feed.xml"]


def page(config: Config, uai: str) -> str:
    text = (config.reports_dir / SEPTEMBER / uai / "usage.html").read_text(encoding="utf-8")
    assert "octobre 2025" in text
    return re.sub(r"\d+\s+octobre\s+2025|2025-10-\d\d", "DAY", text)
