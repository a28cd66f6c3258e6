"""What registers leave in doubt is told, and nobody counts twice because of it."""

from pathlib import Path

import pytest

from analysis.config import Config
from analysis.status import sentences_of, status_of
from tests.hand_made import UAI, Town, config_in, rows, run, write_csv

OTHER = "0920002C"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Six pupils, of whom p1 changed class and the old line was left open, p2 is in two classes from the same day, and more is amiss."""
    config = config_in(tmp_path_factory.mktemp("doubts"))
    raw = Town(pupils=4).app("d1", "app", "2025-10-06T08:00", "2025-10-06T08:10").write(config)
    seat = {"class_id": "k1", "uai": UAI, "level": "CE1", "from_date": "2025-09-01"}
    enrolments = [{"person_id": f"p{i}", **seat} for i in (1, 2, 3, 4)]
    enrolments += [
        {"person_id": "p1", **seat, "class_id": "k2", "from_date": "2025-10-06"},
        {"person_id": "p2", **seat, "class_id": "k2"},
        {"person_id": "p3", **seat, "class_id": "k9", "uai": OTHER, "from_date": "2025-11-03"},
    ]
    write_csv(raw / "enrolments.csv", enrolments)
    classes = [{"class_id": k, "uai": UAI, "school_year": "2025-2026", "levels": "CE1"} for k in ("k1", "k2")]
    write_csv(raw / "classes.csv", classes)
    held = [{"device_id": f"d{i}", "person_id": f"p{i}", "from_date": "2025-09-01"} for i in (1, 2, 4)]
    held += [
        {"device_id": "d4", "person_id": "p3", "from_date": "2025-09-01"},
        {"device_id": "d5", "person_id": "p9", "from_date": "2025-09-01"},
    ]
    write_csv(raw / "assignments.csv", held)
    run(config)
    return config


def test_every_doubt_is_told_with_what_settles_it(town: Config) -> None:
    told = [sentence for sentence in sentences_of(status_of(town)) if sentence.startswith("registers: ")]
    assert told == [
        "registers: 1 class stands in no line of classes.csv: a trolley of such a class counts in no school. Add them.",
        "registers: 1 tablet is assigned to two persons from the same day on: the minutes are nobody's. Correct assignments.csv.",
        "registers: 1 tablet of devices.csv has no line in assignments.csv: what is logged of them counts for nobody. Add who holds them.",
        "registers: 1 holder of a tablet is in no class: the days are in no school's figures. Add them to enrolments.csv.",
        (
            "registers: 3 pupils are in two classes at once: from the day on which the second begins, only that one counts. "
            "Close the first in enrolments.csv."
        ),
        (
            "registers: 1 school of the registers is not in schools.csv and gets no report. "
            "Add them, or leave them out of the other registers."
        ),
    ]


def test_no_pupil_has_two_days_on_one_day(town: Config) -> None:
    twice = "SELECT person_key, local_date FROM marts.pupil_day GROUP BY ALL HAVING COUNT(*) > 1"
    assert rows(town, twice) == []
    assert rows(town, "SELECT COUNT(DISTINCT person_key) FROM marts.pupil_day") == [(2,)]  # p3 and p4 hold one tablet, so nobody does


def test_a_pupil_sits_in_the_later_class_from_its_first_day_on(town: Config) -> None:
    spans = "SELECT from_date::VARCHAR, to_date::VARCHAR FROM marts.enrolment WHERE level = 'CE1' GROUP BY ALL ORDER BY ALL"
    assert rows(town, spans) == [
        ("2025-09-01", "2025-10-05"),
        ("2025-09-01", "2025-11-02"),
        ("2025-09-01", "9999-12-31"),
        ("2025-10-06", "9999-12-31"),
        ("2025-11-03", "9999-12-31"),
    ]
    assert rows(town, "SELECT COUNT(*) FROM marts.enrolment") == [(6,)]


def test_a_register_without_doubt_has_no_sentence(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    Town(pupils=2).app("d1", "app", "2025-10-06T08:00", "2025-10-06T08:10").write(config)
    run(config)
    assert [sentence for sentence in sentences_of(status_of(config)) if sentence.startswith("registers: ")] == []


def test_two_lines_of_one_file_that_differ_count_once_and_are_told(tmp_path: Path) -> None:
    """In whatever order they stand, the same one counts."""
    counted = []
    for folder, order in (("a", 1), ("b", -1)):
        config = config_in(tmp_path / folder)
        raw = Town().app("d1", "app", "2025-10-06T08:00", "2025-10-06T08:10").write(config)
        levels = [{"class_id": "k1", "uai": UAI, "school_year": "2025-2026", "levels": level} for level in ("CE1", "CM2")]
        write_csv(raw / "classes.csv", levels[::order])
        run(config)
        counted += rows(config, "SELECT levels FROM lake.classes")
        [told] = [sentence for sentence in sentences_of(status_of(config)) if "two lines" in sentence]
        assert told.startswith("registers: 1 entry has two lines in one file that differ: one of the two counts, always the same.")
        assert rows(config, "FROM lake.contradictions") == [("classes", 1)]
    assert len(set(counted)) == 1
