"""The stand-in has the shapes of the published figures, and nothing else of the town plays any part in it."""

import hashlib
import shutil
from pathlib import Path

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.demo import is_invented
from analysis.demo.invented import refuse_own_exports
from analysis.demo.like import stand_in, write_like
from analysis.engine import frame_of
from analysis.errors import UserError
from tests import published as p
from tests import published_territory
from tests.demo.reading import rows_of, text_of
from tests.hand_made import config_in, frame, run

SEED = 5
SYSTEMS = {"foreground": "android", "active": "chromebook", "checkin": "ipad"}
SHORT = "UPDATE published.periods SET data_to = DATE '2025-09-12'"


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One school of each kind, small, with data of two weeks."""
    path = p.write(tmp_path_factory.mktemp("figures") / "figures.duckdb")
    return _changed(path, SHORT, "UPDATE published.schools SET pupils = 10 + pupils // 20")


@pytest.fixture(scope="module")
def written(figures: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("stand-in")
    write_like(figures, out, SEED)
    return out


def test_schools_are_those_of_the_figures(figures: Path, written: Path) -> None:
    asked = "SELECT pupils, levels, COALESCE(device_evidence, shared_evidence) FROM published.schools WHERE period = '2025-T1' AND uai <> ?"
    with duckdb.connect(str(figures), read_only=True) as database:
        found = database.execute(asked, [p.TERRITORY]).fetchall()
    published = sorted((5 * round(n / 5), levels, SYSTEMS.get(evidence, "android")) for n, levels, evidence in found)
    assert sorted((n, "|".join(plan.levels), plan.system) for plan, n in stand_in(figures, SEED).schools) == published
    enrolled = pl.DataFrame(rows_of(written / "rosters/enrolments.csv")).filter(pl.col("level") != "").unique("person_id")
    assert sorted(enrolled.group_by("uai").len()["len"]) == [n for n, *_ in published]
    assert set(enrolled["level"]) == set("|".join(levels for _, levels, _ in published).split("|"))


def test_pupils_are_rounded_as_in_reports(tmp_path: Path) -> None:
    schools = stand_in(_changed(published_territory.write(tmp_path / "figures.duckdb"), SHORT), SEED).schools
    exact = [place.pupils for place in published_territory.twelve()]
    assert sorted(n for _, n in schools) == sorted(10 if n == 9 else 10 * round(n / 10) for n in exact)


def test_tablets_are_where_the_figures_have_them(figures: Path, written: Path) -> None:
    systems = {plan.uai: (plan.system, plan.individual_until >= 0, bool(plan.trolleys)) for plan, _ in stand_in(figures, SEED).schools}
    of_school = {row["class_id"]: row["uai"] for row in rows_of(written / "rosters/classes.csv")}
    of_school |= {row["person_id"]: row["uai"] for row in rows_of(written / "rosters/enrolments.csv")}
    kinds = {row["device_id"]: row["kind"] for row in rows_of(written / "rosters/devices.csv")}
    held = {(of_school.get(r["class_id"] or r["person_id"]), kinds[r["device_id"]]) for r in rows_of(written / "rosters/assignments.csv")}
    assert {uai for uai, kind in held if kind == "individual"} == {uai for uai, (_, has_own, _) in systems.items() if has_own}
    assert {uai for uai, kind in held if kind == "shared"} == {uai for uai, (*_, has_trolley) in systems.items() if has_trolley}
    assert sorted(has_own for _, has_own, _ in systems.values()) == [False] * 2 + [True] * 5
    assert sorted(has_trolley for *_, has_trolley in systems.values()) == [False] * 5 + [True] * 2


def test_a_file_with_more_than_figures_gives_the_same_bytes(figures: Path, written: Path, tmp_path: Path) -> None:
    marts = "CREATE SCHEMA marts; CREATE TABLE marts.enrolment AS SELECT range AS person_key FROM range({})"
    for rows in (3, 3000):
        warehouse = Path(shutil.copy(figures, tmp_path / f"town-{rows}.duckdb"))
        write_like(_changed(warehouse, marts.format(rows)), tmp_path / f"{rows}", SEED)
        assert _digests(tmp_path / f"{rows}") == _digests(written)


def test_figures_beside_a_warehouse_are_taken(figures: Path, tmp_path: Path) -> None:
    shutil.copy(figures, tmp_path / "published.duckdb")
    (tmp_path / "warehouse.duckdb").write_bytes(b"never opened")
    found = [stand_in(path, SEED) for path in (figures, tmp_path, tmp_path / "warehouse.duckdb")]
    assert found[0] == found[1] == found[2]


def test_what_is_withheld_plays_no_part(figures: Path, tmp_path: Path) -> None:
    hidden = 'UPDATE published."values" SET value = 77, low = 77, high = 77, n = 77, numerator = 77, denominator = 77 WHERE NOT shown'
    changed = _changed(Path(shutil.copy(figures, tmp_path / "figures.duckdb")), hidden)
    assert stand_in(changed, SEED) == stand_in(figures, SEED)
    shown = _changed(changed, 'UPDATE published."values" SET value = 77 WHERE shown')
    assert stand_in(shown, SEED) != stand_in(figures, SEED)


def test_names_and_codes_play_no_part(figures: Path, written: Path, tmp_path: Path) -> None:
    plans = [plan for plan, _ in stand_in(figures, SEED).schools]
    assert all(is_invented(plan.uai) for plan in plans)
    assert [plan.name for plan in plans] == [f"École {letter}" for letter in "ABCDEFG"]
    text = "".join(text_of(path) for path in written.rglob("*") if path.is_file())
    assert plans[0].uai in text
    assert not [known for known in (*p.NAMES, *p.NAMES.values(), p.TOWN) if known in text]
    other = [f"UPDATE published.{table} SET uai = md5(uai) WHERE uai <> 'territory'" for table in ("schools", "periods", '"values"')]
    renamed = _changed(Path(shutil.copy(figures, tmp_path / "figures.duckdb")), *other, "UPDATE published.schools SET name = 'Z' || name")
    assert stand_in(renamed, SEED) == stand_in(figures, SEED)


def test_another_school_year_is_moved_and_said(figures: Path, tmp_path: Path) -> None:
    moves = [f"{column} = {column} - INTERVAL 2 YEAR" for column in ("from_date", "to_date", "data_from", "data_to")]
    older = f"UPDATE published.periods SET {', '.join(moves)}"
    path = _changed(
        Path(shutil.copy(figures, tmp_path / "figures.duckdb")), older, "UPDATE published.schools SET school_year = '2023-2024'"
    )
    moved, plain = stand_in(path, SEED), stand_in(figures, SEED)
    assert (moved.start, moved.end, moved.schools) == (plain.start, plain.end, plain.schools)
    assert "2023-2024" in moved.sentence()
    assert "in 2025-2026" not in plain.sentence()


@pytest.mark.parametrize(
    ("town", "evidence"),
    [(published_territory.ONE, "active"), (published_territory.ONE, "checkin"), (published_territory.PORTAL_ONLY, None)],
)
def test_a_town_without_android_or_without_tablets(town: str, evidence: str | None, tmp_path: Path) -> None:
    path = published_territory.write(tmp_path / "figures.duckdb", town)
    _changed(path, SHORT, "UPDATE published.schools SET pupils = 30")
    with duckdb.connect(str(path)) as database:
        database.execute("UPDATE published.schools SET device_evidence = ?", [evidence])
    summary, sentence = write_like(path, tmp_path / "raw", SEED)
    assert summary.schools == len(stand_in(path, SEED).schools)
    assert f"{summary.schools} school{'s' * (summary.schools > 1)} and about {summary.pupils:,} pupils" in sentence
    kinds = {row["kind"] for row in rows_of(tmp_path / "raw/rosters/devices.csv")}
    assert ("individual" in kinds) == (evidence is not None)


def test_without_figures_the_user_is_told(tmp_path: Path) -> None:
    nothing = published_territory.write(tmp_path / "nothing.duckdb", published_territory.NOTHING_AT_ALL)
    (text := tmp_path / "text.duckdb").write_text("no database")
    duckdb.connect(str(empty := tmp_path / "empty.duckdb")).close()
    for path in (nothing, text, empty, tmp_path / "absent.duckdb", tmp_path):
        with pytest.raises(UserError, match=path.name):
            stand_in(path, SEED)


def test_no_stand_in_among_exports_nor_the_demonstration_among_a_stand_in(figures: Path, written: Path) -> None:
    with pytest.raises(UserError, match="holds exports already"):
        write_like(figures, written, SEED)
    with pytest.raises(UserError, match="must not mix"):
        refuse_own_exports(written)


def test_the_command_writes_into_an_empty_folder_and_takes_no_sizes(figures: Path, written: Path, tmp_path: Path) -> None:
    command = ["demo", "--data-dir", str(tmp_path), "--like", str(figures), "--seed", str(SEED)]
    refused = CliRunner().invoke(app, [*command, "--pupils", "200"])
    assert isinstance(refused.exception, UserError)
    assert "leave --pupils" in str(refused.exception)
    assert not list(tmp_path.rglob("*.csv"))
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    # 10 and a twentieth of the pupils of tests.published, to 5: 25, 20, 20, 20, 15, 10, 15
    assert "7 schools and about 125 pupils" in done.stdout
    assert _digests(tmp_path / "raw") == _digests(written)


@pytest.mark.slow
def test_minutes_come_near_the_published_ones(tmp_path: Path) -> None:
    figures = published_territory.write(tmp_path / "figures.duckdb")
    config = config_in(tmp_path)
    write_like(figures, config.raw_dir, SEED)
    assert {record.status for record in run(config)} == {"loaded"}
    asked = Path(__file__).with_name("minutes_of_schools.sql").read_text(encoding="utf-8")
    with duckdb.connect(str(figures), read_only=True) as database:
        wanted = frame_of(asked, database)
    both = wanted.join(frame(config, asked), on=["pupils", "evidence"], how="left", suffix="_found")
    ratio = both["minutes_found"] / both["minutes"]
    assert wanted.height == 7
    assert ratio.is_between(0.7, 1.3).sum() == 7, ratio.to_list()


def _changed(path: Path, *statements: str) -> Path:
    with duckdb.connect(str(path)) as database:
        for statement in statements:
            database.execute(statement)
    return path


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
