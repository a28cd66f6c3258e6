"""What is asked for, checked: each order is one notebook, one school or the territory, one period, one language, with its inputs' hashes.

A notebook whose parameters have uai, period and lang is a report of a school; one with period and lang but no uai, of the territory.
One whose metadata say `{"cartable": {"periods": ["trimester"]}}` is made for periods of these kinds only.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import get_args

import nbformat
from nbformat import NotebookNode

from analysis.config import Config, PeriodKind
from analysis.errors import UserError
from analysis.files import sha256_of
from analysis.reports.language import LANGUAGES
from analysis.reports.logo import KINDS as WITH_LOGO
from analysis.reports.logo import read_logo
from analysis.reports.manifest import code_sha256
from analysis.reports.parameters import checked, schema_of
from analysis.reports.published import Reportable, default_period, fingerprint, opened, reportables, whole_territory

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
FORMATS = ("pdf", "html")
PERIOD_KINDS = frozenset(get_args(PeriodKind))
_NEEDED = {"period", "lang"}  # without them, a notebook is no report


@dataclass(frozen=True, eq=False)
class Order:
    """One report to make. `inputs` are SHA-256 of all that shapes it; `folder` is that of what it is about, in the period."""

    kind: str
    lang: str
    formats: tuple[str, ...]
    about: Reportable
    notebook: NotebookNode
    parameters: Mapping[str, object]
    inputs: Mapping[str, str]
    folder: Path

    @property
    def name(self) -> str:
        """The files' name without its ending: `usage`, `usage.en`."""
        return self.kind if self.lang == "fr" else f"{self.kind}.{self.lang}"

    @property
    def label(self) -> str:
        """What a person calls it in a message."""
        return f"{self.name}, {self.about.uai}, {self.about.period}"


@dataclass(frozen=True)
class Request:
    """What somebody asks for; empty kinds, schools or periods mean all kinds, all schools, the latest trimester with figures.

    Schools without kinds mean all kinds that are about a school.
    """

    kinds: Sequence[str] = ()
    schools: Sequence[str] = ()
    periods: Sequence[str] = ()
    lang: str = "fr"
    formats: Sequence[str] = FORMATS
    parameters: Mapping[str, object] | None = None


def report_kinds(notebooks: Path = NOTEBOOKS) -> dict[str, Path]:
    """The notebooks that are reports, by kind: those whose parameters have period and lang."""
    found = {path.stem: path for path in sorted(notebooks.glob("*.ipynb"))}
    return {kind: path for kind, path in found.items() if _parameters(path) >= _NEEDED}


def is_of_a_school(notebook: Path) -> bool:
    """Whether a report is about one school; else it is about the territory."""
    return "uai" in _parameters(notebook)


def period_kinds(notebook: Path) -> frozenset[str]:
    """The kinds of periods that a report is made for: month, trimester, stretch, year."""
    return frozenset(_read(notebook).metadata.get("cartable", {}).get("periods", PERIOD_KINDS))


def orders_of(request: Request, config: Config, notebooks: Path = NOTEBOOKS) -> list[Order]:
    """The orders of a request, those of the territory last. Raises UserError that lists what is valid, before anything is run."""
    _check_words(request)
    kinds = _kinds(request, report_kinds(notebooks))
    with opened(config.published) as database:
        schools = _wanted(request, reportables(database))
        periods = {each.period for each in schools}
        wanted = {True: schools, False: [each for each in whole_territory(database) if each.period in periods]}
        needed = [each for of_school in {is_of_a_school(path) for path in kinds.values()} for each in wanted[of_school]]
        prints = {each: fingerprint(database, each.uai, each.period) for each in needed}
    order = partial(_order, request, config)
    in_turn = sorted(kinds.items(), key=lambda pair: not is_of_a_school(pair[1]))
    ends = {kind: period_kinds(path) for kind, path in kinds.items()}
    pairs = [(kind, path, about) for kind, path in in_turn for about in wanted[is_of_a_school(path)] if about.kind in ends[kind]]
    _check_made(request, ends, {kind for kind, *_ in pairs})
    return [order(kind, path, about, prints[about]) for kind, path, about in pairs]


def _parameters(notebook: Path) -> set[str]:
    return set(schema_of(_read(notebook)).model_fields)


