"""The rosters of the town, in Cartable's own CSV forms; people.csv has semicolons."""

from collections.abc import Sequence

import polars as pl

from analysis.demo.apps import APPS, LAUNCHER
from analysis.demo.behaviour import CLOSED_SCHOOL
from analysis.demo.clock import iso
from analysis.demo.devices import Fleet
from analysis.demo.people import OPEN_END, People
from analysis.demo.plans import CLOSURE, COMMUNE, SCHOOL_YEAR, TRAINED_SCHOOL, TRAINING_DAY, TRAINING_HOURS
from analysis.demo.portal import moodle_class
from analysis.demo.rawfiles import FileTruth, RawFolder


def write_rosters(folder: RawFolder, people: People, fleet: Fleet, structures: list[str]) -> None:
    """The twelve roster files; enrolments.csv has one row that ends before it starts and one row twice."""
    uai = [plan.uai for plan in people.plans]
    persons = people.people.sort("person")
    ids = dict(persons.select("person", "person_id").iter_rows())
    class_ids = dict(people.classes.select("class_", "class_id").iter_rows())
    device_ids = dict(fleet.devices.select("device", "device_id").iter_rows())
    _write(folder, "schools", "uai,school_year,name,commune,zone,sector,ips,rep,timezone,week_pattern,bells", _schools(people))
    _write(folder, "structures", "structure_id,uai", [[s, u] for s, u in zip(structures, uai, strict=True)])
    rows = people.classes.sort("class_").select("class_id", "school", "label", "levels").iter_rows()
    _write(folder, "classes", "class_id,uai,school_year,label,levels", [[c, uai[s], SCHOOL_YEAR, label, lv] for c, s, label, lv in rows])
    columns = ["person_id", "profile", "sex", "social_band", "home_internet", "support"]
    _write(folder, "people", ";".join(columns), [list(row) for row in persons.select(columns).iter_rows()], ";")
    _write(folder, "identifiers", "person_id,system,identifier", _identifiers(people, persons))
    _write_enrolments(folder, people, ids, class_ids, uai)
    rows = fleet.devices.sort("device").select("device_id", "model", "os", "kind").iter_rows()
    _write(folder, "devices", "device_id,model,os,kind", [list(row) for row in rows])
    _write(
        folder, "assignments", "device_id,person_id,class_id,from_date,to_date,take_home", _assignments(fleet, ids, class_ids, device_ids)
    )
    apps = [[a.package, a.name, a.category, a.chosen_on, a.licence_cost_eur] for a in (*APPS, LAUNCHER) if a.category]
    _write(folder, "app_catalogue", "app_id,name,category,chosen_on,licence_cost_eur", apps)
    _write_planted(folder, {plan.key: plan.uai for plan in people.plans})
    broken = fleet.repairs.sort("device").select("device", "from_", "reason").iter_rows()
    _write(folder, "repairs", "device_id,from_date,to_date,reason", [[device_ids[d], iso(f), None, reason] for d, f, reason in broken])


def _write_planted(folder: RawFolder, uai: dict[str, str]) -> None:
    """The closure and the training session, where the schools that have them are there."""
    if CLOSED_SCHOOL in uai:
        closure = [uai[CLOSED_SCHOOL], iso(CLOSURE[0]), iso(CLOSURE[1]), "panne de chauffage"]
        _write(folder, "closures", "uai,from_date,to_date,reason", [closure])
    if TRAINED_SCHOOL in uai:
        training = [uai[TRAINED_SCHOOL], None, iso(TRAINING_DAY), TRAINING_HOURS, "lire et écrire avec la tablette"]
        _write(folder, "trainings", "uai,person_id,held_on,hours,topic", [training])


def _write(folder: RawFolder, name: str, header: str, rows: Sequence[Sequence[object]], separator: str = ",") -> None:
    lines = [separator.join(_cell(value, separator) for value in row) for row in rows]
    folder.write(FileTruth(f"rosters/{name}.csv", f"roster_{name}", len(rows)), "\n".join([header, *lines]) + "\n")


def _cell(value: object, separator: str) -> str:
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return f'"{text}"' if separator in text else text


def _date(day: int) -> str:
    return "" if day >= OPEN_END else iso(day)


def _schools(people: People) -> list[list[object]]:
    return [
        [p.uai, SCHOOL_YEAR, p.name, COMMUNE, "C", p.sector, p.ips, p.rep, "Europe/Paris", p.week_pattern, p.bells] for p in people.plans
    ]


def _identifiers(people: People, persons: pl.DataFrame) -> list[list[object]]:
    rows = [[p, "ent", e] for p, e in persons.select("person_id", "ent_id").iter_rows()]
    pupils = persons.filter((pl.col("class_") == moodle_class(people)) & (pl.col("profile") == "student"))
    return rows + [[p, "moodle", m] for p, m in pupils.select("person_id", "moodle_id").iter_rows()]


def _write_enrolments(folder: RawFolder, people: People, ids: dict[int, str], class_ids: dict[int, str], uai: list[str]) -> None:
    rows: list[list[object]] = [
        [ids[p], class_ids[c], uai[s], level, _date(from_), _date(to_)]
        for p, c, s, level, from_, to_ in people.enrolments.select("person", "class_", "school", "level", "from_", "to_").iter_rows()
    ]
    backwards = [*rows[0][:4], "2025-09-20", "2025-09-10"]
    rows = [*rows, backwards, rows[1]]
    truth = FileTruth("rosters/enrolments.csv", "roster_enrolments", len(rows), bad=1, duplicates=1, kinds={"end_before_start": 1})
    lines = [",".join(_cell(value, ",") for value in row) for row in rows]
    folder.write(truth, "\n".join(["person_id,class_id,uai,level,from_date,to_date", *lines]) + "\n")


def _assignments(fleet: Fleet, ids: dict[int, str], class_ids: dict[int, str], device_ids: dict[int, str]) -> list[list[object]]:
    rows = fleet.holdings.sort("device", "from_").select("device", "person", "class_", "from_", "to_", "take_home").iter_rows()
    return [[device_ids[d], ids.get(p), class_ids.get(c) if p < 0 else None, _date(f), _date(t), home] for d, p, c, f, t, home in rows]
