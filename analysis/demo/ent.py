"""ENT ONE raw events: NDJSON of the database for the first months, JSON arrays of the API after; two changes of format on the way."""

import hashlib
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from analysis.demo.android_files import months, weeks
from analysis.demo.clock import DAY, day_number, iso, stream, to_local
from analysis.demo.people import People
from analysis.demo.portal import ACCESS, CONNECTOR, CREATE
from analysis.demo.rawfiles import FileTruth, RawFolder, compact, spoil

# when the portal changed what it writes; in the real product these changes came in 2026, here they are moved into the autumn
SESSIONS_REMOVED = day_number(date(2025, 10, 20))
SESSIONS_HASHED = day_number(date(2025, 12, 1))
_API_FROM = day_number(date(2025, 11, 1))
_WRAPPED = "2025-10"  # the month that was exported with {"$numberLong": ...}
_PROFILES = {"student": "Student", "teacher": "Teacher", "relative": "Relative", "personnel": "Personnel"}
_BROWSER = "Mozilla/5.0 (Linux; Android 14; SM-T630) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36"
_RESOURCES = {"Blog": "blog", "Scrapbook": "scrapbook", "Workspace": "document", "Conversation": "message", "Homeworks": "homework"}


def as_exported(clicks: pl.DataFrame) -> pl.DataFrame:
    """The clicks that the portal keeps: from December a second ACCESS in a row to one module in one session is not written."""
    clicks = clicks.sort("person", "visit", "at")
    day = pl.Series(to_local(clicks["at"].to_numpy()) // DAY)
    is_repeat = (pl.col("event") == ACCESS) & (pl.col("event").shift(1) == ACCESS) & (pl.col("module") == pl.col("module").shift(1))
    is_repeat = is_repeat & (pl.col("visit") == pl.col("visit").shift(1))
    kept = clicks.with_columns(day=day).filter(~(is_repeat.fill_null(False) & (pl.col("day") >= SESSIONS_HASHED)))
    return kept.sort("at", "person", "event", "module")


def write_ent(folder: RawFolder, people: People, clicks: pl.DataFrame, structures: list[str], first: int, last: int, seed: int) -> None:
    """Monthly NDJSON until October, weekly arrays after, each array with the first day of the next one."""
    writer = _Writer(people, structures, stream(seed, "ent"))
    for from_, to_ in months(first, min(last, _API_FROM - 1)) if first < _API_FROM else []:
        part = clicks.filter(pl.col("day").is_between(from_, to_))
        _write(folder, writer, part, f"ent/events-{iso(from_)[:7]}.ndjson.gz", 0, seed)
    api_from = max(first, _API_FROM)
    for from_, to_ in weeks(api_from, last) if api_from <= last else []:
        part = clicks.filter(pl.col("day").is_between(from_, to_ + 1))
        known = part.filter(pl.col("day") == from_).height if from_ > api_from else 0
        _write(folder, writer, part, f"ent/event-list-{iso(from_)}.json" + (".gz" if to_ % 2 else ""), known, seed)


def _write(folder: RawFolder, writer: "_Writer", part: pl.DataFrame, name: str, known: int, seed: int) -> None:
    if part.is_empty():
        return
    rng = stream(seed, name)
    truth = FileTruth(name, "ent_one_events", 0, overlap=known)
    lines = [writer.event(row, wrapped=_WRAPPED in name and ".ndjson" in name) for row in part.iter_rows(named=True)]
    bad = [
        ("system_event", writer.system_event(int(part["at"][0]))),
        ("unreadable_date", lines[0].replace('"date":', '"date":"inconnue","was":', 1)),
    ]
    lines = spoil(lines, rng, bad, max(2, len(lines) // 4000), truth)
    folder.write(truth, "\n".join(lines) + "\n" if ".ndjson" in name else "[" + ",\n".join(lines) + "]\n")


class _Writer:
    """Turns clicks into the portal's documents. An event keeps its _id when a later file repeats it."""

    def __init__(self, people: People, structures: list[str], rng: np.random.Generator) -> None:
        self._classes = dict(people.classes.select("class_", "ent_class").iter_rows())
        self._structures = structures
        users = people.people.select("person", "ent_id", "profile", "first_name").iter_rows()
        self._users = {p: (f'"userId":"{ent_id}","profil":"{_PROFILES[profile]}"', name) for p, ent_id, profile, name in users}
        self._salt = rng.bytes(8).hex()

    def event(self, row: dict[str, Any], wrapped: bool) -> str:
        """One document as a line of JSON."""
        person, at, visit, kind, module = row["person"], row["at"], row["visit"], row["event"], row["module"]
        user, first_name = self._users[person]
        where = self._where(row["school"], row["class_"])
        number = int(hashlib.md5(f"{self._salt}{person}{at}{kind}{module}".encode()).hexdigest(), 16)
        from_front = kind == ACCESS and number % 12 == 0
        if from_front:
            where = ""
            module = module.lower() if number % 24 == 0 else module
        stamp = f'{{"$numberLong":"{at}"}}' if wrapped else str(at)
        head = f'{{"_id":"{_uuid(number)}","event-type":"{kind}","module":"{module}","date":{stamp},{user}{where}'
        day = row["day"]
        return (
            head
            + _extra(kind, module)
            + _request(day, int(str(person)), int(str(visit)), first_name, bool(row["is_app"]), from_front)
            + "}"
        )

    def _where(self, school: int, class_: int) -> str:
        own = [self._classes[class_]] if class_ >= 0 else []
        structure = self._structures[school]
        return "," + compact({"structures": [structure], "classes": own, "groups": [structure[::-1]]})[1:-1]

    def system_event(self, at: int) -> str:
        """An event of the portal's nightly import: nobody did it."""
        return compact({"_id": _uuid(at << 40), "event-type": "IMPORT", "module": "Feeder", "date": at - 3_600_000})


def _uuid(number: int) -> str:
    p = f"{number % (1 << 128):032x}"
    return f"{p[:8]}-{p[8:12]}-4{p[13:16]}-a{p[17:20]}-{p[20:]}"


def _extra(kind: str, module: str) -> str:
    if kind == CREATE:
        return f',"resource-type":"{_RESOURCES.get(module, "page")}"'
    if kind == CONNECTOR:
        return ',"connector-type":"Cas","cas-type":"Edumedia","service":"https://junior.edumedia.example.org/login"'
    return ""


def _request(day: int, person: int, visit: int, first_name: str, is_app: bool, from_front: bool) -> str:
    """What the portal keeps of the request, which changed twice."""
    network = ("203.0.113.", "198.51.100.")[person % 2] + str(person % 250 + 1)
    address = network if visit % 9 else f"{network},192.0.2.{person % 250 + 1}"
    session = f"{person:x}-{visit:x}-{person * 7919 + visit:x}"
    text = f',"ua":"{_BROWSER}","ip":"{address}"'
    if day < SESSIONS_REMOVED:
        return text + f',"referer":"https://ent.valmont.example.org/timeline","sessionId":"{session}"'
    if from_front:
        return text
    device = f"Tablette de {first_name}" if person % 4 == 0 else "Unknown"
    text += f',"osName":"Android","osVersion":"14","deviceType":"{"smartphone" if is_app else "tablet"}","deviceName":"{device}"'
    if day >= SESSIONS_HASHED:
        text += f',"sessionId":"{hashlib.sha256(session.encode()).hexdigest()}"'
    return text
