"""Calendars that a user drops in data/reference: official files, our own small format, and faulty ones."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analysis.calendar import bell_windows, holiday_spans, load_calendar, periods, school_days
from analysis.errors import UserError

OFFICIAL = Path(__file__).resolve().parents[1] / "../shared/data/open_data/fr-en-calendrier-scolaire.csv"
needs_open_data = pytest.mark.skipif(not OFFICIAL.is_file(), reason="the real open data (../shared/data) are not on this machine")

LABELS = "Description;Population;Date de début;Date de fin;Académies;Zones;annee_scolaire"
API = "description,population,start_date,end_date,location,zones,annee_scolaire"
NO_CLOSURES = pl.DataFrame(schema={"uai": pl.String, "from_date": pl.Date, "to_date": pl.Date})


def drop(folder, name="calendar.csv", *lines, encoding="utf-8-sig"):
    """Writes a file as a user drops it and gives the calendar that results."""
    (folder / name).write_text("\r\n".join(lines) + "\r\n", encoding=encoding)
    return load_calendar(folder)


def spans(calendar, zone, school_year, name):
    """First day off and day of return of each holiday of that name."""
    holidays = calendar.year(zone, school_year).holidays
    return [(span.first_day_off.isoformat(), span.class_resumes.isoformat()) for span in holidays if span.name == name]


@needs_open_data
def test_our_facts_are_those_of_the_official_file(tmp_path):
    (tmp_path / "official.csv").write_bytes(OFFICIAL.read_bytes())
    ours, theirs = load_calendar(None), load_calendar(tmp_path)
    assert {key: theirs.years[key] for key in ours.years} == ours.years
    assert any("POLYNESIE, 2025-2026" in note and "42 days" in note for note in theirs.notes)


@needs_open_data
def test_the_official_file_adds_corsica_and_overseas(tmp_path):
    (tmp_path / "official.csv").write_bytes(OFFICIAL.read_bytes())
    calendar = load_calendar(tmp_path)
    assert calendar.year("Guadeloupe", "2024-2025").first_school_day == date(2024, 9, 2)
    assert spans(calendar, "Guadeloupe", "2024-2025", "printemps") == [("2025-04-18", "2025-05-05")]
    assert calendar.year("Réunion", "2025-2026").first_school_day == date(2025, 8, 19)
    assert spans(calendar, "reunion", "2025-2026", "noel") == [("2025-12-20", "2026-01-21")]
    assert spans(calendar, "Zone B", "2018-2019", "ascension") == [("2019-05-30", "2019-06-03")]
    assert calendar.year("A", "2020-2021").last_school_day == date(2021, 7, 6)
    assert spans(calendar, "Saint Pierre et Miquelon", "2022-2023", "ascension") == [("2023-05-19", "2023-05-22")]
    with pytest.raises(UserError, match="MARTINIQUE|Martinique"):
        calendar.year("Martinique", "2017-2018")


@needs_open_data
def test_a_school_overseas_has_its_own_year(tmp_path):
    (tmp_path / "official.csv").write_bytes(OFFICIAL.read_bytes())
    calendar = load_calendar(tmp_path)
    school = pl.DataFrame({"uai": ["9740001A"], "school_year": ["2025-2026"], "zone": ["Réunion"], "week_pattern": ["4.5"]})
    days = school_days(calendar, school, NO_CLOSURES, date(2025, 8, 1), date(2025, 12, 31))
    assert dict(days.group_by("why_closed").len().iter_rows())["outside_year"] == 18
    found = periods(calendar, school, date(2025, 8, 1), date(2026, 7, 31)).filter(kind="stretch")
    assert found["to_date"].to_list() == [date(2025, 10, 10), date(2025, 12, 19), date(2026, 2, 27), date(2026, 5, 1), date(2026, 7, 3)]
    assert "ete" in holiday_spans(calendar, school, date(2025, 8, 1), date(2025, 8, 31))["name"].to_list()


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_newer_official_file_overrides_one_holiday_and_keeps_the_rest(tmp_path, separator):
    row = "Vacances d'Hiver,-,2027-02-12T23:00:00+00:00,2027-02-28T23:00:00+00:00,Versailles,Zone C,2026-2027"
    calendar = drop(tmp_path, "x.csv", API.replace(",", separator), row.replace(",", separator))
    assert spans(calendar, "C", "2026-2027", "hiver") == [("2027-02-13", "2027-03-01")]
    assert spans(calendar, "C", "2026-2027", "noel") == [("2026-12-19", "2027-01-04")]
    assert spans(calendar, "A", "2026-2027", "hiver") == [("2027-02-13", "2027-03-01")]


def test_a_whole_new_year_from_an_official_file(tmp_path):
    calendar = drop(
        tmp_path,
        "x.csv",
        LABELS,
        "Vacances d'Été;Enseignants;2027-07-02T22:00:00+00:00;2027-08-31T22:00:00+00:00;Paris;Zone C;2026-2027",
        "Vacances d'Été;Élèves;2027-07-02T22:00:00+00:00;2027-09-01T22:00:00+00:00;Paris;Zone C;2026-2027",
        "Vacances de la Toussaint;-;2027-10-22T22:00:00+00:00;2027-11-07T23:00:00Z;Paris;Zone C;2027-2028",
        "Début des Vacances d'Été;-;2028-07-03T22:00:00+00:00;2028-07-03T22:00:00+00:00;Paris;Zone C;2027-2028",
    )
    year = calendar.year("C", "2027-2028")
    assert (year.first_school_day, year.last_school_day) == (date(2027, 9, 2), date(2028, 7, 4))
    assert calendar.year("C", "2026-2027").last_school_day == date(2027, 7, 2)


def test_the_start_is_a_day_of_class_unless_it_follows_a_public_holiday_or_is_the_whole_span(tmp_path):
    calendar = drop(
        tmp_path,
        "x.csv",
        LABELS,
        "Vacances de Noël;-;2025-12-17T23:00:00+00:00;2026-01-04T23:00:00+00:00;Paris;Zone C;2025-2026",
        "Pont;-;2025-11-11T23:00:00+00:00;2025-11-13T23:00:00+00:00;Paris;Zone C;2025-2026",
        "Journée banalisée;-;2026-03-09T23:00:00+00:00;2026-03-09T23:00:00+00:00;Paris;Zone C;2025-2026",
    )
    assert spans(calendar, "C", "2025-2026", "noel") == [("2025-12-19", "2026-01-05")]
    assert spans(calendar, "C", "2025-2026", "autre") == [("2025-11-12", "2025-11-14"), ("2026-03-10", "2026-03-11")]


def test_academies_that_disagree_give_the_majority_and_a_note(tmp_path):
    ours = "Vacances de Noël;-;2025-12-19T23:00:00+00:00;2026-01-04T23:00:00+00:00;{};Zone C;2025-2026"
    other = "Vacances de Noël;-;2025-12-18T23:00:00+00:00;2026-01-04T23:00:00+00:00;Toulouse;Zone C;2025-2026"
    calendar = drop(tmp_path, "x.csv", LABELS, other, ours.format("Paris"), ours.format("Créteil"))
    assert spans(calendar, "C", "2025-2026", "noel") == [("2025-12-20", "2026-01-05")]
    assert len(calendar.notes) == 1 and "Toulouse differs" in calendar.notes[0]


def test_populations_other_than_primary_pupils_are_left_out(tmp_path):
    line = "Vacances de Noël;{};2025-12-10T23:00:00+00:00;2026-01-04T23:00:00+00:00;Paris;Zone C;2025-2026"
    others = ["Enseignants", "Enseignants du premier degré", "Second degré", "Élèves des lycées", "Saint Martin"]
    calendar = drop(tmp_path, "x.csv", LABELS, *(line.format(population) for population in others))
    assert spans(calendar, "C", "2025-2026", "noel") == [("2025-12-20", "2026-01-05")]
    calendar = drop(tmp_path, "x.csv", LABELS, line.format("Premier degré et collèges"))
    assert spans(calendar, "C", "2025-2026", "noel") == [("2025-12-12", "2026-01-05")]


def test_our_own_format_adds_a_zone(tmp_path):
    drop(tmp_path, "b.csv", "school_year;zone;name;first_day_off;class_resumes", "2025-2026;Corse;noel;2025-12-20;2026-01-05")
    calendar = drop(tmp_path, "a.csv", "school_year,zone,first_school_day,last_school_day", "2025-2026,Corse,2025-09-01,2026-07-03")
    assert spans(calendar, "corse", "2025-2026", "noel") == [("2025-12-20", "2026-01-05")]


def test_other_files_and_a_missing_folder_are_left_alone(tmp_path):
    assert drop(tmp_path, "ips.csv", "uai,ips", "0920001A,101.2") == load_calendar(None)
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("first_school_day")
    assert load_calendar(tmp_path) == load_calendar(tmp_path / "nowhere") == load_calendar(None)


def test_a_file_saved_again_by_a_spreadsheet_is_read(tmp_path):
    line = "Vacances de Noël;-;2025-12-18T23:00:00+00:00;2026-01-04T23:00:00+00:00;Besançon;Zone A;2025-2026"
    calendar = drop(tmp_path, "x.csv", LABELS, line, encoding="cp1252")
    assert spans(calendar, "A", "2025-2026", "noel") == [("2025-12-20", "2026-01-05")]


START, END = "2025-12-19T23:00:00+00:00", "2026-01-04T23:00:00+00:00"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            [LABELS, f"Vacances de Noël;-;19/12/2025;{END};Paris;Zone C;2025-2026"],
            'x.csv, line 2, column Date de début: "19/12/2025" is not a date',
        ),
        (
            [LABELS, f"Vacances de Noël;-;{END};{START};Paris;Zone C;2025-2026"],
            "x.csv, line 2, column Date de fin: the end, 2025-12-20, is before",
        ),
        ([LABELS, f"Vacances de Noël;-;{START};{END};Paris;Zone C;2025-2027"], "column annee_scolaire: '2025-2027' is not a school year"),
        ([LABELS, f"Vacances de Noël;-;{START};{END};Paris;Zone C;2025-2026;;"], "x.csv, line 2: more cells than the header"),
        ([LABELS.replace("Date de fin;", ""), "Vacances de Noël;-;x;Paris;Zone C;2025-2026"], "has no column end_date"),
        (["school_year,zone,first_school_day", "2025-2026,Corse,2025-09-01"], "has no column last_school_day"),
        (
            ["school_year,zone,first_school_day,last_school_day", "2025-2026,Corse,2025-09-31,2026-07-03"],
            'column first_school_day: "2025-09-31"',
        ),
        (
            ["school_year,zone,name,first_day_off,class_resumes", "2025-2026,C,pont,2025-12-20,2026-01-05"],
            "Expected one of: toussaint, noel",
        ),
        (["school_year,zone,name,first_day_off,class_resumes", "2025-2026,C,noel,2026-01-05,2025-12-20"], "is not after the first day off"),
        (["school_year,zone,name,first_day_off,class_resumes", "2025,C,noel,2025-12-20,2026-01-05"], "column school_year: '2025' is not"),
    ],
)
def test_faulty_files_are_refused_with_file_line_column_and_value(tmp_path, lines, sentence):
    with pytest.raises(UserError) as error:
        drop(tmp_path, "x.csv", *lines)
    assert sentence in str(error.value)


def test_faults_are_collected_and_the_list_is_short(tmp_path):
    line = f"Vacances de Noël;-;hier;{END};Paris;Zone C;2025-2026"
    with pytest.raises(UserError) as error:
        drop(tmp_path, "x.csv", LABELS, *[line] * 8)
    assert str(error.value).count("is not a date") == 5 and str(error.value).endswith("... and 3 more")


def school(**cells):
    """One row of schools.csv."""
    row = {"uai": "0920001A", "school_year": "2025-2026", "zone": "C", "timezone": "", "week_pattern": "4", "bells": "08:30-11:30"}
    return pl.DataFrame([row | cells])


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"zone": "Corse"}, "No school calendar for zone Corse in 2025-2026; known: A 2021-2022 to 2026-2027;"),
        ({"zone": ""}, "zone (empty)"),
        ({"school_year": "2025"}, "'2025' is not a school year"),
        ({"week_pattern": "5"}, "column week_pattern: '5' is not a week"),
    ],
)
def test_a_school_that_the_calendar_does_not_know_is_named_with_the_remedy(cells, sentence):
    with pytest.raises(UserError) as error:
        school_days(load_calendar(None), school(**cells), NO_CLOSURES, date(2025, 9, 1), date(2025, 9, 2))
    assert sentence in str(error.value)


def test_a_year_that_lacks_a_bound_says_so_only_when_it_is_needed(tmp_path):
    calendar = drop(tmp_path, "x.csv", LABELS, f"Vacances de Noël;-;{START};{END};Corse;Corse;2025-2026")
    with pytest.raises(UserError, match="give no first school day and no last school day.*data/reference/"):
        calendar.year("Corse", "2025-2026")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"bells": "8h30-11h30"}, "column bells: '8h30-11h30' cannot be read"),
        ({"bells": "08:30-25:00"}, "cannot be read"),
        ({"bells": "13:30-16:30,08:30-11:30"}, "does not go forward in time"),
        ({"bells": "11:30-08:30"}, "does not go forward in time"),
        ({"timezone": "Europe/Clamart"}, "column timezone: 'Europe/Clamart' is not a time zone"),
    ],
)
def test_bells_that_cannot_be_read_are_refused(cells, sentence):
    days = school_days(load_calendar(None), school(), NO_CLOSURES, date(2025, 9, 1), date(2025, 9, 2))
    with pytest.raises(UserError) as error:
        bell_windows(school(**cells), days)
    assert "school 0920001A" in str(error.value) and sentence in str(error.value)
