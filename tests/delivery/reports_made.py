"""Reports that stand, as the runner leaves them: files and a manifest for each period."""

import datetime as dt
from pathlib import Path

from analysis.config import Config
from analysis.files import sha256_of
from analysis.reports.manifest import read_manifest, write_manifest
from tests.delivery.mail_server import SCHOOL

DAY = dt.date(2025, 10, 2)
NAMES = {SCHOOL: "École Jean Moulin", "0990002B": "École des Tilleuls", "territory": "Valmont"}


def make(
    config: Config,
    uai: str = SCHOOL,
    kind: str = "usage",
    period: str = "2025-09",
    figures: str = "a",
    lang: str = "fr",
    day: dt.date = DAY,
    changed: dict | None = None,
) -> Path:
    """A report whose PDF says what it is; returns that PDF. `changed`: what it shows otherwise than the edition before."""
    folder = config.reports_dir / period
    name = kind if lang == "fr" else f"{kind}.{lang}"
    files = []
    for form in ("pdf", "html"):
        path = folder / uai / f"{name}.{form}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"%PDF {uai} {kind} {period} {lang} {figures} {day}\r\n.\r\n..\r\n".encode())
        files.append({"format": form, "path": f"{uai}/{name}.{form}", "sha256": sha256_of(path)})
    entry = {
        "kind": kind,
        "uai": uai,
        "lang": lang,
        "school": NAMES[uai],
        "topic": {"fr": "usage des tablettes", "en": "use of tablets"}[lang],
        "period_label": {"fr": "septembre 2025", "en": "September 2025"}[lang],
        "produced_on": day.isoformat(),
        "is_invented": False,
        "inputs": {"published": figures},
        "files": files,
        **({"changed": changed} if changed else {}),
    }
    write_manifest(folder, [entry], {}, "")
    assert read_manifest(folder)
    return folder / uai / f"{name}.pdf"
