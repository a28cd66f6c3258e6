"""What is written: the same bytes for the same seed, every kind of school, the documented sizes."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from analysis.demo import INVENTED_DEPARTMENT, is_invented, write_demo
from analysis.errors import UserError
from tests.demo.conftest import Demo
from tests.demo.reading import rows_of

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def test_same_seed_same_bytes(demo: Demo, tmp_path: Path) -> None:
    write_demo(tmp_path, pupils=200)
    assert _digests(tmp_path) == _digests(demo.raw)


def test_another_seed_gives_another_commune(demo: Demo, tmp_path: Path) -> None:
    write_demo(tmp_path, pupils=200, seed=7)
    assert (tmp_path / "rosters/people.csv").read_bytes() != (demo.raw / "rosters/people.csv").read_bytes()


def test_written_again_nothing_is_touched(tmp_path: Path) -> None:
    arguments = {"pupils": 60, "start": date(2025, 9, 1), "end": date(2025, 9, 12)}
    write_demo(tmp_path, **arguments)  # type: ignore[arg-type]
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    write_demo(tmp_path, **arguments)  # type: ignore[arg-type]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_school_codes_are_invented_and_carry_their_letter(demo: Demo) -> None:
    codes = [row["uai"] for row in rows_of(demo.raw / "rosters/schools.csv")]
    assert len(set(codes)) == 12
    assert all(code.startswith(INVENTED_DEPARTMENT) and is_invented(code) for code in codes)
    assert all(code[7] == LETTERS[int(code[:7]) % 23] for code in codes)
    assert not is_invented("0920001A")


@pytest.mark.parametrize("pupils", [60, 61, 200, 1000])
def test_pupils_asked_are_pupils_written(pupils: int, tmp_path: Path) -> None:
    summary = write_demo(tmp_path, pupils=pupils, start=date(2025, 9, 1), end=date(2025, 9, 5))
    assert (summary.pupils, summary.schools) == (pupils, 12)
    profiles = [row["profile"] for row in rows_of(tmp_path / "rosters/people.csv", ";")]
    assert profiles.count("student") == pupils


def test_every_kind_of_school_even_with_sixty_pupils(tmp_path: Path) -> None:
    write_demo(tmp_path, pupils=60, end=date(2025, 9, 30))
    devices = rows_of(tmp_path / "rosters/devices.csv")
    kinds = {(row["kind"], row["os"].split()[0]) for row in devices}
    assert {(kind, os) for kind in ("individual", "shared", "teacher") for os in ("Android", "ChromeOS", "iPadOS")} <= kinds
    assert {row["week_pattern"] for row in rows_of(tmp_path / "rosters/schools.csv")} == {"4", "4.5"}
    assert {path.name for path in tmp_path.iterdir()} == {"android", "chromebook", "ent", "jamf", "moodle", "rosters"}


def test_the_hamlet_has_nine_pupils(demo: Demo) -> None:
    uai = rows_of(demo.raw / "rosters/schools.csv")[-1]["uai"]
    pupils = [row for row in rows_of(demo.raw / "rosters/enrolments.csv") if row["uai"] == uai and row["level"]]
    assert len(pupils) == 9


def test_other_spans_of_the_school_year(tmp_path: Path) -> None:
    summary = write_demo(tmp_path, pupils=60, start=date(2026, 2, 2), end=date(2026, 4, 3), truth_dir=tmp_path / "truth")
    assert summary.rows > 10_000


@pytest.mark.parametrize(
    "arguments",
    [{"pupils": 59}, {"start": date(2025, 8, 31)}, {"end": date(2026, 8, 1)}, {"start": date(2025, 12, 1), "end": date(2025, 11, 1)}],
)
def test_what_cannot_be_invented_is_refused(arguments: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_demo(tmp_path, **arguments)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    write_demo(tmp_path, pupils=60, end=date(2025, 9, 5), progress=lambda *step: told.append(step))
    assert [number for _, number, _ in told] == list(range(1, told[0][2] + 1))


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