def _check_words(request: Request) -> None:
    if request.lang not in LANGUAGES:
        raise UserError(f"There is no language {request.lang!r}. Valid: {', '.join(LANGUAGES)}.")
    unknown = [each for each in request.formats if each not in FORMATS]
    if unknown or not request.formats:
        raise UserError(f"There is no format {', '.join(unknown) or '(none given)'}. Valid: {', '.join(FORMATS)}.")


def _kinds(request: Request, known: dict[str, Path]) -> dict[str, Path]:
    unknown = [kind for kind in request.kinds if kind not in known]
    if unknown:
        raise UserError(f"There is no report {', '.join(unknown)}. Valid: {', '.join(known) or 'none'}.")
    of_schools = {kind: path for kind, path in known.items() if not request.schools or is_of_a_school(path)}
    apart = [kind for kind in request.kinds if kind not in of_schools]
    if apart:
        valid = f"Leave --school out, or choose among {', '.join(of_schools) or 'none'}."
        raise UserError(f"The report {', '.join(apart)} is about the whole territory, not about one school. {valid}")
    return {kind: known[kind] for kind in request.kinds} if request.kinds else of_schools


def _wanted(request: Request, known: list[Reportable]) -> list[Reportable]:
    """The schools and periods asked for; a school that is not in a period has no report there."""
    in_schools = [each for each in known if not request.schools or each.uai in request.schools]
    _check_schools(request.schools, known)
    periods = list(request.periods) or [default_period(in_schools)]
    _check_periods(periods, in_schools)
    return [each for each in in_schools if each.period in periods]


def _check_schools(asked: Sequence[str], known: list[Reportable]) -> None:
    names = {each.uai: each.name for each in known}
    unknown = [uai for uai in asked if uai not in names]
    if unknown:
        listed = "; ".join(f"{uai} {name}" for uai, name in sorted(names.items(), key=lambda pair: pair[1]))
        raise UserError(f"There is no school {', '.join(unknown)} in the published figures. Valid: {listed or 'none'}.")


def _check_periods(asked: Sequence[str], known: list[Reportable]) -> None:
    valid = list(dict.fromkeys(each.period for each in known))
    unknown = [period for period in asked if period not in valid]
    if unknown:
        hints = " ".join(filter(None, map(_hint, unknown)))
        raise UserError(f"There is no period {', '.join(unknown)} for these schools. {hints}Valid: {', '.join(valid) or 'none'}.")


def _check_made(request: Request, ends: dict[str, frozenset[str]], made: set[str]) -> None:
    """Raises UserError for a kind asked for by name that is made for none of the periods asked for."""
    for kind in request.kinds:
        if kind not in made and ends[kind] < PERIOD_KINDS:
            raise UserError(f"The report {kind} is made for a {' or a '.join(sorted(ends[kind]))} only. Give --period, such as 2025-T1.")


def _hint(period: str) -> str:
    years = re.fullmatch(r"(\d{4})-(\d{4})", period)
    is_reversed = years is not None and int(years[1]) >= int(years[2])
    return "A school year begins before it ends, as in 2025-2026. " if is_reversed else ""


def _order(request: Request, config: Config, kind: str, path: Path, about: Reportable, published: str) -> Order:
    notebook = _read(path)
    place = {"uai": about.uai} if is_of_a_school(path) else {}
    asked = {**place, "period": about.period, "lang": request.lang, **(request.parameters or {})}
    given = checked(notebook, asked, kind)
    if "published" in schema_of(notebook).model_fields:
        given = {**given, "published": str(config.published)}
    inputs = {"published": published, "notebook": sha256_of(path), "code": code_sha256(), "parameters": repr(sorted(asked.items()))}
    if kind in WITH_LOGO and (logo := read_logo(config.logo)):
        inputs["logo"] = logo.sha256
    folder = config.reports_dir / about.period / about.uai
    return Order(kind, request.lang, tuple(request.formats), about, notebook, given, inputs, folder)


def _read(path: Path) -> NotebookNode:
    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, nbformat.ValidationError, nbformat.reader.NotJSONError):
        raise UserError(f"{path.name} is not a notebook that Jupyter can read. Restore it from the repository.") from None
