"""Raw files given to the reader, and what came of them: records, rows of the lake, and whatever personal value was left behind."""

import gzip
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import duckdb

from analysis.config import Config
from analysis.ingest import ingest
from analysis.lake import FileRecord, Lake
from analysis.pseudonyms import Pseudonyms
from tests.hand_made import config_in

KEY = bytes(range(32))


def key(domain: str, identifier: str) -> str:
    """The pseudonym that the tests' key gives."""
    return Pseudonyms(KEY).of(domain, identifier)


def keyed_config(folder: Path, **settings: object) -> Config:
    """A configuration in `folder` under the tests' key, with an empty raw folder."""
    folder.mkdir(parents=True, exist_ok=True)
    config = config_in(folder, **settings)
    (folder / "key").write_bytes(KEY)
    (folder / "key").chmod(0o600)
    config.raw_dir.mkdir(parents=True, exist_ok=True)
    return config


def read(folder: Path, files: dict[str, bytes | str]) -> tuple[Config, dict[str, FileRecord]]:
    """Ingests the files and returns configuration and records by file name."""
    config = keyed_config(folder)
    for name, content in files.items():
        (config.raw_dir / name).parent.mkdir(parents=True, exist_ok=True)
        (config.raw_dir / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return config, {record.file: record for record in ingest(config, [])}


def read_one(folder: Path, name: str, content: bytes | str) -> tuple[Config, FileRecord]:
    """Ingests one file and returns configuration and its record."""
    config, records = read(folder, {name: content})
    [record] = records.values()
    return config, record


def lake_rows(config: Config, table: str, *columns: str) -> list[tuple]:
    """The rows of a table in the lake in the order of all columns, instants and dates as ISO text."""
    files = [str(path) for record in Lake(config).loaded(table) if record.rows_loaded for path in Lake(config).parquet(record)]
    if not files:
        return []
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        shown = ", ".join(_shown(c, files, connection) for c in columns)
        return connection.execute(f"SELECT {shown} FROM read_parquet({files!r}, hive_partitioning = false) ORDER BY ALL").fetchall()


def _shown(column: str, files: list[str], connection: duckdb.DuckDBPyConnection) -> str:
    [kind] = [
        k
        for name, k, *_ in connection.execute(f"DESCRIBE FROM read_parquet({files!r}, hive_partitioning = false)").fetchall()
        if name == column
    ]
    if kind == "DATE":
        return f'CAST("{column}" AS VARCHAR)'
    return f"strftime(\"{column}\", '%Y-%m-%dT%H:%M:%S.%g')" if kind.startswith("TIMESTAMP") else f'"{column}"'


def quarantined(config: Config, record: FileRecord) -> list[str]:
    """The lines of a file's quarantine without its header, `file,` left out."""
    if not record.quarantine:
        return []
    lines = (config.quarantine_dir / record.quarantine).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "file,line,column,reason"
    return [line.removeprefix(f"{record.file},") for line in lines[1:]]


def packed(name: str, content: bytes, how: str) -> tuple[str, bytes]:
    """A file as it is, in a .gz or in a .zip."""
    if how == "gz":
        return f"{name}.gz", gzip.compress(content)
    if how == "zip":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"export/{name}", content)
        return f"{name}.zip", out.getvalue()
    return name, content


def left_behind(config: Config, secrets: Iterable[str], *texts: str) -> set[str]:
    """Which of the secrets stand anywhere under the data folder but in the raw files, Parquet and DuckDB decoded, or in the `texts`."""
    wanted = {s.casefold() for s in secrets}
    everything = [*texts, *(text for path in config.data_dir.rglob("*") if path.is_file() for text in texts_in(path, config))]
    return {s for s in wanted if any(s in text.casefold() for text in everything)}


def texts_in(path: Path, config: Config) -> list[str]:
    """A file's name and its bytes as text, and every text of its decoded rows."""
    if path.is_relative_to(config.raw_dir):
        return []
    texts = [path.name, path.read_bytes().decode("latin-1")]
    with duckdb.connect() as connection:
        if path.suffix == ".parquet":
            texts += _texts_of(f"read_parquet('{path}')", connection)
        if path.suffix == ".duckdb":
            connection.execute(f"ATTACH '{path}' AS warehouse (READ_ONLY)")
            tables = connection.execute("SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'warehouse'").fetchall()
            texts += [text for s, t in tables for text in _texts_of(f'warehouse.{s}."{t}"', connection)]
    return texts


def _texts_of(table: str, connection: duckdb.DuckDBPyConnection) -> list[str]:
    columns = [name for name, kind, *_ in connection.execute(f"DESCRIBE FROM {table}").fetchall() if "VARCHAR" in kind]
    return [str(text) for column in columns for (text,) in connection.execute(f'SELECT DISTINCT "{column}" FROM {table}').fetchall()]
