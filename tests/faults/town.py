"""A town small enough to be read and built in seconds that has all that a killed run could leave in halves, and how to look at it.

Three files of logs, an archive of three more, rows set aside, a corrected roster, and (where asked) a warehouse of a first build.
"""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import duckdb

from analysis.build import build
from analysis.config import Config
from analysis.ingest import ingest
from tests.hand_made import Town, config_in, write_csv
from tests.test_build import random_events

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-c", "from analysis.cli import main; main()"]
_LATER = ("november.ndjson", "archive.zip", "devices-2.csv")
_TABLES = "SELECT schema_name, table_name FROM duckdb_tables() WHERE table_name != 'build_state' ORDER BY ALL"


def write_town(folder: Path) -> Config:
    """The raw files, a configuration file that the command line reads, and the key; nothing is read yet."""
    config = config_in(folder)
    (folder / "cartable.toml").write_text(f'[privacy]\nkey_file = "{folder / "key"}"\n', encoding="utf-8")
    raw = Town(pupils=2).write(config)
    (raw / "october.ndjson").write_text(_lines("2025-10-01", 20, 1) + '{"deviceId": "d1"}\n', encoding="utf-8")
    (raw / "november.ndjson").write_text(_lines("2025-10-25", 20, 2), encoding="utf-8")
    (raw / "archive.zip").write_bytes(archive_of({f"part-{n}.ndjson": _lines(f"2025-11-{10 + n}", 9, n) for n in (3, 4, 5)}))
    write_csv(raw / "devices-2.csv", [{"device_id": "d2", "kind": "individual", "os": "Android"}])
    for number, path in enumerate(sorted(raw.iterdir(), key=lambda path: (path.name in _LATER, path.name))):
        os.utime(path, (1_760_000_000 + number,) * 2)  # the order of arrival is that of the files' times
    return config


def read_and_build_the_first_files(config: Config) -> None:
    """The warehouse of an earlier day, when the later files had not come."""
    ingest(config, sorted(path for path in config.raw_dir.iterdir() if path.name not in _LATER))
    build(config)


def _lines(first: str, days: int, seed: int) -> str:
    return "".join(json.dumps(event) + "\n" for event in random_events(first, days, seed))


def archive_of(members: dict[str, str]) -> bytes:
    """A zip of text files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def start(config: Config, *arguments: str, **options: object) -> subprocess.Popen:
    """The command line at work, in a process group of its own."""
    where = ["--config", str(config.data_dir.parent / "cartable.toml"), "--reports-dir", str(config.reports_dir)]
    given = {"cwd": ROOT, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    return subprocess.Popen([*PROGRAM, *arguments, *where], **{**given, **options})  # type: ignore[call-overload]


def finish(config: Config, *arguments: str, **options: object) -> tuple[int, str, str]:
    """Exit code, output and complaints of a command that runs to its end."""
    process = start(config, *arguments, **options)
    out, err = process.communicate(timeout=300)
    return process.returncode, out or "", err or ""


def kill_after(config: Config, seconds: float, *arguments: str) -> bool:
    """Starts a command and kills it with all its children after so many seconds; whether it was still at work."""
    process = start(config, *arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    was_alive = process.poll() is None
    if was_alive:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return was_alive


def copied(config: Config, source: Path) -> None:
    """Puts a copy of a data folder in the place of the configuration's: the same paths, times and all."""
    shutil.rmtree(config.data_dir, ignore_errors=True)
    shutil.copytree(source, config.data_dir)


def lake_of(config: Config) -> dict[str, object]:
    """Every file of lake and quarantine: records and texts by their content, Parquet by its rows."""
    kept = [path for folder in (config.lake_dir, config.quarantine_dir) for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(config.data_dir).as_posix(): _rows(path) if path.suffix == ".parquet" else path.read_bytes() for path in kept}


def _rows(path: Path) -> list[tuple]:
    return duckdb.sql(f"SELECT * FROM read_parquet('{path}', hive_partitioning = false) ORDER BY ALL").fetchall()


def database_of(path: Path) -> dict[str, list[tuple]]:
    """Every table of a database, its rows in order."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"ATTACH '{path}' AS whole (READ_ONLY)")
        tables = connection.execute(_TABLES).fetchall()
        return {f"{s}.{t}": connection.execute(f'SELECT * FROM whole.{s}."{t}" ORDER BY ALL').fetchall() for s, t in tables}


def everything(config: Config) -> dict[str, object]:
    """Lake, warehouse and published tables."""
    return {"lake": lake_of(config), "warehouse": database_of(config.warehouse), "published": database_of(config.published)}


def strays(config: Config) -> list[str]:
    """Files in the data folder that a finished run has no use for."""
    files = [path.relative_to(config.data_dir).as_posix() for path in config.data_dir.rglob("*") if path.is_file()]
    known = ("raw/", "lake/", "quarantine/", "warehouse.duckdb", "published.duckdb", ".lock", "forgotten.json", "ledger/")
    odd = (".tmp", ".wal", ".building", ".unfinished", "unpacked", "utf8")
    return [name for name in files if not name.startswith(known) or name.endswith(odd) or "/." in name or name == ".lock-holder"]
