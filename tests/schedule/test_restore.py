"""What docs/how-to/operate.md says of backups is done, and the town that comes back is the same."""

import re
import subprocess
from pathlib import Path

import pytest

from analysis.build import build
from analysis.checking.everything import check_everything
from analysis.config import Config
from analysis.ingest import ingest
from analysis.reports.orders import Request
from analysis.reports.runner import make_reports
from tests.hand_made import Town, config_in, rows

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "operate.md"
TOTALS = 'SELECT * EXCLUDE (population) FROM measures."values" ORDER BY ALL'


def commands(start: str) -> list[str]:
    """The lines of the page that begin so, as typed in a shell."""
    return re.findall(rf"^\s*({start}.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def report(config: Config) -> list[bool]:
    return [result.is_new for result in make_reports(Request(["usage"], [], ["2025-09"]), config, jobs=1)]


@pytest.mark.slow
def test_a_town_that_was_packed_and_unpacked_is_the_same(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    there.mkdir()
    config = config_in(here)
    Town().app("d1", "app", "2025-09-08T08:00", "2025-09-08T08:10").write(config)
    ingest(config, [])
    build(config)
    assert report(config) == [True]
    before = rows(config, TOTALS)
    (here / "cartable.toml").touch()
    (here / "data" / "reference").mkdir(exist_ok=True)
    [pack] = commands("tar -czf")
    [unpack] = commands("tar -xzf")
    subprocess.run(pack, shell=True, cwd=here, check=True)
    subprocess.run(unpack.replace("cartable-backup", "../here/cartable-backup"), shell=True, cwd=there, check=True)
    # the key is kept apart, and brought back to a place of its own
    (there / "key").write_bytes((here / "key").read_bytes())
    (there / "key").chmod(0o600)
    restored = config_in(there)
    assert not restored.warehouse.exists()
    build(restored)
    assert rows(restored, TOTALS) == before
    assert report(restored) == [False]
    assert check_everything(restored) == []
    assert all(record.rows_read for record in ingest(restored, []))  # everything is known
