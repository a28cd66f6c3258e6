"""One folder for each school: its reports and no other school's, the present edition alone, whole or not at all."""

import errno
import json
from pathlib import Path

import pytest

from analysis.config import Config
from analysis.delivery import share
from analysis.delivery.released import released
from analysis.delivery.share import folder_name, share_out
from analysis.errors import UserError
from tests.delivery.mail_server import OTHER, SCHOOL
from tests.delivery.reports_made import NAMES, make
from tests.hand_made import config_in

MOULIN, TILLEULS = f"{SCHOOL} - École Jean Moulin", f"{OTHER} - École des Tilleuls"


@pytest.fixture
def town(tmp_path: Path) -> Config:
    (tmp_path / "share").mkdir()
    return config_in(tmp_path, share={"folder": tmp_path / "share"})


def shared(config: Config) -> dict[str, bytes]:
    assert config.share.folder
    return {
        path.relative_to(config.share.folder).as_posix(): path.read_bytes() for path in config.share.folder.rglob("*") if path.is_file()
    }


def out(config: Config) -> str:
    return share_out(config, released(config)).sentence


def test_each_school_has_its_folder_and_the_territory_none(town: Config) -> None:
    pdf, other = make(town), make(town, OTHER)
    make(town, "territory", "territory")
    assert out(town).startswith("Files in the folders of schools: 4 new")
    assert shared(town) == {
        f"{MOULIN}/2025-09 usage.pdf": pdf.read_bytes(),
        f"{MOULIN}/2025-09 usage.html": pdf.with_suffix(".html").read_bytes(),
        f"{TILLEULS}/2025-09 usage.pdf": other.read_bytes(),
        f"{TILLEULS}/2025-09 usage.html": other.with_suffix(".html").read_bytes(),
    }


def test_what_stands_is_not_written_again_and_a_new_edition_takes_its_place(town: Config) -> None:
    make(town)
    out(town)
    assert out(town).startswith("Files in the folders of schools: 0 new or replaced, 2 stood")
    newer = make(town, figures="b")
    assert out(town).startswith("Files in the folders of schools: 2 new")
    assert shared(town)[f"{MOULIN}/2025-09 usage.pdf"] == newer.read_bytes()
    assert len(shared(town)) == 2


def test_what_was_removed_from_the_share_comes_back(town: Config) -> None:
    make(town)
    out(town)
    assert town.share.folder
    (town.share.folder / MOULIN / "2025-09 usage.pdf").unlink()
    assert out(town).startswith("Files in the folders of schools: 1 new")
    assert len(shared(town)) == 2


def test_a_report_that_was_withdrawn_goes_and_what_others_put_there_stays(town: Config) -> None:
    make(town)
    out(town)
    assert town.share.folder
    (town.share.folder / MOULIN / "notes.txt").write_text("of the school", encoding="utf-8")
    (town.reports_dir / "2025-09" / "manifest.json").unlink()
    assert out(town).endswith("2 gone.")
    assert list(shared(town)) == [f"{MOULIN}/notes.txt"]


def test_a_school_with_another_name_moves(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    make(town)
    out(town)
    monkeypatch.setitem(NAMES, SCHOOL, "École Simone Veil")
    make(town)
    out(town)
    assert {name.split("/")[0] for name in shared(town)} == {f"{SCHOOL} - École Simone Veil"}
    assert town.share.folder
    assert [path.name for path in town.share.folder.iterdir()] == [f"{SCHOOL} - École Simone Veil"]


def test_nothing_of_another_school_even_where_a_manifest_says_so(town: Config) -> None:
    make(town)
    make(town, OTHER)
    manifest = town.reports_dir / "2025-09" / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    first, second = content["reports"]
    second["files"] = first["files"]
    manifest.write_text(json.dumps(content), encoding="utf-8")
    out(town)
    assert {name.split("/")[0] for name in shared(town)} == {MOULIN}


def test_a_file_that_is_not_the_one_that_was_made_is_not_shared(town: Config) -> None:
    make(town).write_bytes(b"%PDF by hand")
    out(town)
    assert list(shared(town)) == [f"{MOULIN}/2025-09 usage.html"]


def test_a_full_disk_leaves_the_old_edition_whole(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    make(town)
    out(town)
    before = shared(town)
    make(town, figures="b")
    write = share.write_beside

    def full(path: Path, content: bytes) -> None:
        if path.suffix == ".pdf":
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, content)

    monkeypatch.setattr(share, "write_beside", full)
    with pytest.raises(OSError, match="No space"):
        out(town)
    assert shared(town) == before
    monkeypatch.undo()
    assert out(town).startswith("Files in the folders of schools: 2 new")


@pytest.mark.parametrize("place", ["data/share", "reports/share", ".", "reports"])
def test_a_share_among_the_data_is_a_mistake(tmp_path: Path, place: str) -> None:
    (tmp_path / place).mkdir(parents=True, exist_ok=True)
    config = config_in(tmp_path, share={"folder": (tmp_path / place).resolve()})
    with pytest.raises(UserError, match="Choose a folder apart"):
        share_out(config, [])


def test_a_share_that_is_not_mounted_is_not_made(tmp_path: Path) -> None:
    config = config_in(tmp_path, share={"folder": tmp_path / "share"})
    with pytest.raises(UserError, match="Is the share mounted"):
        share_out(config, [])
    assert not (tmp_path / "share").exists()


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("École/../du Parc", "0990001A - École .. du Parc"),
        ('A<b>:"c"|?*\\d', "0990001A - A b c d"),
        ("Les Acacias. ", "0990001A - Les Acacias"),
        ("../../etc", "0990001A - .. .. etc"),
        ("", "0990001A"),
        ("x" * 300, "0990001A - " + "x" * 60),
    ],
)
def test_the_name_of_a_folder_is_one_that_any_file_system_takes(name: str, folder: str) -> None:
    assert folder_name(SCHOOL, name) == folder
