"""The groups of pupils that equity compares, and what a person calls them: girls and boys, social bands, internet at home..."""

from dataclasses import dataclass

from analysis.reports.language import Language
from analysis.reports.school import School, Value

TRAITS = ("sex", "social_band", "home_internet", "support", "take_home", "rep", "ips")
WITHIN_CLASS = ("sex", "social_band", "home_internet", "support")  # pupils of one class are compared; the others are whole classes
UNKNOWN = "unknown"
TERRITORY = "territory"
_ORDERS = {
    "sex": ("F", "M"),
    "home_internet": ("false", "true"),
    "support": ("true", "false"),
    "take_home": ("true", "false"),
    "rep": ("rep", "other"),
    "ips": ("low", "middle", "high"),
}


@dataclass(frozen=True)
class Pair:
    """Two groups in words. A gap is `here` minus `others`; `in_favour` and `against` are the ends of a scale of it."""

    breakdown: str
    category: str
    here: str
    others: str
    in_favour: str
    against: str

    @property
    def is_within_class(self) -> bool:
        """The two groups sit in the same classes."""
        return self.breakdown in WITHIN_CLASS


def gaps(school: School, measure: str) -> list[tuple[Pair, Value]]:
    """The published gaps of a measure, withheld ones included, in the order of the traits."""
    found = [(trait, category, value) for trait in TRAITS for category, value in school.series(measure, trait)]
    return [(pair(school.language, trait, category), value) for trait, category, value in found if category != UNKNOWN]


def groups(school: School, measure: str, breakdown: str) -> list[tuple[str, Value]]:
    """The groups of a breakdown by their names, in the town's order of bands, or ours; without those of whom nothing is known."""
    known = [(category, value) for category, value in school.series(measure, breakdown) if category != UNKNOWN]
    order = bands(school) if breakdown == "social_band" else _ORDERS.get(breakdown, ())
    known.sort(key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
    return [(group(school.language, breakdown, category), value) for category, value in known]


def bands(school: School) -> tuple[str, ...]:
    """The social bands of the town, most favoured first."""
    return tuple(filter(None, school.settings.get("social_bands", "").split("|")))


def is_territory(school: School) -> bool:
    """All schools together: intervals are then over schools, not over classes."""
    return school.uai == TERRITORY


def has_unknown(school: School, breakdown: str) -> bool:
    """Some pupils have no value for this trait."""
    return any(key[1:3] == (breakdown, UNKNOWN) for key in school.cells)


def pair(language: Language, breakdown: str, category: str) -> Pair:
    """The two groups that a gap compares. Raises KeyError for a breakdown that is no trait."""
    say = language.say
    others = say("les autres")
    band = _band(language, category)
    words = {
        "sex": (say("les filles"), say("les garçons"), say("aux filles"), say("aux garçons")),
        "social_band": (say("les élèves de {band}", band=band), others, say("au {band}", band=band), say("aux autres")),
        "home_internet": (
            say("les élèves sans internet à la maison"),
            others,
            say("à ceux sans internet"),
            say("à ceux qui ont internet"),
        ),
        "support": (say("les élèves accompagnés par un plan"), others, say("aux élèves accompagnés"), say("aux autres")),
        "take_home": (
            say("les élèves qui l'emportent chez eux"),
            others,
            say("à ceux qui l'emportent"),
            say("à ceux qui la laissent"),
        ),
        "rep": (
            say("les élèves de l'éducation prioritaire"),
            others,
            say("à l'éducation prioritaire"),
            say("aux autres écoles"),
        ),
        "ips": (
            say("les élèves des écoles à IPS bas"),
            say("ceux des écoles à IPS haut"),
            say("aux écoles à IPS bas"),
            say("aux écoles à IPS haut"),
        ),
    }
    return Pair(breakdown, category, *words[breakdown])


def trait(language: Language, breakdown: str) -> str:
    """What tells the groups apart: `le milieu social`."""
    say = language.say
    return {
        "sex": say("le sexe"),
        "social_band": say("le milieu social"),
        "home_internet": say("internet à la maison"),
        "support": say("l'accompagnement"),
        "take_home": say("l'emport à la maison"),
        "rep": say("l'éducation prioritaire"),
        "ips": say("l'IPS de l'école"),
        "level": say("le niveau"),
    }[breakdown]


def group(language: Language, breakdown: str, category: str) -> str:
    """One group, as the first cell of a row."""
    say = language.say
    known = {
        ("sex", "F"): say("filles"),
        ("sex", "M"): say("garçons"),
        ("home_internet", "true"): say("avec internet à la maison"),
        ("home_internet", "false"): say("sans internet à la maison"),
        ("support", "true"): say("accompagnés par un plan"),
        ("support", "false"): say("sans plan d'accompagnement"),
        ("take_home", "true"): say("emportent la tablette"),
        ("take_home", "false"): say("la laissent à l'école"),
        ("rep", "rep"): say("éducation prioritaire"),
        ("rep", "other"): say("autres écoles"),
        ("ips", "low"): say("écoles à IPS bas"),
        ("ips", "middle"): say("écoles à IPS moyen"),
        ("ips", "high"): say("écoles à IPS haut"),
    }
    if breakdown == "social_band":
        return _band(language, category)
    return known.get((breakdown, category), category)


def _band(language: Language, name: str) -> str:
    """The four bands of the ministry in words; another town's band between quotation marks, as it writes it."""
    say = language.say
    known = {
        "très favorisée": say("milieu très favorisé"),
        "favorisée": say("milieu favorisé"),
        "moyenne": say("milieu moyen"),
        "défavorisée": say("milieu défavorisé"),
    }
    return known.get(name) or say("milieu « {name} »", name=name)
