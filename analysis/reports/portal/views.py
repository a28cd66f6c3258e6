"""What the templates of the portal are given: the contents in the words of one language, with the links of one page."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from analysis.config import Config
from analysis.reports.language import Language
from analysis.reports.portal import addresses
from analysis.reports.portal.contents import Chapter, Contents, Coverage, Report
from analysis.reports.published import TERRITORY
from analysis.reports.school import School, Value
from analysis.reports.sentences import methods, words
from analysis.reports.sentences import portal as said
from analysis.reports.sentences.changed import changed_lines
from analysis.reports.sentences.periods import period_name

_NEWS = 12  # lines of what is new; older ones stand folded below
_FULL = 100.0
Shown = dict[str, Any]


class Views:
    """The views of one page: in its language, with links that lead from where it stands."""

    def __init__(self, contents: Contents, config: Config, lang: str, page: str) -> None:
        self.contents = contents
        self.language = Language(lang)
        self.page = page
        self._floor = config.coverage.floor
        settings = {
            "threshold": str(config.privacy.threshold),
            "coverage_floor": str(config.coverage.floor),
            "session_gap_minutes": str(config.ent.session_gap_minutes),
        }
        self._settings = School(self.language, {"uai": ""}, {}, {}, (), (), (), settings)

    def link(self, address: str) -> str:
        """From this page to an address."""
        return addresses.link(address, self.page)

    def places(self) -> list[Shown]:
        """Every school with the link to its page."""
        newest = [chapters[0] for chapters in self.contents.places()]
        return [self._place(chapter) for chapter in newest if not chapter.is_territory]

    def chapter(self, chapter: Chapter) -> Shown:
        """A place in a period: its reports, its coverage, what is withheld and why."""
        hidden = chapter.withheld.total()
        return self._place(chapter) | {
            "period": chapter.period,
            "period_name": period_name(self.language, chapter.period),
            "period_href": self.link(addresses.of_period(chapter.period, self.language.code)),
            "anchor": f"p-{chapter.period}",
            "reports": [self._report(report) for report in self._own_language_first(chapter.reports)],
            "coverage": [self._bar(each, chapter) for each in chapter.coverage],
            "balance": said.balance(self.language, chapter.shown, hidden) if chapter.shown or hidden else "",
            "hidden": said.not_published(self.language, hidden) if hidden else "",
            "why": said.why(self._settings, chapter.withheld),
        }

    def period(self, period: str) -> Shown:
        """A period: the territory (or None), its schools, and what all of them withhold."""
        chapters = self.contents.periods[period]
        schools = [chapter for chapter in chapters if not chapter.is_territory]
        whole = next((self.chapter(chapter) for chapter in chapters if chapter.is_territory), None)
        hidden: Counter[str] = sum((chapter.withheld for chapter in chapters), Counter())
        shown = sum(chapter.shown for chapter in chapters)
        return {
            "name": period_name(self.language, period),
            "href": self.link(addresses.of_period(period, self.language.code)),
            "counted": self.language.count("{number} école", "{number} écoles", len(schools)),
            "whole": whole,
            "schools": [self.chapter(chapter) for chapter in schools],
            "balance": said.balance(self.language, shown, hidden.total()) if shown or hidden else "",
            "why": said.why(self._settings, hidden),
        }

    def periods(self) -> list[Shown]:
        """Each period with its link, its number of schools and the coverage of the territory."""
        return [self._summary(period) for period in self.contents.periods]

    def news(self) -> tuple[list[Shown], list[Shown]]:
        """What was made on each day, the newest first: the lines to show, and the older ones."""
        made: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
        for chapter in self.contents.chapters:
            for report in chapter.reports:
                made[report.produced_on, chapter.period, report.kind, report.topic].append(chapter.uai)
        order = list(self.contents.periods)
        newest = sorted(made, key=lambda key: (-dt.date.fromisoformat(key[0]).toordinal(), order.index(key[1]), key[2:]))
        lines = [self._line(key, set(made[key])) for key in newest]
        return _by_day(lines[:_NEWS]), _by_day(lines[_NEWS:])

    def method(self) -> list[Shown]:
        """The method of each kind of report; a line that several share stands in the first of them."""
        ways = {"usage": methods.usage, "adoption": methods.adoption, "equity": methods.equity, "territory": methods.territory}
        told = {kind: lines(self._settings) for kind, lines in (ways | {"quality": methods.quality}).items()}
        return [{"title": _name(self.language.code, kind, kind), "lines": lines} for kind, lines in methods.told_once(told).items()]

    def reasons(self) -> list[str]:
        """Each reason that may keep a figure back."""
        return said.every_reason(self._settings)

    def _place(self, chapter: Chapter) -> Shown:
        return {
            "name": chapter.name,
            "commune": "" if chapter.is_territory else chapter.commune,
            "uai": "" if chapter.uai == TERRITORY else chapter.uai,
            "href": self.link(addresses.of_place(chapter.uai, self.language.code)),
        }

    def _own_language_first(self, reports: Iterable[Report]) -> list[Report]:
        return sorted(reports, key=lambda report: (report.kind, report.lang != self.language.code))

    def _report(self, report: Report) -> Shown:
        links = [{"label": said.format_name(self.language, name), "href": self.link(path)} for name, path in report.paths.items()]
        title = _name(self.language.code, report.kind, report.topic)
        other = said.other_language(self.language, report.lang)
        changed, cause = changed_lines(self.language, report.kind, report.changed)
        return {
            "title": title,
            "before_links": said.before_links(self.language, title, other),
            "lang": report.lang,
            "other": other,
            "made_on": said.made_on(self.language, report.produced_on),
            "links": links,
            "changed": changed,
            "cause": cause,
        }

    def _bar(self, coverage: Coverage, chapter: Chapter) -> Shown:
        value = Value(coverage.value, None, None, None, None, True, coverage.bound, coverage.evidence)
        reaches = chapter.is_territory or coverage.value >= self._floor
        alike = [each for each in chapter.coverage if each.measure == coverage.measure]
        return {
            "label": said.coverage_label(self.language, coverage.measure, coverage.evidence if len(alike) > 1 else ""),
            "amount": words.amount(self.language, value, "share"),
            "width": f"{min(_FULL, _FULL * coverage.value):.0f}%",
            "reaches": reaches,
            "note": "" if reaches else said.under_the_floor(self.language),
        }

    def _summary(self, period: str) -> Shown:
        chapters = self.contents.periods[period]
        whole = next((chapter for chapter in chapters if chapter.is_territory), None)
        return {
            "name": period_name(self.language, period),
            "href": self.link(addresses.of_period(period, self.language.code)),
            "counted": self.language.count("{number} école", "{number} écoles", sum(not each.is_territory for each in chapters)),
            "coverage": [self._bar(each, whole) for each in whole.coverage] if whole else [],
        }

    def _line(self, key: tuple[str, str, str, str], places: set[str]) -> Shown:
        day, period, kind, topic = key
        title = _name(self.language.code, kind, topic)
        return {
            "day": day,
            "date": self.language.date(dt.date.fromisoformat(day)),
            "period_name": period_name(self.language, period),
            "href": self.link(addresses.of_period(period, self.language.code)),
            "text": said.news_item(self.language, title, len(places - {TERRITORY})),
        }


@cache
def _name(lang: str, kind: str, topic: str) -> str:
    """What a kind of report is called, asked for thousands of times on the pages of a large town."""
    return said.report_name(Language(lang), kind, topic)


def _by_day(lines: Sequence[Shown]) -> list[Shown]:
    days: dict[str, list[Shown]] = {}
    for line in lines:
        days.setdefault(line["day"], []).append(line)
    return [{"day": day, "date": found[0]["date"], "lines": found} for day, found in days.items()]
