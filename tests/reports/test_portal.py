"""The portal read by a parser: who is found where, where each link leads, what is said of what is withheld; without a browser."""

import base64
import hashlib
import json
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import portal_towns
import pytest
from lxml.html import HtmlElement

from analysis.config import Config
from analysis.reports.manifest import MANIFEST
from analysis.reports.portal import portal_pages, write_portal

WORST = '"><script>alert(1)</script><!-- {{ 7 * 7 }} \u202e'
PAGES_OF_TOWN = 2 * (1 + 1 + 2 + 4)  # in two languages: the first one, the method, two periods, three schools and the territory


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    config = portal_towns.town(tmp_path_factory.mktemp("town"))
    write_portal(config)
    return config


def page(config: Config, name: str) -> HtmlElement:
    return lxml.html.fromstring((config.reports_dir / name).read_text(encoding="utf-8"))


def text(element: HtmlElement) -> str:
    return " ".join(element.text_content().replace("\u00a0", " ").replace("\u202f", " ").split())


def page_of(config: Config, name: str) -> HtmlElement:
    """A page as it would be written now."""
    return lxml.html.fromstring(portal_pages(config)[name])


def all_pages(config: Config) -> dict[str, HtmlElement]:
    return {name: lxml.html.fromstring(content) for name, content in portal_pages(config).items()}


def test_pages_are_those_of_every_place_and_period_in_both_languages(config: Config) -> None:
    written = {path.relative_to(config.reports_dir).as_posix() for path in config.reports_dir.rglob("*.html")}
    assert len(portal_pages(config)) == PAGES_OF_TOWN
    assert {name for name in written if name.startswith(("index", "portal/"))} == portal_pages(config).keys()
    assert {"index.html", "index.en.html", "portal/method.en.html", "portal/period-2025-T1.html", "portal/school-9980002B.html"} <= written


def test_each_link_leads_to_a_file_and_to_a_place_in_it(config: Config) -> None:
    parsed = all_pages(config)
    links = [(name, href) for name, root in parsed.items() for href in root.xpath("//@href | //@src")]
    assert len(links) > 200
    for name, href in links:
        path, _, anchor = unquote(href).partition("#")
        target = (config.reports_dir / name).parent / path if path else config.reports_dir / name
        assert target.is_file(), (name, href)
        if anchor:
            assert page(config, target.resolve().relative_to(config.reports_dir.resolve()).as_posix()).xpath("//*[@id=$id]", id=anchor)


def test_every_report_that_stands_is_linked_from_its_school_and_its_period(config: Config) -> None:
    stands = {
        path.relative_to(config.reports_dir).as_posix()
        for path in config.reports_dir.glob("2025-*/*/*.*")
        if path.suffix in (".pdf", ".html")
    }
    for lang in ("", ".en"):
        parsed = {name: root for name, root in all_pages(config).items() if name.endswith(".en.html") == bool(lang)}
        for sort in ("portal/period-", "portal/school-"):
            linked = {
                unquote(href).removeprefix("../")
                for name, root in parsed.items()
                if name.startswith((sort, "portal/territory"))
                for href in root.xpath("//a/@href")
            }
            assert stands <= linked


def test_a_page_is_built_for_those_who_do_not_see_it(config: Config) -> None:
    for name, root in all_pages(config).items():
        assert root.get("lang") == ("en-GB" if name.endswith(".en.html") else "fr-FR")
        assert [len(root.xpath(f"//{each}")) for each in ("header", "main", "footer", "h1", "title")] == [1] * 5, name
        levels = [int(heading.tag[1]) for heading in root.iter("h1", "h2", "h3", "h4")]
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
        ids = root.xpath("//@id")
        assert len(ids) == len(set(ids)), name
        skip = next(iter(root.xpath("//body/a[1]/@href")))
        assert root.xpath("//main/@id") == [skip.removeprefix("#")]
        assert all(text(element) or element.get("role") == "status" for element in root.iter("a", "p", "li", "h1", "h2", "h3"))
        assert all(drawing.get("aria-hidden") == "true" and text(drawing.getparent()) for drawing in root.iter("svg"))
        assert root.xpath("count(//input)") == root.xpath("count(//label[@for='query'])")
        other = root.xpath("//link[@rel='alternate']/@hreflang")
        assert other == (["fr"] if name.endswith(".en.html") else ["en"])


