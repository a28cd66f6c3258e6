"""The words of the portal's pages."""

import datetime as dt
from contextlib import suppress

from analysis.reports.language import Language
from analysis.reports.school import School
from analysis.reports.sentences import withheld, words
from analysis.reports.sentences.covers import cover
from analysis.reports.sentences.methods import coverage


def labels(language: Language) -> dict[str, str]:
    """Headings, labels and links that are the same on every page, by the names that the templates use."""
    say = language.say
    return {
        "skip": say("Aller au contenu"),
        "mark": say("DONNÉES INVENTÉES"),
        "title": say("Rapports sur les tablettes"),
        "subtitle": say("Une école, une période, un rapport : en PDF accessible ou en page web."),
        "on_this_page": say("Sur cette page"),
        "home": say("Tous les rapports"),
        "find": say("Trouver une école"),
        "search": say("Nom, commune ou code UAI"),
        "hint": say("La liste se réduit à chaque lettre. Entrée mène à la première école trouvée."),
        "none": say("Aucune école trouvée."),
        "one": say("Une école trouvée."),
        "many": say("{number} écoles trouvées.", number="#"),
        "all_schools": say("Toutes les écoles"),
        "news": say("Nouveautés"),
        "news_note": say("Les rapports faits ou refaits, le plus récent d'abord."),
        "older": say("Plus anciens"),
        "changed": say("Ce qui a changé depuis l'édition d'avant :"),
        "periods": say("Choisir une période"),
        "periods_note": say("Chaque période a sa page : le territoire, puis chaque école."),
        "no_report": say("Aucun rapport pour l'instant."),
        "territory": say("Le territoire"),
        "schools": say("Les écoles"),
        "not_ranked": say("Les écoles sont dans l'ordre des noms. Cet ordre ne dit rien de leur usage."),
        "coverage": say("Ce qui est arrivé des tablettes"),
        "coverage_note": coverage(language),
        "no_coverage": say("Couverture : aucun chiffre publié."),
        "withheld": say("Ce qui n'a pas pu être montré, et pourquoi"),
        "method": say("Comment les chiffres sont faits et protégés"),
        "method_note": say("La méthode est celle que chaque rapport donne à sa dernière page."),
        "protection": say("Pourquoi un chiffre n'est pas publié"),
        "every_period": say("Le territoire, toutes les périodes"),
    }


def report_name(language: Language, kind: str, topic: str) -> str:
    """`Usage des tablettes`; `topic` is what a report that has no words of its own here says that it is about."""
    with suppress(ValueError):  # a notebook of the town's own
        topic = cover(language, kind, "")[1]
    return topic[:1].upper() + topic[1:]


def before_links(language: Language, title: str, other: str) -> str:
    """`Usage des tablettes :` or `Usage des tablettes (en anglais) :`, before the links to a report."""
    return language.say("{title} :", title=f"{title} ({other})" if other else title)


def other_language(language: Language, lang: str) -> str:
    """That a report is not in the language of the page; empty where it is."""
    if lang == language.code:
        return ""
    return language.say("en anglais") if lang == "en" else language.say("en français")


def format_name(language: Language, name: str) -> str:
    """`PDF` or `page web`."""
    return {"pdf": "PDF", "html": language.say("page web")}[name]


def made_on(language: Language, day: str) -> str:
    """`fait le 5 janvier 2026`."""
    return language.say("fait le {date}", date=language.date(dt.date.fromisoformat(day)))


def news_item(language: Language, title: str, schools: int) -> str:
    """`Usage des tablettes : 12 écoles`; the title alone for a report of the territory, of which there is one."""
    counted = language.count("{number} école", "{number} écoles", schools)
    return language.say("{title} : {counted}", title=title, counted=counted) if schools else title


def coverage_label(language: Language, measure: str, evidence: str = "") -> str:
    """Whose tablets; with an `evidence`, also how they are known, where one place has several."""
    say = language.say
    whose = say("tablettes partagées") if measure == "coverage_shared" else say("tablettes confiées à des élèves")
    return say("{tablets}, {evidence}", tablets=whose, evidence=words.evidence(language, evidence)) if evidence else whose


def under_the_floor(language: Language) -> str:
    """Beside a coverage that is too low for what the tablets would tell."""
    return language.say("trop peu pour publier les usages des tablettes")


def balance(language: Language, shown: int, hidden: int) -> str:
    """How many figures of a place and period are published and how many are not."""
    published = language.count("{number} chiffre publié", "{number} chiffres publiés", shown)
    if not hidden:
        return language.say("{published}, aucun n'est retenu.", published=published)
    return language.say("{published}, {held}.", published=published, held=not_published(language, hidden))


def not_published(language: Language, hidden: int) -> str:
    """`18 chiffres non publiés`."""
    return language.count("{number} chiffre non publié", "{number} chiffres non publiés", hidden)


def why(settings: School, counts: dict[str, int]) -> list[str]:
    """One line for each reason, with the number of figures that it keeps back, in the order of the reports.

    `settings`: any place that bears the settings of the reports.
    """
    language = settings.language
    known = [reason for reason in withheld.REASONS if counts.get(reason)]
    others = sum(counts.values()) - sum(counts[reason] for reason in known)
    lines = [withheld.explained(settings, reason, _figures(language, counts[reason])) for reason in known]
    return [*lines, *([language.say("Pour une autre raison : {parts}.", parts=_figures(language, others))] if others else [])]


def every_reason(settings: School) -> list[str]:
    """Each reason that may keep a figure back, in a sentence."""
    kept = settings.language.say("le chiffre n'est pas publié")
    return [withheld.explained(settings, reason, kept) for reason in withheld.REASONS]


def _figures(language: Language, number: int) -> str:
    return language.count("{number} chiffre", "{number} chiffres", number)
