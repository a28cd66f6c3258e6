"""Académies and their zones of the school calendar, as the ministry's calendar names them."""

import csv
from functools import cache
from pathlib import Path

from analysis.calendar.model import zone_key
from analysis.errors import UserError

ACADEMIES = Path(__file__).parents[1] / "reference" / "academies.csv"


def zone_of(academy: str) -> str:
    """The zone of an académie, whatever its accents and capitals, or of a zone itself (`c`, `Zone C`); empty if it is neither."""
    return _zones().get(zone_key(academy).removeprefix("ACADEMIE DE ").strip(), "")


def known_zone(zone: str) -> str:
    """The zone as the calendar spells it. Raises UserError that lists the zones for anything else."""
    spelt = {zone_key(each): each for each in _zones().values()}
    if zone_key(zone) not in spelt:
        raise UserError(f"There is no zone of that name. Valid: {', '.join(sorted(spelt.values(), key=lambda each: (len(each), each)))}.")
    return spelt[zone_key(zone)]


@cache
def _zones() -> dict[str, str]:
    with ACADEMIES.open(encoding="utf-8", newline="") as lines:
        of_academies = {row["academie"]: row["zone"] for row in csv.DictReader(lines)}
    return {zone_key(name): zone for name, zone in [*of_academies.items(), *((zone, zone) for zone in of_academies.values())]}
