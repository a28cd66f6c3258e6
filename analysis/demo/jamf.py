"""Jamf School: one snapshot of the iPads each weekday evening. It shows the last check-in and nothing of what was done."""

from typing import Any

import numpy as np
import polars as pl

from analysis.demo.clock import DAY, HOUR, MINUTE, Ints, iso, stream, to_local, to_utc, weekday
from analysis.demo.devices import Fleet, with_holders
from analysis.demo.people import People
from analysis.demo.rawfiles import FileTruth, RawFolder, compact

_TAKEN_AT = 18 * HOUR + 30 * MINUTE
_MISSED = (20347, 20412)  # 16 September and 20 November: two evenings on which the export did not run


def check_ins(devices: pl.DataFrame, seen: pl.DataFrame, bouts: pl.DataFrame, seed: int) -> pl.DataFrame:
    """When each iPad called its server: device, at (UTC ms, whole seconds). Two calls a day it is seen, and one at each start of use."""
    rng = stream(seed, "check-ins")
    ipads = devices.filter(pl.col("system") == "ipad").select("device")
    days = seen.join(ipads, on="device", how="semi").sort("device", "day")
    calls = [to_utc(days["day"].to_numpy() * DAY + h * HOUR + rng.integers(0, 3 * HOUR, days.height)) for h in (8, 14)]
    used = bouts.join(ipads, on="device", how="semi").sort("device", "start")
    at = np.concatenate([*calls, used["start"].to_numpy()]) // 1000 * 1000
    device = np.concatenate([days["device"].to_numpy()] * 2 + [used["device"].to_numpy()])
    return pl.DataFrame({"device": device, "at": at}).unique().sort("device", "at")


def write_jamf(folder: RawFolder, people: People, fleet: Fleet, calls: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    """One gzipped snapshot per weekday. Returns the days of use that the snapshots let anybody see: device, day."""
    ipads = fleet.devices.filter(pl.col("system") == "ipad").sort("device")
    if ipads.is_empty():
        return pl.DataFrame(schema={"device": pl.Int64, "day": pl.Int64})
    by_device = dict(calls.group_by("device", maintain_order=True).agg("at").iter_rows())
    days = [d for d in range(first, last + 1) if weekday(np.array([d]))[0] < 5 and d not in _MISSED]
    shown: list[tuple[int, int]] = []
    for day in days:
        taken = int(to_utc(np.array([day * DAY + _TAKEN_AT]))[0])
        enrolled = with_holders(people, fleet, _delivered(fleet, ipads, day), day)
        last_calls = {d: _last(by_device.get(d, []), taken) for d in enrolled["device"]}
        entries = [_entry(row, last_calls[row["device"]], taken, people) for row in enrolled.iter_rows(named=True)]
        shown += [(d, at) for d, at in last_calls.items() if at is not None]
        _write(folder, entries, sum(at is None for at in last_calls.values()), day)
    days_seen = pl.DataFrame(shown, schema=["device", "at"], orient="row")
    return days_seen.select("device", day=pl.Series(to_local(days_seen["at"].to_numpy()) // DAY)).unique().sort("device", "day")


def _delivered(fleet: Fleet, ipads: pl.DataFrame, day: int) -> pl.DataFrame:
    first = fleet.holdings.group_by("device").agg(pl.col("from_").min())
    return ipads.join(first.filter(pl.col("from_") <= day), on="device", how="semi").sort("device")


def _last(calls: list[int], before: int) -> int | None:
    position = int(np.searchsorted(np.asarray(calls), before, side="right"))
    return calls[position - 1] if position else None


def _write(folder: RawFolder, entries: list[dict[str, Any]], never: int, day: int) -> None:
    truth = FileTruth(f"jamf/devices-{iso(day)}.json.gz", "jamf_school_devices", len(entries), bad=never, kinds={"never_checked_in": never})
    if entries and day % 5 == 0:
        entries = [*entries, {**entries[0], "UDID": None}]
        truth.rows, truth.bad, truth.kinds = truth.rows + 1, truth.bad + 1, {**truth.kinds, "missing_device": 1}
    folder.write(truth, compact({"code": 200, "count": len(entries), "devices": entries}) + "\n")


def _entry(row: dict[str, Any], at: int | None, taken: int, people: People) -> dict[str, Any]:
    plan = people.plans[row["school"]]
    held = row["first_name"] is not None
    number = row["device"]
    return {
        "UDID": row["device_id"],
        "locationId": row["school"],
        "serialNumber": row["serial"],
        "name": f"iPad de {row['first_name']} {row['last_name']}" if held else f"Classe mobile {plan.name} {number % 40}",
        "isManaged": at is not None and taken - at < 7 * DAY,
        "isSupervised": True,
        "class": "iPad",
        "assetTag": f"VSS-{row['serial'][-5:]}",
        "os": {"prefix": "iPadOS", "version": "18.6.2"},
        "model": {"name": row["model"], "identifier": "iPad12,1", "type": "iPad"},
        "owner": _owner(row) if held else None,
        "groups": [plan.name],
        "enrollType": "dep",
        "batteryLevel": ((number * 37 + taken // DAY * 11) % 80 + 20) / 100,
        "totalCapacity": 64.0,
        "availableCapacity": 41.5,
        "region": {"string": "France"},
        "modified": _written(taken),
        "notes": "",
        "lastCheckin": None if at is None else _written(at),
        "networkInformation": {
            "IPAddress": f"198.51.100.{number % 250 + 1}",
            "WiFiMAC": f"02:00:5e:00:{number // 256:02x}:{number % 256:02x}",
        },
    }


def _owner(row: dict[str, Any]) -> dict[str, Any]:
    first, last = row["first_name"], row["last_name"]
    name = {"name": f"{first} {last}", "firstName": first, "lastName": last}
    return {
        "id": row["device"] + 5000,
        "locationId": row["school"],
        "username": row["email"].split("@")[0],
        "email": row["email"],
        **name,
    }


def _written(at: Ints | int) -> str:
    return str(np.datetime64(int(at), "ms").astype("datetime64[s]")).replace("T", " ")
