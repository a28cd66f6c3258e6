"""The feed has what RFC 4287 asks of one: ids that stay, links that lead somewhere, instants with a time zone."""

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from analysis.config import Config
from analysis.delivery.feed import ATOM, write_feed
from analysis.delivery.released import released
from tests.delivery.mail_server import OTHER
from tests.delivery.reports_made import DAY, NAMES, make
from tests.hand_made import config_in

A = f"{{{ATOM}}}"


@pytest.fixture
def town(tmp_path: Path) -> Config:
    return config_in(tmp_path, territory="Valmont & Cie <b>")


def feed_of(config: Config) -> ET.Element:
    write_feed(config, released(config))
    return ET.parse(config.reports_dir / "feed.xml").getroot()


def one(parent: ET.Element, name: str) -> str:
    """The text of an element that stands exactly once and is not empty."""
    [found] = parent.findall(A + name)
    assert found.text
    return found.text


def check_feed(root: ET.Element, folder: Path) -> None:
    """The elements that section 4 of the RFC requires, and no more of those that may stand once."""
    assert root.tag == f"{A}feed"
    assert one(root, "title")
    assert one(root.find(f"{A}author"), "name")  # type: ignore[arg-type]
    assert [link.get("rel") for link in root.findall(f"{A}link")] == ["self", "alternate"]
    ids = [one(place, "id") for place in [root, *root.findall(f"{A}entry")]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in ids)
    for place in [root, *root.findall(f"{A}entry")]:
        assert one(place, "title")
        assert datetime.fromisoformat(one(place, "updated")).tzinfo is not None
    for entry in root.findall(f"{A}entry"):
        links = entry.findall(f"{A}link")
        assert [link.get("rel") for link in links] in (["alternate"], ["alternate", "related"])
        assert all((folder / unquote(link.get("href", "/"))).is_file() for link in links)


def test_the_feed_lists_every_report_with_links_that_lead_somewhere(town: Config) -> None:
    for uai, kind in [("0990001A", "usage"), (OTHER, "usage"), ("territory", "territory")]:
        make(town, uai, kind)
    make(town, lang="en")
    root = feed_of(town)
    check_feed(root, town.reports_dir)
    titles = {one(entry, "title") for entry in root.findall(f"{A}entry")}
    assert titles == {
        "École Jean Moulin · Usage des tablettes · septembre 2025",
        "École Jean Moulin · Use of tablets · September 2025",
        "École des Tilleuls · Usage des tablettes · septembre 2025",
        "Valmont & Cie <b> · Usage des tablettes · septembre 2025",
    }


def test_an_empty_feed_is_one(town: Config) -> None:
    check_feed(feed_of(town), town.reports_dir)


def test_ids_stay_when_a_report_is_made_anew_and_the_latest_comes_first(town: Config) -> None:
    make(town)
    make(town, OTHER)
    before = {one(entry, "title"): one(entry, "id") for entry in feed_of(town).findall(f"{A}entry")}
    make(town, figures="b", day=DAY.replace(day=9))
    root = feed_of(town)
    entries = root.findall(f"{A}entry")
    assert {one(entry, "title"): one(entry, "id") for entry in entries} == before
    assert one(entries[0], "title").startswith("École Jean Moulin")
    assert one(entries[0], "updated") == one(root, "updated") == "2025-10-09T00:00:00Z"


def test_a_feed_that_says_the_same_is_not_written_again(town: Config) -> None:
    make(town)
    feed_of(town)
    path = town.reports_dir / "feed.xml"
    written = path.stat().st_mtime_ns, path.stat().st_ino
    feed_of(town)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == written


def test_a_hostile_name_makes_no_markup(town: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NAMES, OTHER, 'A</title>\x00\x1b[1m&"<script>')
    make(town, OTHER)
    root = feed_of(town)
    check_feed(root, town.reports_dir)
    assert one(root.findall(f"{A}entry")[0], "title").startswith('A</title>[1m&"<script>')
