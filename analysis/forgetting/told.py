"""What a forgetting says on the command line."""

from analysis.config import Config
from analysis.forgetting.forget import Forgotten


def sentences_of(told: Forgotten, config: Config) -> list[str]:
    """What went or would go, what it means for reports, and which raw files their owner has to delete."""
    return [_rows(told), *_warehouse(told), *_raw(told, config), *_next(told)]


def _rows(told: Forgotten) -> str:
    if not told.rows:
        return f"Nothing about persons in the lake is older than {told.keeps_from}."
    counts = ", ".join(f"{rows:,} of {table}" for table, rows in told.rows.items())
    verb = "are gone" if told.is_done else "would go"
    return f"Rows older than {told.keeps_from} {verb}, from {told.files} files of the lake: {counts}."


def _warehouse(told: Forgotten) -> list[str]:
    if told.warehouse_error:
        return [f"The warehouse could not be made again, and was removed, because it held what was forgotten: {told.warehouse_error}"]
    return []


def _raw(told: Forgotten, config: Config) -> list[str]:
    if not told.raw:
        return []
    whole, part = [r.file for r in told.raw if r.is_all], [r.file for r in told.raw if not r.is_all]
    lines = [f"Cartable never edits {config.raw_dir}. These raw files still hold what is older, and only you can delete it:"]
    lines += [f"  delete:        {name}" for name in whole]
    return lines + [f"  older in part: {name}" for name in part]


def _next(told: Forgotten) -> list[str]:
    if told.is_done:
        return [
            f"From now on `cartable ingest` keeps nothing older than {told.keeps_from}. Published reports and the ledger of releases stay."
        ]
    periods = f"Periods that began before {told.keeps_from} will have no figures any more; reports made of them stay."
    return [periods, "Nothing was changed. To do it, for good: the same command with --yes."]
