"""The fleet: which devices there are, and who holds each from when to when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from analysis.demo import names
from analysis.demo.clock import day_number, stream
from analysis.demo.people import AUTUMN_LEAVE, AUTUMN_RETURN, OPEN_END, People
from analysis.demo.plans import LATE_DELIVERY_DAY

TROLLEY_SIZE = 15
MODELS = {
    "android": ("Samsung Galaxy Tab Active4", "Android 14"),
    "chromebook": ("Lenovo 300e Chromebook Gen 4", "ChromeOS 139"),
    "ipad": ("iPad (9e génération)", "iPadOS 18.6"),
}
_HANDED_OUT = {
    "CM2": day_number(date(2021, 9, 13)),
    "CM1": day_number(date(2022, 9, 12)),
    "CE2": day_number(date(2023, 9, 11)),
    "CE1": day_number(date(2024, 9, 9)),
    "CP": day_number(date(2025, 9, 8)),
}
_BREAKAGES = ("écran cassé", "batterie", "connecteur de charge", "ne démarre plus")
_REPAIR = {"device": pl.Int64, "from_": pl.Int64}
_REPAIRS_FROM, _REPAIRS_TO = day_number(date(2025, 9, 22)), day_number(date(2025, 12, 5))


@dataclass(frozen=True)
class Fleet:
    """Frames: `devices` (one per device), `holdings` (device x person or class x span), `members` (holdings x enrolment: who is where),
    `repairs` (one per broken device, from the day it was given back; none comes back).
    """

    devices: pl.DataFrame
    holdings: pl.DataFrame
    members: pl.DataFrame
    repairs: pl.DataFrame


@dataclass
class _Stock:
    """Devices and holdings while they are being handed out, and what breaks."""

    devices: list[dict[str, Any]]
    holdings: list[dict[str, Any]]
    repairs: list[dict[str, Any]]

    def device(self, school: int, kind: str, trolley: int = -1, session_share: float = 0.0) -> int:
        row: dict[str, Any] = {
            "device": len(self.devices),
            "school": school,
            "kind": kind,
            "trolley": trolley,
            "session_share": session_share,
        }
        self.devices.append(row)
        return len(self.devices) - 1

    def hold(self, device: int, person: int, class_: int, from_: int, to_: int = OPEN_END, take_home: bool = False) -> None:
        row = {"device": device, "person": person, "class_": class_, "from_": from_, "to_": to_, "take_home": take_home}
        self.holdings.append(row)


def build_fleet(people: People, seed: int) -> Fleet:
    """Individual devices, repairs and second lives, trolleys, teachers' and after-school devices."""
    rng = stream(seed, "fleet")
    stock = _Stock([], [], [])
    _hand_out(stock, people, rng)
    _repair(stock, rng)
    _trolleys(stock, people)
    _grown_up_devices(stock, people)
    devices = _with_serials(pl.DataFrame(stock.devices), people, seed)
    devices = _silence_some(devices, seed)
    holdings = pl.DataFrame(stock.holdings).join(devices.select("device", "kind"), on="device", how="left", maintain_order="left")
    return Fleet(devices, holdings, _members(holdings, people), _with_reasons(pl.DataFrame(stock.repairs, schema=_REPAIR), seed))


def with_holders(people: People, fleet: Fleet, devices: pl.DataFrame, day: int) -> pl.DataFrame:
    """`devices` with the e-mail and the name of whoever holds each on `day` (null where nobody does)."""
    holders = fleet.holdings.filter(pl.col("from_") <= day, pl.col("to_") >= day).select("device", "person")
    named = people.people.select("person", "email", "first_name", "last_name")
    return devices.join(holders.join(named, on="person"), on="device", how="left").sort("device")


def late_class(people: People) -> int:
    """The class that waits for its tablets until mid-October; -1 where the school that has it is not there."""
    classes = people.classes.filter(pl.col("school") == people.school("tilleuls"))["class_"].to_list()
    return int(classes[min(3, len(classes) - 1)]) if classes else -1


def _hand_out(stock: _Stock, people: People, rng: np.random.Generator) -> None:
    classes = people.classes.select("class_", "take_home", "is_individual")
    pupils = people.enrolments.join(people.people.select("person", "profile"), on="person").filter(pl.col("profile") == "student")
    pupils = pupils.sort("person", "from_").unique("person", keep="first", maintain_order=True)
    pupils = pupils.join(classes, on="class_", how="left", maintain_order="left").filter(pl.col("is_individual"))
    handed_back: list[int] = []
    waiting = late_class(people)
    for row in pupils.iter_rows(named=True):
        system, from_ = people.plans[row["school"]].system, _HANDED_OUT[row["level"]] + row["school"] % 3
        if row["from_"] == AUTUMN_RETURN:
            stock.hold(handed_back.pop(0), row["person"], -1, AUTUMN_RETURN + 3, take_home=row["take_home"])
            continue
        is_without = rng.random() < 0.02
        if is_without and row["to_"] != AUTUMN_LEAVE and people.plans[row["school"]].key != "hameau":
            continue
        device = stock.device(row["school"], "individual")
        from_ = LATE_DELIVERY_DAY if row["class_"] == waiting else from_ if system == "android" else _HANDED_OUT["CP"] - 4
        to_ = OPEN_END
        if row["to_"] == AUTUMN_LEAVE:
            to_ = AUTUMN_LEAVE
            handed_back.append(device)
        stock.hold(device, row["person"], -1, from_, to_, row["take_home"])


