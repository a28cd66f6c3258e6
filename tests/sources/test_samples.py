"""From a sample of each format, written after its documentation, to the rows of its canonical table; plain, in .gz and in .zip."""

import json
from pathlib import Path

import pytest

from analysis.lake import Lake
from analysis.sources import load_sources
from tests.reading import key, lake_rows, left_behind, packed, quarantined, read_one
from tests.sources.expected import load_samples
from tests.sources.expected.portal import ENT_ROWS, PORTAL
from tests.sources.sample import Sample

SAMPLES = Path(__file__).parent / "samples"
SAMPLE_FILES = load_samples()
SECRETS = [
    "lea.durand",
    "Durand",
    "192.0.2.",
    "10.1.2.3",
    "2001:db8",
    "durand.example",
    "notlumni",
    "a4:83:e7",
    "5CD000",
    "DMPX",
    "tab-0001",
    "chr-0001",
    "00008101",
    "p-0001",
    "k-0001",
    "123456789AB",
    "987654321CD",
    "Martin",
    "rue du Lac",
    "47113306",
]


# how a file is packed has nothing to do with its columns: one of each ending is enough
PACKED = list({Path(sample.file).suffix: sample for sample in SAMPLE_FILES}.values())
TRIED = [(sample, "plain") for sample in SAMPLE_FILES] + [(sample, how) for sample in PACKED for how in ("gz", "zip")]


@pytest.mark.parametrize(("sample", "how"), TRIED, ids=lambda each: each if isinstance(each, str) else f"{each.file} {each.source}")
def test_sample_becomes_its_canonical_rows(sample: Sample, how: str, tmp_path: Path) -> None:
    name, content = packed(sample.file, (SAMPLES / sample.file).read_bytes(), how)
    config, _ = read_one(tmp_path, f"{sample.folder}/{name}".lstrip("/"), content)
    # a format that fills several tables leaves a record of each
    record = next(record for record in Lake(config).records() if record.source == sample.source)
    assert (record.message, record.status) == ("", "loaded")
    assert (record.rows_read, record.rows_quarantined, record.rows_duplicate) == (len(sample.rows) + sample.aside, sample.aside, 0)
    found = lake_rows(config, load_sources()[sample.source].fills, *sample.columns.split())
    assert sorted(found, key=repr) == sorted(sample.rows, key=repr)
    assert left_behind(config, [*SECRETS, "u-0001", "user with id '8"]) == set()


def test_every_source_has_a_sample() -> None:
    assert {sample.source for sample in SAMPLE_FILES} == {s.name for s in load_sources().values() if s.fills}
    assert {sample.file for sample in SAMPLE_FILES} == {path.name for path in SAMPLES.iterdir()}


@pytest.mark.parametrize("table", ["trainings", "repairs"])
def test_what_people_wrote_about_trainings_and_repairs_is_not_kept(table: str, tmp_path: Path) -> None:
    config, _ = read_one(tmp_path, f"{table}.csv", (SAMPLES / f"{table}.csv").read_bytes())
    columns = [column.name for column in load_sources()[f"roster_{table}"].table.columns]
    written = [str(value) for row in lake_rows(config, table, *columns) for value in row]
    assert written and not [value for value in written if "Léa" in value or "cran" in value or "Lecture" in value]
    assert left_behind(config, ["prise en main", "écran", "cassé"]) == set()


def test_a_repair_without_its_reason_is_read_as_an_assignment_of_nobody(tmp_path: Path) -> None:
    config, record = read_one(tmp_path, "repairs.csv", "device_id,from_date,to_date\ntab-0001,2025-10-06,\n")
    assert (record.source, record.rows_loaded) == ("roster_assignments", 0)
    assert quarantined(config, record) == ["2,class_id,neither a person nor a class holds it"]


def test_portal_rows_set_aside_say_why(tmp_path: Path) -> None:
    config, record = read_one(tmp_path, "ent_one.ndjson", (SAMPLES / "ent_one.ndjson").read_bytes())
    expected = '7,profil,"not what is expected here. Expected Student, Teacher, Relative, Personnel or Guest"'
    assert quarantined(config, record) == [expected, "8,userId,empty"]


def test_portal_events_as_an_array_are_the_same_rows(tmp_path: Path) -> None:
    lines = (SAMPLES / "ent_one.ndjson").read_text(encoding="utf-8").splitlines()
    config, record = read_one(tmp_path, "events.json", json.dumps([json.loads(line) for line in lines], indent=1))
    assert (record.rows_loaded, record.rows_quarantined) == (6, 2)
    rows = [(key("person", user), *rest) for user, *rest in ENT_ROWS]
    assert sorted(lake_rows(config, "portal_events", *PORTAL.split()), key=repr) == sorted(rows, key=repr)


ROSTERS = [sample for sample in SAMPLE_FILES if sample.source.startswith("roster_")]


@pytest.mark.parametrize("sample", ROSTERS, ids=lambda s: s.file)
def test_rosters_with_semicolons_a_byte_order_mark_and_windows_line_ends(sample: Sample, tmp_path: Path) -> None:
    import csv
    import io

    text = (SAMPLES / sample.file).read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    config, record = read_one(tmp_path, sample.file, ("\ufeff" + out.getvalue()).encode())
    assert (record.message, record.rows_loaded) == ("", len(sample.rows))
    found = lake_rows(config, load_sources()[sample.source].fills, *sample.columns.split())
    assert sorted(found, key=repr) == sorted(sample.rows, key=repr)
