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


@pytest.mark.parametrize("sample", SAMPLE_FILES, ids=lambda s: s.file)
def test_a_sample_is_recognised_and_nothing_is_kept(sample, tmp_path: Path) -> None:
    config = keyed_config(tmp_path)
    [explanation] = explain_file(SAMPLES / sample.file, config)
    assert (explanation.file, explanation.source) == (sample.file, sample.source)
    assert load_sources()[sample.source].title in explanation.sentence
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
