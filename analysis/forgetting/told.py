"""What a forgetting says on the command line."""

from analysis.config import Config
from analysis.forgetting.files import FilesForgotten
from analysis.forgetting.forget import Forgotten
from analysis.forgetting.person import PersonForgotten

_DRY = "Nothing was changed. To do it, for good: the same command with --yes."
_STAYS = (
    "Later exports that hold the person are read without those rows. Published reports and the figures in the ledger of releases stay. "
    "Copies and backups are yours to clear."
)
_ACCOUNT_ONLY = "The rosters name nobody for this account: only what the account did is found. If they do one day, ask again."


def sentences_of(told: Forgotten, config: Config) -> list[str]:
    """What went or would go, what it means for reports, and which raw files their owner has to delete."""
    return [_rows(told), *_gone_warehouse(told.warehouse_error), *_raw(told, config), *_next(told)]


def sentences_on_files(told: FilesForgotten, config: Config) -> list[str]:
    """What went or would go with each file, what comes of dropping it again, and which raw files their owner has to delete."""
    verb = "is gone" if told.is_done else "would go"
    lines = [f"{f.file} ({f.sha[:12]}): {f.rows:,} rows in the lake; what was read from it {verb}." for f in told.files]
    lines += _gone_warehouse(told.warehouse_error)
    left = [f.file for f in told.files if f.is_in_raw]
    if left:
        lines += [
            f"Cartable never edits {config.raw_dir}. There it still lies, and only you can delete it:",
            *(f"  {name}" for name in left),
        ]
    if not told.is_done:
        return [*lines, _DRY]
    return [*lines, "The same bytes, dropped again under any name, are not read; `cartable ingest --again FILE` reads them on purpose."]


def sentences_on_person(told: PersonForgotten, config: Config) -> list[str]:
    """What went or would go of a person, which raw files still hold them, and what comes of later exports. It names nobody."""
    counts = ", ".join(f"{rows:,} of {table}" for table, rows in told.rows.items())
    verb = "are gone" if told.is_done else "would go"
    lines = [f"Rows of that person {verb}, from {told.files} files of the lake: {counts}."] if told.rows else []
    lines += [] if told.rows else ["Nothing of that person stands in the lake."]
    lines += ["That was asked for before."] if told.was_before else []
    lines += [] if told.is_linked or told.was_before else [_ACCOUNT_ONLY]
    lines += _gone_warehouse(told.warehouse_error)
    if told.raw:
        lines += [
            f"Cartable never edits {config.raw_dir}. These raw files still hold the person; export them anew without, or delete them:"
        ]
        lines += [f"  {name}" for name in told.raw]
    return [*lines, _STAYS if told.is_done else _DRY]


def _rows(told: Forgotten) -> str:
    if not told.rows:
        return f"Nothing about persons in the lake is older than {told.keeps_from}."
    counts = ", ".join(f"{rows:,} of {table}" for table, rows in told.rows.items())
    verb = "are gone" if told.is_done else "would go"
    return f"Rows older than {told.keeps_from} {verb}, from {told.files} files of the lake: {counts}."


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
    return [periods, _DRY]


def _gone_warehouse(error: str) -> list[str]:
    return [f"The warehouse could not be made again, and was removed, because it held what was forgotten: {error}"] if error else []
