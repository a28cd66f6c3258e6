"""`cartable sources`: the formats known, and what a file would be read as, and why, without keeping anything."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analysis.cli import app
from analysis.reading.explain import explain_file
from analysis.sources import load_sources
from tests.reading import keyed_config
from tests.sources.test_samples import SAMPLE_FILES, SAMPLES
from tests.test_reader import archive


def asked(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["sources", *arguments, "--data-dir", str(folder / "data")])


@pytest.mark.parametrize("sample", SAMPLE_FILES, ids=lambda s: f"{s.file} {s.source}")
def test_a_sample_is_recognised_and_nothing_is_kept(sample, tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    [explanation] = explain_file(SAMPLES / sample.file, config)
    # a format that fills several tables is named after the first
    assert (explanation.file, explanation.source) == (sample.file, load_sources()[sample.source].part_of or sample.source)
    assert load_sources()[explanation.source].title in explanation.sentence
    assert [p for p in config.data_dir.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "a.csv: the file is empty (0 bytes). Export it again."),
        ("a.json", b"[]", "a.json: holds no record, so there is nothing to load."),
        ("a.csv", b"x,y\n1,2\n", "a.csv: no known format has these columns. `cartable sources` lists the formats that are read."),
    ],
)
def test_what_is_not_recognised_says_why(name: str, content: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    result = asked(tmp_path, str(tmp_path / name))
    assert (result.stdout.strip(), result.exit_code) == (sentence, 2)


def test_each_member_of_an_archive_is_explained(tmp_path: Path) -> None:
    content = archive({"a/structures.csv": (SAMPLES / "structures.csv").read_bytes(), "b.csv": b"x,y\n1,2\n"})
    (tmp_path / "export.zip").write_bytes(content)
    result = asked(tmp_path, str(tmp_path / "export.zip"), "--json")
    found = [(e["file"], e["source"]) for e in json.loads(result.stdout)]
    assert found == [("export.zip/a/structures.csv", "roster_structures"), ("export.zip/b.csv", "")]
    assert result.exit_code == 2


def test_the_list_names_every_format(tmp_path: Path) -> None:
    listed = json.loads(asked(tmp_path, "--json").stdout)
    assert [source["name"] for source in listed] == list(load_sources())
    assert all(source.title in asked(tmp_path).stdout for source in load_sources().values())


def test_every_format_says_where_it_is_exported_and_what_it_tells() -> None:
    known = [source for source in load_sources().values() if not source.part_of]
    assert [source.name for source in known if not source.export or not source.gives] == []
    told = {"minutes", "minutes, as a lower bound", "minutes of traffic", "days", "counts", "totals", "sessions", "nothing", "–"}
    assert {source.tells for source in known} <= told


def test_the_details_name_what_is_read_never_kept_and_unknown(tmp_path: Path) -> None:
    (tmp_path / "fleet.csv").write_text("UDID,Last Inventory Update,Username,Colour\nx,2025-10-06 09:00:00,lea,blue\n", encoding="utf-8")
    [told] = explain_file(tmp_path / "fleet.csv", keyed_config(tmp_path))
    assert told.details == (
        "fills: sightings",
        "reads: UDID (as a pseudonym), Last Inventory Update",
        "never keeps: Username",
        "does not know, and looks at for personal values before it leaves them: Colour",
        "lacks, which it may: OS Version, Battery Level, Managed",
    )


def test_a_value_in_the_place_of_a_header_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "fleet.csv").write_text("UDID,Last Inventory Update,zoe@example.org\nx,2025-10-06 09:00:00,y\n", encoding="utf-8")
    [told] = explain_file(tmp_path / "fleet.csv", keyed_config(tmp_path))
    assert "(a value, not shown)" in told.text and "zoe" not in told.text


def test_the_nearest_formats_say_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "usage.csv").write_text("deviceId,packageName,timeStamp\nd1,app,1\n", encoding="utf-8")
    [told] = explain_file(tmp_path / "usage.csv", keyed_config(tmp_path))
    assert (told.source, told.sentence.endswith("for which the column eventType would be needed.")) == ("", True)
    assert [detail for detail in told.details if "activeTimeRanges.date" in detail]


def test_a_list_of_the_same_name_does_not_make_two_formats_of_one_file(tmp_path: Path) -> None:
    """Several servers call their list `devices`; the fields of its elements tell them apart."""
    (tmp_path / "fleet.json").write_text('{"devices": [{"UDID": "d1", "lastCheckin": "2025-10-06T07:00:00Z"}]}', encoding="utf-8")
    [told] = explain_file(tmp_path / "fleet.json", keyed_config(tmp_path))
    assert told.source == "jamf_school_devices"