def test_nothing_is_fetched_and_only_the_own_script_may_run(config: Config) -> None:
    for root in all_pages(config).values():
        policy = dict(
            each.strip().partition(" ")[::2] for each in root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0].split(";")
        )
        searched = {"script-src": hashed(root, "script")} if root.xpath("//form") else {}
        none = dict.fromkeys(("default-src", "base-uri", "form-action"), "'none'")
        assert policy == none | {"style-src": hashed(root, "style")} | searched
        assert len(root.xpath("//script")) == len(searched)
        assert not root.xpath("//@style | //@src | //@*[starts-with(name(), 'on')]")
        assert not [href for href in root.xpath("//@href") if ":" in href or href.startswith("/")]


def hashed(root: HtmlElement, tag: str) -> str:
    (element,) = root.iter(tag)
    return f"'sha256-{base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()}'"


def test_a_school_is_listed_with_its_town_and_code_in_the_order_of_names(config: Config) -> None:
    listed = [text(row) for row in page(config, "index.html").xpath("//*[@data-row]")]
    assert listed == ["École de l’Œuvre Bourg-Hélène · 9980002B", "École Jean-Moulin Valmont · 9980001A", "Zola 9980003C"]
    assert page(config, "index.html").xpath("//form[@role='search']/@hidden"), "without a script there is nothing to type into"


def test_what_is_new_comes_first_with_its_date(config: Config) -> None:
    days = page(config, "index.html").xpath("//h2[@id='news']/following::ul[1]/li")
    assert [day.find("time").get("datetime") for day in days] == ["2026-02-03", "2026-01-12", "2025-11-05"]
    assert [text(line) for line in days[1].xpath(".//li")] == [
        "1er trimestre 2025-2026, Équité de l’équipement et de l’usage : 1 école",
        "1er trimestre 2025-2026, Bilan du territoire",
        "1er trimestre 2025-2026, Usage des tablettes : 3 écoles",
    ]
    assert "3 February 2026" in text(page(config, "index.en.html"))


def test_periods_stand_from_the_newest_to_the_oldest_whatever_their_kind(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path, reports_dir=tmp_path / "reports", territory="Valmont")
    wanted = ["2025-2026", "2025-T3", "2025-P5", "2026-02", "2025-T1", "2025-P2", "2025-12", "2025-P1", "2024-2025"]
    for period in sorted(wanted):
        portal_towns.write(config, period, [portal_towns.entry(config, period, "9980001A", "A", "", on="2026-08-01")], {}, False)
    links = page_of(config, "index.html").xpath("//h2[@id='periods']/following::ul[1]//a/@href")
    assert links == [f"portal/period-{period}.html" for period in wanted]


def test_what_is_withheld_is_counted_by_reason_in_plain_words(config: Config) -> None:
    said = text(page(config, "portal/school-9980001A.html").xpath("//main")[0])
    assert "320 chiffres publiés, 7 chiffres non publiés. À moins de 11 élèves, on pourrait reconnaître quelqu’un : 5 chiffres." in said
    assert "Retenu pour qu’un autre chiffre ne se devine pas par soustraction : 2 chiffres." in said
    assert "100 chiffres publiés, aucun n’est retenu." in said, "the month has nothing to hide"
    whole = text(page(config, "portal/period-2025-T1.html").xpath("//main")[0])
    assert "961 chiffres publiés, 50 chiffres non publiés. À moins de 11 élèves, on pourrait reconnaître quelqu’un : 17 chiffres." in whole
    assert "Pour une autre raison : 1 chiffre." in whole, "a reason that has no words is counted all the same"


def test_a_threshold_is_that_of_the_town(config: Config) -> None:
    stricter = config.model_copy(update={"privacy": config.privacy.model_copy(update={"threshold": 25})})
    method = page_of(stricter, "portal/method.html")
    assert "À moins de 25 élèves" in text(method) and "11 élèves" not in text(method)


def test_coverage_is_a_bar_with_the_same_number_in_words(config: Config) -> None:
    root = page(config, "portal/period-2025-T1.html")
    bars = {text(row): row for row in root.xpath("//p[@class='bar']")}
    assert list(bars) == [
        "95 % tablettes confiées à des élèves, durées mesurées (application au premier plan)",
        "90 % tablettes confiées à des élèves, tablettes vues, sans durée",
        "95 % au moins tablettes partagées",
        "28 % tablettes confiées à des élèves, trop peu pour publier les usages des tablettes",
        "94 % tablettes confiées à des élèves",
    ]
    assert [row.xpath(".//rect[@class='part']/@width")[0] for row in bars.values()] == ["95%", "90%", "95%", "28%", "94%"]
    assert "Couverture : aucun chiffre publié." in text(root.xpath("//*[@data-row]")[2])


