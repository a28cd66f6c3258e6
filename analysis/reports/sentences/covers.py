"""What each kind of report is about: the line under its title, and the topic in its header and in the portal."""

from analysis.reports.language import Language


def cover(language: Language, kind: str, period: str) -> tuple[str, str]:
    """Subtitle and topic of a kind of report; `period` is in words. Raises ValueError for a kind that has none."""
    say = language.say
    known = {
        "usage": (say("Usage des tablettes en classe et à la maison · {period}", period=period), say("usage des tablettes")),
        "adoption": (say("Adoption des tablettes et de l'ENT · {period}", period=period), say("adoption des tablettes et de l'ENT")),
        "equity": (
            say("Équité de l'équipement et de l'usage · {period}", period=period),
            say("équité de l'équipement et de l'usage"),
        ),
        "dossier": (say("Dossier du conseil d'école · {period}", period=period), say("dossier du conseil d'école")),
        "leaflet": (say("La tablette à l'école · {period}", period=period), say("feuillet pour les familles")),
        "territory": (
            say("Les tablettes et l'ENT dans les écoles du territoire · {period}", period=period),
            say("bilan du territoire"),
        ),
        "outcomes": (say("Résultats des élèves et usage de la tablette · {period}", period=period), say("résultats et usage")),
        "quality": (say("Qualité des données reçues · {period}", period=period), say("qualité des données")),
    }
    if kind not in known:
        raise ValueError(f"there is no report {kind!r}; there are {', '.join(known)}")
    return known[kind]
