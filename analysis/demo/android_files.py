"""The Android exports: which events go in which file, in which of the two forms, with which faults."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from analysis.demo.clock import DAY, iso, stream, to_local
from analysis.demo.people import People
from analysis.demo.rawfiles import FileTruth, RawFolder, compact, spoil

SOURCE = "android_usage_events"
_HEADER = "deviceId,packageName,className,timeStamp,eventType"
_RESETS = (86_400_000, 946_684_800_000)  # 2 January 1970, 1 January 2000: where a tablet without a battery begins
_UNKNOWN = "0000ffff0000ffff"
_EXPORTS = ("ndjson", "csv", "weekly", "joint")


def months(first: int, last: int) -> list[tuple[int, int]]:
    """First and last day of each calendar month that touches the period, clipped to it."""
    cuts = [day for day in range(first + 1, last + 1) if iso(day).endswith("-01")]
    return list(zip([first, *cuts], [*(cut - 1 for cut in cuts), last], strict=True))


def weeks(first: int, last: int) -> list[tuple[int, int]]:
    """Monday to Sunday of each week that touches the period, clipped to it."""
    cuts = [day for day in range(first + 1, last + 1) if (day + 3) % 7 == 0]
    return list(zip([first, *cuts], [*(cut - 1 for cut in cuts), last], strict=True))


def write_android(folder: RawFolder, people: People, devices: pl.DataFrame, events: pl.DataFrame, first: int, last: int, seed: int) -> None:
    """Monthly NDJSON and CSV per school, weekly CSV that overlap by a day for one, one NDJSON for two small senders."""
    day = pl.Series(to_local(events["at"].to_numpy()) // DAY)
    events = events.with_columns(day=day).join(devices.select("device", "device_id", "school"), on="device", how="left")
    events = events.sort("day", "device", "at", "event", "package", "class_name")
    exports = [plan.export for plan in people.plans]
    for school, export in enumerate(exports):
        senders = [s for s, e in enumerate(exports) if e == export] if export == "joint" else [school]
        if export not in _EXPORTS or senders[0] != school:
            continue
        name = "reste" if export == "joint" else people.plans[school].uai
        mine = events.filter(pl.col("school").is_in(senders))
        for from_, to_, before, after in _windows(export, people.plans[school].key, first, last):
            part = mine.filter(pl.col("day").is_between(from_ - before, to_ + after))
            known = part.filter(pl.col("day") <= from_ - (1 if before else 0)).height if _overlaps(export, before, from_, first) else 0
            _write(folder, part, _name(export, name, people.plans[school].key, from_), known, stream(seed, f"{name} {from_}"))


def _windows(export: str, key: str, first: int, last: int) -> list[tuple[int, int, int, int]]:
    """Spans of days, with how many days more each file takes before and after."""
    if export == "weekly":
        return [(a, b, 0, 1 if b < last else 0) for a, b in weeks(first, last)]
    before = 3 if key == "moulin" else 0
    return [(a, b, before if a > first else 0, 0) for a, b in months(first, last)]


def _overlaps(export: str, before: int, from_: int, first: int) -> bool:
    return before > 0 or (export == "weekly" and from_ > first)


def _name(export: str, name: str, key: str, from_: int) -> str:
    month = iso(from_)[:7]
    if export == "weekly":
        monday = date(1970, 1, 1) + timedelta(days=from_)
        return f"android/usage_{name}_{monday.isocalendar().year}-S{monday.isocalendar().week:02d}.csv"
    if export == "csv":
        packed = "" if key != "hirondelles" or month == "2025-09" else ".zip" if month == "2025-10" else ".gz"
        return f"android/usage_{name}_{month}.csv{packed}"
    return f"android/usage-events-{name}-{month}.ndjson" + (".gz" if export == "ndjson" else "")


def _write(folder: RawFolder, part: pl.DataFrame, name: str, known: int, rng: np.random.Generator) -> None:
    if part.is_empty():
        return
    is_csv = ".csv" in name
    truth = FileTruth(name, SOURCE, 0, overlap=known)
    lines = _lines(part, is_csv)
    lines = spoil(lines, rng, _bad(part, is_csv, rng), max(3, len(lines) // 5000), truth)
    if "_2025-S3" in name:
        at = int(part["at"][0])
        lines += [
            _line(is_csv, _UNKNOWN, "org.example.syllabes", "org.example.syllabes.ui.MainActivity", at + 60_000 * i, 1 + i) for i in (0, 1)
        ]
        truth.unknown_device, truth.rows = 2, truth.rows + 2
    folder.write(truth, "\n".join([_HEADER, *lines] if is_csv else lines) + "\n")


def _lines(part: pl.DataFrame, is_csv: bool) -> list[str]:
    at, event = pl.col("at").cast(pl.String), pl.col("event").cast(pl.String)
    if is_csv:
        return part.select(pl.concat_str("device_id", "package", "class_name", at, event, separator=",")).to_series().to_list()
    class_name = pl.when(pl.col("class_name") == "").then(pl.lit("null")).otherwise(pl.concat_str(pl.lit('"'), "class_name", pl.lit('"')))
    pieces: list[pl.Expr | str] = [
        pl.lit('{"deviceId":"'),
        "device_id",
        pl.lit('","packageName":"'),
        "package",
        pl.lit('","className":'),
        class_name,
    ]
    return (
        part.select(pl.concat_str(*pieces, pl.lit(',"timeStamp":'), at, pl.lit(',"eventType":'), event, pl.lit("}"))).to_series().to_list()
    )


def _bad(part: pl.DataFrame, is_csv: bool, rng: np.random.Generator) -> list[tuple[str, str]]:
    """An unreadable date, a row of nobody, a row without its type, and a tablet whose clock begins again."""
    row = part.row(int(rng.integers(0, part.height)), named=True)
    device, package, class_name, at = row["device_id"], row["package"], row["class_name"], row["at"]
    bad = [
        ("unreadable_date", _line(is_csv, device, package, class_name, "hier", 1)),
        ("missing_device", _line(is_csv, None, package, class_name, at, 1)),
        ("missing_type", _line(is_csv, device, package, class_name, at, None)),
    ]
    origin = _RESETS[int(rng.integers(0, 2))]
    for i, event in enumerate([27, 15, 1, 2, 16, 26]):
        bad.append(
            ("clock_reset", _line(is_csv, device, "org.example.syllabes", "", origin + 7000 * i + int(rng.integers(0, 5000)), event))
        )
    return bad


def _line(is_csv: bool, device: str | None, package: str, class_name: str, at: int | str, event: int | None) -> str:
    if is_csv:
        return ",".join("" if cell is None else str(cell) for cell in (device, package, class_name, at, event))
    return compact({"deviceId": device, "packageName": package, "className": class_name or None, "timeStamp": at, "eventType": event})
