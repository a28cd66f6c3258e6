"""Chromebook exports: active time per device and day, as the Admin SDK and as GAM give it."""

from typing import Any

import numpy as np
import polars as pl

from analysis.demo.clock import iso, stream
from analysis.demo.devices import Fleet, with_holders
from analysis.demo.people import People
from analysis.demo.rawfiles import FileTruth, RawFolder, compact, spoil

_EVERY, _WINDOW = 14, 15  # days between exports, days that each looks back: one day is in both
_GAM_HEADER = (
    "deviceId,annotatedAssetId,annotatedLocation,serialNumber,orgUnitPath,"
    "activeTimeRanges.date,activeTimeRanges.duration,activeTimeRanges.minutes"
)


def active_days(people: People, devices: pl.DataFrame, bouts: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """Active milliseconds per Chromebook and day (0: on, but nobody there): device, day, active_ms. GAM drops what is under a second."""
    chrome = devices.filter(pl.col("system") == "chromebook").select("device", "school")
    used = bouts.group_by("device", "day").agg(active_ms=pl.col("length").sum())
    days = seen.join(chrome, on="device").join(used, on=["device", "day"], how="left").with_columns(pl.col("active_ms").fill_null(0))
    gam = [s for s, plan in enumerate(people.plans) if plan.export == "gam"]
    whole = pl.col("active_ms") // 1000 * 1000
    return days.with_columns(active_ms=pl.when(pl.col("school").is_in(gam)).then(whole).otherwise("active_ms")).sort("device", "day")


def write_chromebook(folder: RawFolder, people: People, fleet: Fleet, active: pl.DataFrame, first: int, last: int, seed: int) -> None:
    """One export a fortnight per Chromebook school, each with the last fifteen days of each device."""
    for school, plan in enumerate(people.plans):
        if plan.system != "chromebook":
            continue
        devices = fleet.devices.filter(pl.col("school") == school)
        ends = sorted({*range(first + _EVERY - 1, last + 1, _EVERY), last})
        for i, end in enumerate(ends):
            part = active.filter((pl.col("school") == school) & pl.col("day").is_between(max(first, end - _WINDOW + 1), end))
            known = part.filter(pl.col("day") <= ends[i - 1]).height if i else 0
            rng = stream(seed, f"{plan.uai} {end}")
            if plan.export == "gam":
                _write_gam(folder, plan.uai, devices, part, end, known, rng)
            else:
                _write_admin(folder, plan.uai, with_holders(people, fleet, devices, end), part, end, known, rng)


def _write_gam(
    folder: RawFolder, uai: str, devices: pl.DataFrame, part: pl.DataFrame, end: int, known: int, rng: np.random.Generator
) -> None:
    rows = part.join(devices.select("device", "device_id", "serial"), on="device").sort("device", "day")
    lines = [
        _gam_line(d, serial, uai, iso(day), ms) for d, serial, day, ms in rows.select("device_id", "serial", "day", "active_ms").iter_rows()
    ]
    truth = FileTruth(f"chromebook/crosactivity_{uai}_{iso(end)}.csv", "chromebook_gam", 0, overlap=known)
    bad = []
    if lines:
        bad = [
            ("unreadable_date", _gam_line(rows["device_id"][0], rows["serial"][0], uai, "2025-13-45", 600_000)),
            ("missing_device", _gam_line("", rows["serial"][0], uai, iso(end), 600_000)),
        ]
        lines = spoil(lines, rng, bad, 2, truth)
    folder.write(truth, "\n".join([_GAM_HEADER, *lines]) + "\n")


def _gam_line(device_id: str, serial: str, uai: str, day: str, ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    duration = f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    return f"{device_id},VSS-{serial[-5:]},Salle {serial[2]},{serial},/Ecoles/{uai},{day},{duration},{minutes}"


def _write_admin(
    folder: RawFolder, uai: str, devices: pl.DataFrame, part: pl.DataFrame, end: int, known: int, rng: np.random.Generator
) -> None:
    ranges: dict[int, list[dict[str, Any]]] = {device: [] for device in devices["device"]}
    for device, day, ms in part.select("device", "day", "active_ms").iter_rows():
        ranges[device].append({"date": iso(day), "activeTime": ms})
    entries = [_admin_entry(row, uai, ranges[row["device"]], end) for row in devices.iter_rows(named=True)]
    used = [entry for entry in entries if entry.get("activeTimeRanges")]
    truth = FileTruth(f"chromebook/chromeosdevices-{uai}-{iso(end)}.json", "chromebook_active_time", part.height, overlap=known)
    if used:
        again = used[int(rng.integers(0, len(used)))]
        nobody = {**used[0], "deviceId": None, "activeTimeRanges": [{"date": iso(end), "activeTime": 60_000}]}
        odd = {**used[-1], "activeTimeRanges": [{"date": "0000-00-00", "activeTime": 60_000}]}
        entries += [again, nobody, odd]
        truth.duplicates, truth.bad, truth.kinds = len(again["activeTimeRanges"]), 2, {"missing_device": 1, "unreadable_date": 1}
        truth.rows += truth.duplicates + 2
    page = {"kind": "admin#directory#chromeosdevices", "etag": f'"{uai}{end}"', "chromeosdevices": entries}
    folder.write(truth, compact(page) + "\n")


def _admin_entry(row: dict[str, Any], uai: str, ranges: list[dict[str, Any]], end: int) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "kind": "admin#directory#chromeosdevice",
        "deviceId": row["device_id"],
        "serialNumber": row["serial"],
        "status": "ACTIVE",
        "lastSync": f"{iso(end)}T21:30:00.000Z",
        "annotatedUser": row["email"] or "",
        "annotatedAssetId": f"VSS-{row['serial'][-5:]}",
        "annotatedLocation": f"Chromebook de {row['first_name']} {row['last_name']}" if row["first_name"] else "Classe mobile",
        "model": row["model"],
        "orgUnitPath": f"/Ecoles/{uai}",
        "osVersion": "139.0.7258.154",
        "lastKnownNetwork": [{"ipAddress": f"192.0.2.{row['device'] % 250 + 1}", "wanIpAddress": "203.0.113.7"}],
    }
    if row["email"]:
        entry["recentUsers"] = [{"type": "USER_TYPE_MANAGED", "email": row["email"]}]
    return {**entry, "activeTimeRanges": ranges} if ranges else entry