def test_a_report_in_the_other_language_says_so(config: Config) -> None:
    french, english = (page(config, f"portal/school-9980001A{lang}.html") for lang in ("", ".en"))
    assert [text(row).partition(" fait")[0].count("(en anglais)") for row in french.xpath("//section[1]/ul[1]/li")] == [0, 1]
    assert [text(row).count("(in French)") for row in english.xpath("//section[1]/ul[1]/li")] == [0, 1], "its own language first"
    assert {link.get("hreflang") for link in english.xpath("//section[2]//a") if "2025-10/" in link.get("href")} == {"fr"}


def test_invented_data_bear_their_mark_on_every_page_and_real_ones_on_none(config: Config, tmp_path: Path) -> None:
    assert all(root.find_class("mark") for root in all_pages(config).values())
    assert not any(root.find_class("mark") for root in all_pages(portal_towns.town(tmp_path, is_invented=False)).values())


def test_method_is_that_of_the_reports_and_says_nothing_twice(config: Config) -> None:
    for name in ("portal/method.html", "portal/method.en.html"):
        lines = lines_of(config, name)
        assert len(lines) == len(set(lines)) > 30
    assert "Actif : il s’en sert cinq minutes ou plus, au moins un jour de classe de la période." in lines_of(config, "portal/method.html")


def lines_of(config: Config, name: str) -> list[str]:
    return [text(line) for line in page(config, name).xpath("//main//li")]


def test_without_reports_the_first_page_says_so(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path, reports_dir=tmp_path / "reports", territory="Valmont")
    first = write_portal(config)
    assert "Aucun rapport pour l’instant." in text(lxml.html.fromstring(first.read_text(encoding="utf-8")))


def test_pages_that_are_out_of_date_go_and_those_that_did_not_change_stay_untouched(tmp_path: Path) -> None:
    config = portal_towns.town(tmp_path)
    write_portal(config)
    before = {path: path.stat().st_mtime_ns for path in config.reports_dir.rglob("*.html")}
    write_portal(config)
    assert {path: path.stat().st_mtime_ns for path in config.reports_dir.rglob("*.html")} == before
    manifest = config.reports_dir / "2025-T1" / MANIFEST
    kept = json.loads(manifest.read_text(encoding="utf-8"))
    kept["reports"] = [each for each in kept["reports"] if each["uai"] != "9980003C"]
    manifest.write_text(json.dumps(kept), encoding="utf-8")
    write_portal(config)
    assert not list(config.reports_dir.glob("portal/*9980003C*"))
    assert "Zola" not in (config.reports_dir / "index.html").read_text(encoding="utf-8")


def test_a_file_that_is_gone_is_not_linked_and_an_older_manifest_still_read(tmp_path: Path) -> None:
    config = portal_towns.town(tmp_path)
    (config.reports_dir / "2025-T1/9980003C/usage.pdf").unlink()
    manifest = config.reports_dir / "2025-10" / MANIFEST
    old = json.loads(manifest.read_text(encoding="utf-8"))
    for each in old["reports"]:
        del each["commune"]
    old["figures"] = {uai: {"shown": {}, "withheld": []} for uai in old["figures"]}
    manifest.write_text(json.dumps(old), encoding="utf-8")
    links = page_of(config, "portal/school-9980003C.html").xpath("//a/@href")
    assert "../2025-T1/9980003C/usage.html" in links and "../2025-T1/9980003C/usage.pdf" not in links
    assert "Couverture : aucun chiffre publié." in text(page_of(config, "portal/period-2025-10.html"))


def test_a_school_cannot_change_the_page(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path, reports_dir=tmp_path / "reports", territory=WORST)
    entries = [portal_towns.entry(config, "2025-T1", uai, WORST, WORST, on="2026-01-12") for uai in ("9980001A", "a b#?&%c")]
    portal_towns.write(config, "2025-T1", entries, {}, False)
    write_portal(config)
    for name, root in all_pages(config).items():
        assert len(root.xpath("//script")) == len(root.xpath("//form")) and "49" not in text(root.xpath("//main")[0]), name
        for href in root.xpath("//a/@href[not(starts-with(., '#'))]"):
            assert ((config.reports_dir / name).parent / unquote(href.partition("#")[0])).is_file(), href
    assert "script>alert(1)</script" in text(page(config, "index.html").xpath("//*[@data-row]")[0])
