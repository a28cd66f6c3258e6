"""A Moodle course log of one class: English headers, cp1252, day-first times to the minute, the user's number in the description only."""

from typing import Any

import polars as pl

from analysis.demo.android_files import months
from analysis.demo.clock import MINUTE, iso, stream, to_local
from analysis.demo.people import People
from analysis.demo.rawfiles import FileTruth, RawFolder, spoil

_HEADER = "Time,User full name,Affected user,Event context,Component,Event name,Description,Origin,IP address"
_COURSE = "Course: Défi lecture CM2 (été – automne 2025)"
_PAGES = {
    "Homeworks": ("Assignment", "Course module viewed", "viewed the 'assign' activity with course module id '{n}'."),
    "Exercizer": ("Quiz", "Quiz attempt submitted", "has submitted the attempt with id '{n}' for the quiz with course module id '712'."),
    "Blog": ("Forum", "Discussion viewed", "has viewed the discussion with id '{n}' in the forum with course module id '640'."),
}
_COURSE_PAGE = ("System", "Course viewed", "viewed the course with id '{n}'.")


def write_moodle(folder: RawFolder, people: People, clicks: pl.DataFrame, first: int, last: int, seed: int) -> None:
    """One export a month, newest row first, as the site writes it."""
    users = {row["person"]: row for row in people.people.iter_rows(named=True)}
    for from_, to_ in months(first, last):
        part = clicks.filter(pl.col("day").is_between(from_, to_)).sort("at", "person", descending=True)
        if part.is_empty():
            continue
        lines = [_line(row, users[row["person"]]) for row in part.iter_rows(named=True)]
        truth = FileTruth(f"moodle/logs_defi-lecture_{iso(from_)[:7]}.csv", "moodle_logs", 0, duplicates=len(lines) - len(set(lines)))
        nobody = f'"1/{from_ % 12 + 1:02d}/25, 03:00",-,-,{_COURSE},System,Backup done,"The automated backup, run by nobody, is done.",cli,'
        bad = [("no_user", nobody), ("unreadable_date", lines[0].replace(lines[0].split('"')[1], "hier", 1))]
        lines = spoil(lines, stream(seed, truth.file), bad, 0, truth)
        folder.write(truth, "\n".join([_HEADER, *lines]) + "\n", "cp1252")


def minute_of(clicks: pl.DataFrame) -> pl.DataFrame:
    """The clicks as a log to the minute shows them."""
    return clicks.with_columns(at=pl.col("at") // MINUTE * MINUTE)


def _line(row: dict[str, Any], user: dict[str, Any]) -> str:
    at = row["at"]
    local = int(to_local(pl.Series([at]).to_numpy())[0]) // MINUTE
    year, month, day = iso(local // 1440).split("-")
    time = f"{int(day)}/{month}/{year[2:]}, {local % 1440 // 60:02d}:{local % 60:02d}"
    component, event, text = _PAGES.get(row["module"], _COURSE_PAGE)
    description = f"The user with id '{user['moodle_id']}' {text.format(n=at // 977 % 900 + 100)}"
    name = f"{user['first_name']} {user['last_name']}"
    return f'"{time}",{name},-,{_COURSE},{component},{event},{description},web,198.51.100.{row["person"] % 250 + 1}'
