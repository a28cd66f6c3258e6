"""Folders of reports that a portal can be made of, written by hand: manifests, and files that hold nothing but their name."""

from pathlib import Path
from typing import Any

from analysis.config import Config
from analysis.reports.manifest import write_manifest
from analysis.reports.orders import FORMATS
from analysis.reports.published import TERRITORY

TOPICS = {"usage": "usage des tablettes", "equity": "équité de l’équipement et de l’usage", "territory": "bilan du territoire"}
Figures = dict[str, Any]


def town(folder: Path, is_invented: bool = True) -> Config:
    """Three schools in a trimester, two of them also in a month; the territory in both; one report in English; one that has no PDF."""
    config = Config(data_dir=folder / "data", reports_dir=folder / "reports", territory="Valmont")
    schools = (("9980001A", "École Jean-Moulin", "Valmont"), ("9980002B", "École de l’Œuvre", "Bourg-Hélène"), ("9980003C", "Zola", ""))
    autumn = [entry(config, "2025-T1", uai, name, commune, on="2026-01-12") for uai, name, commune in schools]
    autumn.append(entry(config, "2025-T1", "9980001A", "École Jean-Moulin", "Valmont", lang="en", on="2026-02-03"))
    autumn.append(entry(config, "2025-T1", TERRITORY, "Valmont", "Valmont", kind="territory", on="2026-01-12"))
    autumn.append(
        entry(config, "2025-T1", "9980002B", "École de l’Œuvre", "Bourg-Hélène", kind="equity", formats=("html",), on="2026-01-12")
    )
    of_autumn = {
        "9980001A": figures(320, {"small": 5, "complement": 2}, coverage("coverage", 0.94)),
        "9980002B": figures(41, {"coverage": 30}, coverage("coverage", 0.28)),
        "9980003C": figures(0, {"small": 12, "of_a_newer_version": 1}),
        TERRITORY: figures(
            600, {}, coverage("coverage", 0.95), coverage("coverage", 0.9, "checkin"), coverage("coverage_shared", 0.95, bound="at_least")
        ),
    }
    write(config, "2025-T1", autumn, of_autumn, is_invented)
    october = [entry(config, "2025-10", uai, name, commune, on="2025-11-05") for uai, name, commune in schools[:2]]
    write(config, "2025-10", october, {"9980001A": figures(100, {})}, is_invented)
    return config


def large(folder: Path, schools: int, periods: tuple[str, ...]) -> Config:
    """Many schools, each with three reports of two formats in every period."""
    config = Config(data_dir=folder / "data", reports_dir=folder / "reports", territory="Département")
    for period in periods:
        places = [(f"{9900000 + number}X", f"École {number} du Département", f"Commune {number % 60}") for number in range(schools)]
        entries = [
            entry(config, period, *place, kind=kind, on="2026-01-12") for place in places for kind in ("usage", "adoption", "equity")
        ]
        entries.append(entry(config, period, TERRITORY, "Département", "", kind="territory", on="2026-01-12"))
        found = {uai: figures(330, {"small": 20, "complement": 9}, coverage("coverage", 0.9)) for uai, *_ in places}
        write(config, period, entries, found, True)
    return config


def entry(
    config: Config,
    period: str,
    uai: str,
    name: str,
    commune: str,
    kind: str = "usage",
    lang: str = "fr",
    formats: tuple[str, ...] = FORMATS,
    on: str = "",
) -> dict[str, Any]:
    """A report in a manifest; its files stand."""
    ending = "" if lang == "fr" else f".{lang}"
    files = [{"format": each, "path": f"{uai}/{kind}{ending}.{each}", "sha256": ""} for each in formats]
    for file in files:
        path = config.reports_dir / period / file["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    about = {"kind": kind, "uai": uai, "lang": lang, "school": name, "commune": commune, "topic": TOPICS.get(kind, kind)}
    return {**about, "period_label": period, "produced_on": on, "inputs": {}, "files": files}


def figures(shown: int, withheld: dict[str, int], *covered: Figures) -> Figures:
    """What a manifest says of the figures of a place: how many are shown, those that are withheld, the coverage."""
    kept = [
        {"measure": "m", "breakdown": "b", "category": str(i), "evidence": "", "reason": r}
        for r, number in withheld.items()
        for i in range(number)
    ]
    return {"shown": {"coverage": shown}, "withheld": kept, "coverage": list(covered)}


def coverage(measure: str, value: float, evidence: str = "foreground", bound: str = "") -> Figures:
    """A published share of tablet-days."""
    return {"measure": measure, "evidence": evidence, "value": value, "bound": bound}


def write(config: Config, period: str, entries: list[dict[str, Any]], found: Figures, is_invented: bool) -> None:
    """The manifest of a period."""
    write_manifest(config.reports_dir / period, [{**each, "is_invented": is_invented} for each in entries], found, "")
