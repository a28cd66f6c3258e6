"""docs/privacy.md and docs/confidentialite.md: the same page twice, whose commands do what the page says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.config import Config
from analysis.ingest import ingest
from analysis.lake import Lake
from analysis.sources import load_sources
from analysis.tables import load_tables
from tests.hand_made import Kept, Town, run, write_csv
from tests.reading import key, keyed_config, lake_rows, left_behind

ROOT = Path(__file__).parents[1]
PAGES = {name: (ROOT / "docs" / name).read_text("utf-8") for name in ("privacy.md", "confidentialite.md")}


def blocks(page: str) -> list[list[str]]:
    """The commands of each block of the page, without what is said of them."""
    found = re.findall(r"^```\n(.*?)^```", PAGES[page], flags=re.DOTALL | re.MULTILINE)
    lines = [[re.split(r"\s+# ", line)[0] for line in block.splitlines()] for block in found]
    return [block for block in lines if re.match(r"cartable|python|rm", block[0])]


def block(start: str) -> list[str]:
    return next(b for b in blocks("privacy.md") if b[0].startswith(start))


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    config = keyed_config(tmp_path_factory.mktemp("built"))
    Town(pupils=2).app("d1", "a", "2025-10-06T07:00", "2025-10-06T07:20").app("d2", "a", "2025-10-06T07:00", "2025-10-06T07:05").write(
        config
    )
    result = {"person_id": "p1", "test": "T", "domain": "d", "taken_on": "2025-10-01", "score": "3", "scale": "0-20"}
    write_csv(config.raw_dir / "assessments.csv", [result])
    write_csv(config.raw_dir / "identifiers.csv", [{"person_id": "p1", "system": "ent", "identifier": "ent-1"}])
    run(config)
    return Kept(config)


@pytest.fixture
def town(built_once: Kept, monkeypatch: pytest.MonkeyPatch) -> Config:
    config = built_once.back()
    folder = config.data_dir.parent
    (folder / "cartable.toml").write_text(f'[privacy]\nkey_file = "{folder}/key"\n')
    monkeypatch.chdir(folder)
    monkeypatch.delenv("CARTABLE_KEY", raising=False)
    return config


def typed(command: str, answer: str = "") -> str:
    """What a command prints in the folder of the town, typed as it stands on the page."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", command], input=answer, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_both_pages_say_the_same_commands_and_have_the_same_parts() -> None:
    assert blocks("privacy.md") == blocks("confidentialite.md")
    english, french = ([line for line in text.splitlines() if line.startswith(("#", "|"))] for text in PAGES.values())
    assert [(line.split(" ")[0], line.count("|")) for line in english] == [(line.split(" ")[0], line.count("|")) for line in french]
    english, french = (re.findall(r"article (\d+)", text) for text in PAGES.values())
    assert english == french


@pytest.mark.parametrize("page", PAGES)
def test_tables_with_pseudonyms_and_no_others_are_described(page: str) -> None:
    named = {t.name for t in load_tables().values() if any(c.pseudonym for c in t.columns)}
    told = set(re.findall(r"^\| `(\w+)` \|", PAGES[page], flags=re.MULTILINE))
    assert told == named
    others = next(line for line in PAGES[page].splitlines() if line.startswith("`schools`"))
    assert set(re.findall(r"`(\w+)`", others)) == load_tables().keys() - named
    assert {s.fills for s in load_sources().values() if s.fills} == load_tables().keys()


def test_a_pupils_rows_are_found_as_the_page_says(town: Config) -> None:
    command, *_ = block("python")
    pseudonym = typed(command, "p1\n").removeprefix("person_id: ").strip()
    assert pseudonym == key("person", "p1")
    counts = [len(typed(line.replace("PSEUDONYM", pseudonym)).splitlines()) - 1 for line in block("cartable query")]
    # people, identifiers, enrolments, assignments, assessments, days of October, portal events, device events of d1 alone
    assert counts == [1, 1, 1, 1, 1, 31, 0, 2]


@pytest.mark.slow
def test_a_rectified_roster_leaves_nothing_of_the_old_one(town: Config) -> None:
    wrong = key("person", "wrong")
    write_csv(town.raw_dir / "people.csv", [{"person_id": "wrong", "profile": "student"}, {"person_id": "p1", "profile": "student"}])
    ingest(town, [])
    write_csv(town.raw_dir / "people.csv", [{"person_id": "p1", "profile": "student"}, {"person_id": "p2", "profile": "student"}])
    [*_, correction] = [b for b in blocks("privacy.md") if any("2000-01-01" in line for line in b)]
    before = lake_rows(town, "enrolments", "person_key")
    for line in correction:
        typed(line)
    assert left_behind(town, {wrong}) == set()
    assert lake_rows(town, "enrolments", "person_key") == before
    assert len(lake_rows(town, "device_events", "device_key")) == 4


def test_a_person_is_forgotten_as_the_page_says(town: Config) -> None:
    plan, done, _ = block("cartable forget --person")
    assert "with --yes" in typed(plan, "p1\n")
    assert left_behind(town, {key("person", "p1"), key("person", "ent-1")}) != set()
    assert "are gone" in typed(done, "p1\n")
    assert left_behind(town, {key("person", "p1"), key("person", "ent-1")}) == set()
    assert key("person", "p2") in {k for (k,) in lake_rows(town, "people", "person_key")}


@pytest.mark.slow
def test_a_new_key_gives_every_person_another_pseudonym(town: Config) -> None:
    folder = town.data_dir.parent
    old = {key("person", "p1"), key("person", "p2"), key("device", "d1")}
    assert left_behind(town, old) == old
    shutil.move(folder / "key", folder / "old-key")
    for line in block("rm"):
        typed(line)
    assert left_behind(town, old) == set()
    assert len((folder / "key").read_bytes()) == 32
    assert sum(r.rows_kept for r in Lake(town).loaded("device_events")) == 4


def test_the_first_command_works(town: Config) -> None:
    [line] = block("cartable check")
    assert "Key's fingerprint" in typed(line)


def test_commands_are_whole() -> None:
    assert all(shlex.split(line) for page in PAGES for b in blocks(page) for line in b)