def _repair(stock: _Stock, rng: np.random.Generator) -> None:
    """Some tablets break: the pupil waits some days and gets another; a technician tries the broken one."""
    lasting = [h for h in stock.holdings if h["to_"] == OPEN_END]
    if not lasting:
        return
    broken = sorted({0, *(int(i) for i in rng.choice(len(lasting), len(lasting) // 60, replace=False))})
    for i in broken:
        holding = lasting[i]
        last = int(rng.integers(_REPAIRS_FROM, _REPAIRS_TO))
        last = max(last, holding["from_"] + 7)
        school = stock.devices[holding["device"]]["school"]
        holding["to_"] = last
        stock.repairs.append({"device": holding["device"], "from_": last})
        spare = stock.device(school, "individual")
        again = last + 1 + int(rng.integers(0, 7))
        stock.hold(spare, holding["person"], -1, again, take_home=holding["take_home"])


def _trolleys(stock: _Stock, people: People) -> None:
    size = TROLLEY_SIZE if people.people.height > 3000 else 4
    trolleys = [(school, trolley) for school, plan in enumerate(people.plans) for trolley in plan.trolleys]
    for number, (school, trolley) in enumerate(trolleys):
        classes = people.classes.filter(pl.col("school") == school)["class_"].to_list()
        keeper = classes[round(trolley.class_position * (len(classes) - 1))]
        for _ in range(trolley.devices or size):
            stock.hold(stock.device(school, "shared", number, trolley.session_share), -1, keeper, _HANDED_OUT["CE1"])


def _grown_up_devices(stock: _Stock, people: People) -> None:
    for row in people.people.filter(pl.col("profile") == "teacher").iter_rows(named=True):
        stock.hold(stock.device(row["school"], "teacher"), row["person"], -1, _HANDED_OUT["CE1"], take_home=True)
    after_school = people.school("tilleuls")
    for row in people.people.filter((pl.col("profile") == "personnel") & (pl.col("school") == after_school)).iter_rows(named=True):
        stock.hold(stock.device(after_school, "extracurricular"), row["person"], -1, _HANDED_OUT["CE1"])


def _with_serials(devices: pl.DataFrame, people: People, seed: int) -> pl.DataFrame:
    rng = stream(seed, "serials")
    n = devices.height
    systems = [people.plans[s].system for s in devices["school"]]
    android, chrome, apple = names.hexes(rng, n, 16), names.uuids(rng, n), [x.upper() for x in names.hexes(rng, n, 16)]
    ids = {"android": android, "chromebook": chrome, "ipad": [f"00008101-{x}" for x in apple]}
    return devices.with_columns(
        system=pl.Series(systems),
        device_id=pl.Series([ids[system][i] for i, system in enumerate(systems)]),
        serial=pl.Series(names.serials(rng, n)),
        model=pl.Series([MODELS[s][0] for s in systems]),
        os=pl.Series([MODELS[s][1] for s in systems]),
    )


def _silence_some(devices: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Seven in a thousand individual devices fall silent for good some day of the autumn: the dormant ones."""
    rng = stream(seed, "dormant")
    day = rng.integers(_REPAIRS_FROM, _REPAIRS_TO - 20, devices.height)
    is_silent = (rng.random(devices.height) < 0.007) & (devices["kind"] == "individual").to_numpy()
    return devices.with_columns(silent_from=pl.Series(np.where(is_silent, day, OPEN_END)))


def _with_reasons(repairs: pl.DataFrame, seed: int) -> pl.DataFrame:
    rng = stream(seed, "repairs")
    return repairs.with_columns(reason=pl.Series(rng.choice(_BREAKAGES, repairs.height)))


def _members(holdings: pl.DataFrame, people: People) -> pl.DataFrame:
    """Spans over which one device is in the hands of one person enrolled in one class, or of a class."""
    spans = people.enrolments.rename({"from_": "enrolled_from", "to_": "enrolled_to"})
    persons = holdings.filter(pl.col("person") >= 0).drop("class_").join(spans, on="person", how="inner")
    persons = persons.with_columns(from_=pl.max_horizontal("from_", "enrolled_from"), to_=pl.min_horizontal("to_", "enrolled_to")).filter(
        pl.col("from_") <= pl.col("to_")
    )
    keepers = people.classes.select("class_", "school").with_columns(level=pl.lit(""))
    shared = holdings.filter(pl.col("person") < 0).join(keepers, on="class_", how="inner")
    columns = ["device", "kind", "person", "school", "class_", "level", "from_", "to_", "take_home"]
    return pl.concat([persons.select(columns), shared.select(columns)]).sort("device", "from_")
