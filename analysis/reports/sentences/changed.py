"""What has changed in a report that was made again, in words."""

from collections.abc import Mapping
from typing import Any

from analysis.reports.language import Language
from analysis.reports.school import Value
from analysis.reports.sentences import words


def changed_lines(language: Language, kind: str, changed: Mapping[str, Any]) -> tuple[list[str], str]:
    """One line for each of the report's main figures that has changed, and why, as far as it is known; both empty where none has.

    `changed`: that of the manifest, with `figures` and `is_upgraded`.
    """
    names = _names(language).get(kind, {})
    lines = [_line(language, names[each["measure"]], each) for each in changed.get("figures", []) if each["measure"] in names]
    return lines, _why(language, changed) if lines else ""


def _names(language: Language) -> dict[str, dict[str, str]]:
    say = language.say
    return {
        "usage": {
            "minutes_per_pupil_day": say("minutes par élève et par jour d'école"),
            "median_minutes_active_day": say("durée médiane d'un jour d'usage"),
            "share_pupil_days_used": say("jours d'école où la tablette sert"),
            "share_pupil_days_over_30": say("jours d'école de plus de 30 minutes"),
            "share_minutes_in_school": say("part du temps pendant la classe"),
            "share_device_days_used": say("jours d'école où une tablette partagée sert"),
            "minutes_per_device_day": say("minutes par tablette partagée et par jour d'école"),
            "coverage": say("part des données reçues des tablettes des élèves"),
        },
        "adoption": {
            "equipped_share": say("élèves équipés"),
            "regular_share": say("élèves dont l'usage est régulier"),
            "coverage": say("part des données reçues des tablettes des élèves"),
        },
        "equity": {
            "minutes_per_pupil_day": say("minutes par élève et par jour d'école"),
            "gini_minutes": say("indice de Gini des minutes"),
        },
    }


def _line(language: Language, name: str, figure: Mapping[str, Any]) -> str:
    say, unit = language.say, figure["unit"]
    before = _amount(language, figure["before"], figure["before_reason"], unit)
    if figure["now"] is None:
        return say("{name} : {before}, et maintenant non publié", name=name, before=before)
    return say(
        "{name} : {before}, et maintenant {now}", name=name, before=before, now=_amount(language, figure["now"], figure["now_reason"], unit)
    )


def _amount(language: Language, value: float, reason: str, unit: str) -> str:
    if unit in ("minutes", "share"):
        return words.amount(language, Value(value, None, None, None, None, True, reason, ""), unit)
    return language.number(value, 2)


def _why(language: Language, changed: Mapping[str, Any]) -> str:
    if changed["is_upgraded"]:
        return language.say("Cause : des données arrivées ou corrigées depuis, ou la nouvelle version de Cartable.")
    return language.say("Cause : des données arrivées, corrigées ou effacées depuis.")
