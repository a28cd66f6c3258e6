"""Where the data come from, how durations are known, and the days to read with care."""

import datetime as dt

from analysis.reports.school import School, Source, Span
from analysis.reports.sentences.systems import are_days_alone, device, devices, stands_for
from analysis.reports.sentences.words import amount
from analysis.reports.sentences.words import evidence as evidence_words


def equipped(school: School) -> str:
    """Which share of the pupils has a tablet of their own; empty when it may not be said."""
    share = school.value("equipped_share", evidence="")
    if share is None or not share.shown or not school.has_individual:
        return ""
    language = school.language
    return language.say("Part des élèves inscrits qui ont une tablette à eux : {share}.", share=amount(language, share, "share"))


def evidence(school: School) -> str:
    """How the use of this school's tablets is known, in two sentences at most."""
    say = school.language.say
    known = {
        "foreground": _foreground(school),
        "active": _active(school),
        "network": say(
            "Le réseau note les minutes où une tablette demande un site pour la classe : une borne basse, sans le travail hors connexion."
        ),
        "checkin": _seen(school),
    }
    if said := known.get(school.evidence or school.shared_evidence):
        return said
    return say("Aucune durée de tablette n'est connue ici.")


def _foreground(school: School) -> str:
    language, system = school.language, school.system()
    if system in ("mac", "chromebook") or are_days_alone(school):
        known = language.say(
            "Chaque {device} note ses minutes par application, jour par jour, sans les heures.", device=device(language, system)
        )
        return f"{known} {stands_for(school)}".strip()
    return language.say("Chaque tablette note l'heure où une application passe au premier plan et celle où elle le quitte.")


def _active(school: School) -> str:
    say, system = school.language.say, school.system()
    if system == "chromebook":
        return say("Chaque Chromebook note ses minutes d'activité, jour par jour. Ici, « tablette » veut dire Chromebook.")
    if system == "android":
        return say("Chaque appareil note quand il est déverrouillé et quand il se verrouille : un temps d'activité, sans les applications.")
    return say("Chaque appareil note ses minutes d'activité, jour par jour.")


def _seen(school: School) -> str:
    language = school.language
    known = language.say(
        "L'outil de gestion voit les {devices} se connecter. Il ne sait pas combien de temps ils servent.",
        devices=devices(language, school.system()),
    )
    return f"{known} {stands_for(school)}".strip()


def sources(school: School) -> list[str]:
    """One line for each export: its title, its days, what it tells."""
    return [_source(school, source) for source in school.sources]


def _source(school: School, source: Source) -> str:
    language, say = school.language, school.language.say
    title, known = source.title, evidence_words(language, source.evidence) if source.evidence else ""
    if source.first_day is None or source.last_day is None:
        return say("{title} : {evidence}.", title=title, evidence=known) if known else say("{title}.", title=title)
    first, last = language.date(source.first_day), language.date(source.last_day)
    if not known:
        return say("{title}, du {first} au {last}.", title=title, first=first, last=last)
    return say("{title}, du {first} au {last} : {evidence}.", title=title, first=first, last=last, evidence=known)


def breaks(school: School) -> list[str]:
    """Series breaks and known-bad windows that touch the days of the period that have data."""
    end = school.period.get("data_to")
    return [_break(school, span) for span in school.notes if not isinstance(end, dt.date) or span.first <= end]


def _break(school: School, span: Span) -> str:
    language, say = school.language, school.language.say
    first, last = language.date(span.first), language.date(span.last or span.first)
    known = {
        "ent_one_session_id": say(
            "ENT ONE, du {first} au {last} : l'export perd l'identifiant de session. Avant et après se comparent mal.",
            first=first,
            last=last,
        ),
        "ent_one_access_dedup": say(
            "ENT ONE, depuis le {first} : un accès répété au même service n'est plus compté. Avant et après se comparent mal.",
            first=first,
        ),
        "ent_one_statistics_defect": say(
            "ENT ONE, statistiques du {first} au {last} : l'éditeur les déclare fausses. Elles ne doivent pas servir.",
            first=first,
            last=last,
        ),
        "dnma_method": say(
            "DNMA : à la rentrée {year}, la façon de compter a changé. Avant et après ne se comparent pas.", year=span.first.year
        ),
    }
    general = say("Du {first} au {last}, la façon de compter change : avant, pendant et après ne se comparent pas.", first=first, last=last)
    return known.get(span.name, general)
