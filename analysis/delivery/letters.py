"""The words of the mails: to a head teacher, to the town, to the operator. None says anything about a person, or repeats words from data
but the names of schools and territories.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.alerts.find import Alert
from analysis.config import Config
from analysis.delivery.released import Report
from analysis.foreign_text import label
from analysis.reports.language import Language, alphabetical
from analysis.reports.published import TERRITORY
from analysis.reports.sentences.alerts import alert_line
from analysis.reports.sentences.changed import changed_lines
from analysis.reports.sentences.covers import cover
from analysis.reports.sentences.periods import period_name
from analysis.schedule.journal import Run, Step, Undone

_NAMED = 12  # schools: a longer list is counted


@dataclass(frozen=True)
class Letter:
    """Subject and text of a mail."""

    subject: str
    text: str


def to_school(reports: Sequence[Report], sent: Mapping[str, str], lang: str, config: Config) -> Letter:
    """What goes with the reports of a school on a period; `sent`: by name, the figures of the editions that were sent before.

    What has changed is told where it was the edition before this one that was sent.
    """
    language, first = Language(lang), reports[0]
    say = language.say
    intro = language.count(
        "Voici {number} rapport sur les tablettes pour {school} ({period}), en pièce jointe :",
        "Voici {number} rapports sur les tablettes pour {school} ({period}), en pièces jointes :",
        len(reports),
        school=first.school,
        period=first.period_label,
    )
    again = say(" (des chiffres ont changé : il remplace celui que vous avez reçu)")
    lines = [f"- {report.title}{again if report.name in sent else ''}" for report in reports]
    changed = [line for each in reports if each.changed.get("since", "") == sent.get(each.name) for line in _changed(each, language)]
    explained = say(
        "Chaque rapport dit sur quelles données il repose et ce qu'il ne peut pas montrer. Aucun chiffre n'y porte sur une personne."
    )
    question = [say("Une question ? Écrivez à {contact}.", contact=config.contact)] if config.contact else []
    subject = say("{school} : rapports sur les tablettes, {period}", school=first.school, period=first.period_label)
    text = [*_mark(reports, language), say("Bonjour,"), "\n".join([intro, *lines]), *changed, explained, *question, _end(language, config)]
    return Letter(subject, "\n\n".join(text) + "\n")


def _changed(report: Report, language: Language) -> list[str]:
    lines, cause = changed_lines(language, report.kind, report.changed)
    if not lines:
        return []
    return ["\n".join([language.say("Ce qui a changé ({what}) :", what=report.topic), *(f"- {line}" for line in lines), cause])]


def to_town(
    made: Sequence[Report], undone: Sequence[Undone], homeless: Sequence[Report], alerts: Sequence[Alert], run: Run | None, config: Config
) -> Letter:
    """What was made since the last such mail, what could not be, which schools have no address (one report of each), and the alerts."""
    language = Language(config.language)
    say = language.say
    subject = language.count(
        "{territory} : {number} rapport fait", "{territory} : {number} rapports faits", len(made), territory=_place(config)
    )
    if not made and not undone:
        subject = say("Cartable, {territory} : à regarder", territory=_place(config))
    parts = [*_mark(made, language), say("Bonjour,")]
    if made:
        parts.append("\n".join([say("Faits depuis le dernier message :"), *_made(made, language)]))
    if undone:
        parts.append("\n".join([say("N'ont pas pu être faits :"), *(f"- {undone_line(each, language)}" for each in undone)]))
    if homeless:
        names = [f"- {report.school} ({report.uai})" for report in _by_school(homeless)]
        parts.append(
            "\n".join([say("Ces écoles n'ont pas d'adresse dans la liste, et leurs rapports n'ont été envoyés à personne :"), *names])
        )
    parts += _to_look_at(alerts, language)
    parts += [f"{line}." for line in _of_steps(run.steps if run else (), language)]
    return Letter(subject, "\n\n".join([*parts, _end(language, config)]) + "\n")


def to_operator(run: Run, broken_off: str, since: str, alerts: Sequence[Alert], config: Config) -> Letter:
    """What failed in a run, step by step, and the alerts that are for the operator; `broken_off` and `since` are instants, or empty.

    The causes stay on the machine.
    """
    language = Language(config.language)
    say = language.say
    facts = _of_steps(run.steps, language) + [undone_line(each, language) for step in run.steps for each in step.undone]
    if broken_off:
        facts.append(say("l'exécution du {day} s'est interrompue avant sa fin", day=_day(broken_off, language)))
    subject = language.count(
        "Cartable, {territory} : {number} panne", "Cartable, {territory} : {number} pannes", len(facts), territory=_place(config)
    )
    to_look_at = _to_look_at(alerts, language)
    if not facts:
        return Letter(
            say("Cartable, {territory} : à regarder", territory=_place(config)), "\n\n".join([*to_look_at, _end(language, config)]) + "\n"
        )
    detail = say(
        "Chaque cause est dite par la commande « cartable status » et dans data/runs/runs.log. Elle n'est pas répétée ici : le nom d'un "
        "fichier peut être celui d'une personne. Ce qui a échoué est tenté de nouveau à la prochaine exécution."
    )
    once = say("Tant que rien ne change, ce message n'est pas répété.")
    began = [say("Ainsi depuis le {day}.", day=_day(since, language))] if since else []
    text = ["\n".join(f"- {fact}" for fact in facts), *began, detail, once, *to_look_at, _end(language, config)]
    return Letter(subject, "\n\n".join(text) + "\n")


def undone_line(undone: Undone, language: Language) -> str:
    """One report that could not be made, and why."""
    say = language.say
    causes = {
        True: say("retenu par le contrôle de confidentialité, pour qu'aucun chiffre d'un petit groupe ne se devine"),
        False: say("panne ; la personne qui exploite Cartable en a le détail"),
    }
    place = say("le territoire") if undone.uai == TERRITORY else f"{label(undone.school)} ({undone.uai})"
    what = _topic(undone.kind, language)
    period = period_name(language, undone.period)
    return say("{place}, {what}, {period} : {cause}", place=place, what=what, period=period, cause=causes[undone.is_refused])


def _to_look_at(alerts: Sequence[Alert], language: Language) -> list[str]:
    return ["\n".join([language.say("À regarder :"), *(f"- {alert_line(language, alert)}" for alert in alerts)])] if alerts else []


def _topic(kind: str, language: Language) -> str:
    try:
        return cover(language, kind, "")[1]
    except ValueError:
        return kind  # a town's own notebook


def _made(made: Sequence[Report], language: Language) -> list[str]:
    groups: dict[tuple[str, str, str], list[Report]] = defaultdict(list)
    for report in made:
        groups[report.period, report.kind, report.lang].append(report)
    return [f"- {_group(groups[key], language)}" for key in sorted(groups)]


def _group(reports: list[Report], language: Language) -> str:
    what = f"{reports[0].title}, {period_name(language, reports[0].period)}"
    schools = [report for report in reports if report.is_of_a_school]
    if not schools:
        return what
    if len(schools) > _NAMED:
        return language.count("{what} : {number} école", "{what} : {number} écoles", len(schools), what=what)
    return language.say("{what} : {schools}", what=what, schools=", ".join(report.school for report in _by_school(schools)))


def _by_school(reports: Sequence[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: (alphabetical(report.school), report.uai))


def _of_steps(steps: Sequence[Step], language: Language) -> list[str]:
    """What failed at each step but the reports, which are told one by one where they are known."""
    count, say = language.count, language.say
    found = []
    for step in (step for step in steps if step.faults):
        number = len(step.faults)
        match step.name, step.outcome:
            case "ingest", "in part":
                found.append(count("{number} fichier déposé n'a pas été lu", "{number} fichiers déposés n'ont pas été lus", number))
            case "ingest", _:
                found.append(say("la lecture des fichiers déposés s'est arrêtée"))
            case "build", _:
                found.append(say("les chiffres n'ont pas pu être mis à jour : ceux d'avant restent"))
            case "report", "failed":
                found.append(say("les rapports n'ont pas pu être faits : ceux d'avant restent"))
            case "deliver", _:
                found.append(count("{number} remise n'a pas abouti", "{number} remises n'ont pas abouti", number))
    return found


def _mark(reports: Sequence[Report], language: Language) -> list[str]:
    return [language.say("DONNÉES INVENTÉES")] if any(report.is_invented for report in reports) else []


def _end(language: Language, config: Config) -> str:
    sent = language.say("Message envoyé automatiquement par Cartable. Il ne dit rien d'une personne et rien n'y suit sa lecture.")
    return f"{sent}\n{_place(config)}"


def _place(config: Config) -> str:
    return label(config.territory)


def _day(instant: str, language: Language) -> str:
    return language.date(dt.datetime.fromisoformat(instant).date())
