"""Alerts of a town worked out by hand: which schools make one, which never may, and what leaves the house with them."""

import datetime as dt
import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from analysis.alerts.find import alerts_of
from analysis.alerts.settings import Alerts
from analysis.build import build
from analysis.config import Config
from analysis.delivery.deliver import deliver
from analysis.disclosure.ledger import released
from analysis.reports.language import Language
from analysis.reports.sentences.alerts import alert_line
from analysis.schedule.journal import Journal
from analysis.status import sentences_of, status_of
from tests.class_town import SCHOOL_DAYS, uai_of
from tests.delivery.mail_server import OPERATOR, TOWN, mail_server, mail_to, make_certificate, needs_openssl, text_of
from tests.fleet_town import Fleet, Loan, Seat
from tests.hand_made import config_in, run, write_csv

DAY = dt.date(2025, 11, 3)
SETTINGS = Alerts(activation_months=1)
SEPTEMBER, OCTOBER = ([day for day in SCHOOL_DAYS if day.month == month] for month in (9, 10))
# by number of the school: pupils, rooms, days in October on which their tablets were heard of, days on which the trolley served,
# pupils who had opened their account by the end of September and of October
IDLE, ONE_CLASS, FEW, SILENT = range(1, 5)
SCHOOLS = {
    IDLE: (24, 3, OCTOBER, [], 12, 12),
    ONE_CLASS: (24, 1, OCTOBER, [], 12, 18),
    FEW: (15, 3, OCTOBER, [], 0, 0),
    SILENT: (24, 3, OCTOBER[:2], OCTOBER[:6], 0, 0),
}


def write_town(config: Config) -> None:
    fleet, visits = Fleet(), []
    for number, (pupils, rooms, heard, used, before, after) in SCHOOLS.items():
        names = [f"{number}-{i}" for i in range(pupils)]
        fleet.seats += [Seat(f"p{n}", number, f"k{number}-{i % rooms}") for i, n in enumerate(names)]
        fleet.loans += [Loan(f"d{n}", f"p{n}") for n in names]
        fleet.loans += [Loan(f"t{number}-{i}", f"k{number}-{room}", kind="shared") for i in range(3) for room in range(rooms)]
        fleet.hear([f"d{n}" for n in names], [*SEPTEMBER, *heard]).hear([f"t{number}-{i}" for i in range(3)], SCHOOL_DAYS)
        for i in range(3):
            fleet.use(f"t{number}-{i}", 10, *SEPTEMBER, *used)
        visits += [(n, "09") for n in names[:before]] + [(n, "10") for n in names[:after]]
    raw = fleet.write(config)
    write_csv(raw / "structures.csv", [{"structure_id": f"S{n}", "uai": uai_of(n)} for n in SCHOOLS])
    people = sorted({seat.person for seat in fleet.seats})
    write_csv(raw / "identifiers.csv", [{"person_id": p, "system": "ent", "identifier": f"e{p[1:]}"} for p in people])
    events = [visit(f"e{name}", name.split("-")[0], f"2025-{month}-09T08:00:00") for name, month in visits]
    (raw / "ent.ndjson").write_text("\n".join(map(json.dumps, events)) + "\n", encoding="utf-8")


def visit(person: str, structure: str, instant: str) -> dict:
    stamp = int(dt.datetime.fromisoformat(instant).replace(tzinfo=dt.UTC).timestamp() * 1000)
    login = {"event-type": "LOGIN", "module": "Auth", "date": stamp, "profil": "Student"}
    return login | {"userId": person, "structures": [f"S{structure}"]}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Config:
    config = config_in(tmp_path_factory.mktemp("alerts"), alerts=SETTINGS.model_dump())
    write_town(config)
    run(config)
    return config


def kinds(config: Config, day: dt.date = DAY, **changes: object) -> set[tuple[str, str]]:
    other = config.model_copy(update={"alerts": SETTINGS.model_copy(update=changes)})
    return {(alert.kind, alert.uai) for alert in alerts_of(other, day)}


TROLLEY, STALLED, LOST = ("trolley_unused", uai_of(IDLE)), ("activation_stalled", uai_of(IDLE)), ("coverage_lost", uai_of(SILENT))


def test_a_trolley_that_stood_accounts_that_wait_and_tablets_gone_silent_are_told(town: Config) -> None:
    """A trolley of one class, and one of few pupils of whom only a wide bound may be told, stood just as still."""
    assert kinds(town) == {TROLLEY, STALLED, LOST}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"trolley_share": 0.05}, {STALLED, LOST}),  # of 24 pupils nothing finer than "10 % at most" may be told
        ({"trolley_classes": 4}, {STALLED, LOST}),
        ({"activation_target": 0.5}, {TROLLEY, LOST}),
        ({"activation_growth": 0.0}, {TROLLEY, LOST}),
        ({"activation_months": 2}, {TROLLEY, LOST}),
        ({"activation_growth": 0.5}, {TROLLEY, LOST, STALLED, ("activation_stalled", uai_of(ONE_CLASS))}),
        ({"school_days": 13}, set()),
        ({"is_on": False}, set()),
    ],
)
def test_each_threshold_counts(town: Config, changes: dict[str, object], expected: set) -> None:
    assert kinds(town, **changes) == expected


@pytest.mark.parametrize(("day", "is_told"), [("2025-10-31", False), ("2025-11-01", True), ("2025-12-15", True), ("2025-12-16", False)])
def test_a_month_is_told_once_it_has_ended_and_while_it_is_news(town: Config, day: str, is_told: bool) -> None:
    assert (LOST in kinds(town, dt.date.fromisoformat(day))) == is_told


def test_before_the_first_build_there_is_no_alert(tmp_path: Path) -> None:
    assert alerts_of(config_in(tmp_path), DAY) == []


def test_the_words_say_what_was_seen_and_what_to_do(town: Config) -> None:
    lines = {alert.kind: alert_line(Language("fr"), alert).replace("\u00a0", " ") for alert in alerts_of(town, DAY)}
    assert lines["trolley_unused"].startswith(
        "École (0920001B), octobre 2025 : part des jours d’école où les tablettes partagées ont servi : 10 % au plus. Demandez à l’école"
    )
    assert "2 %" not in "".join(lines.values())


def test_status_tells_them_in_words_and_as_data(town: Config) -> None:
    state = status_of(town, DAY)
    assert {(alert["kind"], alert["uai"]) for alert in state.as_dict()["alerts"]} == {TROLLEY, STALLED, LOST}
    told = [line for line in sentences_of(state) if line.startswith("alert: ")]
    assert len(told) == 3
    assert any(line.startswith("alert: École (0920004E), October 2025: ") for line in told)


@needs_openssl
def test_what_leaves_by_mail_is_in_the_ledger_and_goes_once(town: Config, tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    with mail_server(certificate) as box:
        mailed = town.model_copy(update={"mail": mail_to(box, tmp_path, certificate).mail, "reports_dir": tmp_path / "reports"})
        dry = mailed.model_copy(update={"mail": mailed.mail.model_copy(update={"send": False})})
        assert "1 mails would go out: digest to the town: 0 reports made, 0 not, 3 alerts" in deliver(dry, DAY).sentence
        assert released(town).height == 0
        for day in (DAY, DAY + dt.timedelta(1)):
            assert deliver(mailed, day).faults == ()
    [mail] = box.to(TOWN)
    assert text_of(mail).count("octobre 2025") == 3
    kept = released(town).filter(pl.col("kind") == "alerts").select("place", "period", "measure").unique().rows()
    assert sorted(kept) == [
        (uai_of(IDLE), "2025-09", "accounts_activated_share"),
        (uai_of(IDLE), "2025-10", "accounts_activated_share"),
        (uai_of(IDLE), "2025-10", "share_device_days_used"),
        (uai_of(SILENT), "2025-09", "coverage"),
        (uai_of(SILENT), "2025-10", "coverage"),
    ]


@needs_openssl
def test_the_operator_hears_of_what_no_longer_arrives_once(town: Config, tmp_path: Path) -> None:
    with mail_server(make_certificate(tmp_path)) as box:
        mail = mail_to(box, tmp_path, tmp_path / "certificate.pem", town=[]).mail
        mailed = town.model_copy(update={"mail": mail, "data_dir": tmp_path / "data", "reports_dir": tmp_path / "reports"})
        shutil.copytree(town.data_dir, mailed.data_dir, ignore=shutil.ignore_patterns("deliveries"))
        for _ in range(2):
            deliver(mailed, DAY, Journal(mailed).begin())
            shutil.rmtree(mailed.data_dir / "runs")
    [mail] = box.mails
    assert mail[0] == OPERATOR
    assert mail[1]["Subject"] == "Cartable, Territoire sans nom\u00a0: à regarder"
    assert text_of(mail[1]).startswith("À regarder\u00a0:\n- École (0920004E), octobre 2025")
    assert uai_of(IDLE) not in text_of(mail[1])


def test_groups_under_the_threshold_make_no_alert(town: Config) -> None:
    """The same town whose threshold is higher than the number of pupils of each school."""
    strict = town.model_copy(update={"privacy": town.privacy.model_copy(update={"threshold": 25})})
    build(strict)
    assert alerts_of(strict, DAY) == []
