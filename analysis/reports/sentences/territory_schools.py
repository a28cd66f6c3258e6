"""A school of the territory in a few words: its kind of tablets, or why it has no curve."""

from collections.abc import Sequence

from analysis.reports.school import School
from analysis.reports.sentences import withheld, words
from analysis.reports.sentences.systems import device, devices
from analysis.reports.sentences.words import capital
from analysis.reports.territory import Territory

_DRAWN = ("minutes_per_pupil_day", "median_minutes_active_day", "share_pupil_days_used", "coverage")


def kind_of_school(school: School) -> str:
    """The kind of tablets and how they are known: `Android, mesuré · couverture 94 %`."""
    say, language = school.language.say, school.language
    if not school.has_individual:
        return say("tablettes partagées") if school.has_shared else say("aucune tablette connue")
    if not school.evidence:
        return say("Tablette")
    how = {"checkin": say("vus sans durée"), "network": say("par le réseau")}.get(school.evidence, say("mesuré"))
    seen = capital(devices(language, school.system()))
    name = f"{seen if school.evidence == 'checkin' else kind_in_a_word(school)}, {how}"
    coverage = school.coverage
    if coverage is None or not coverage.shown or school.evidence == "checkin":
        return name
    return say("{name} · couv. {share}", name=name, share=words.big(language, coverage, "share"))


def seen_only(territory: Territory) -> str:
    """The devices of the schools where none tells a duration, to follow "les": `iPad` where all are; `appareils` where they differ."""
    found = {school.system() for school in territory.schools if school.evidence == "checkin"} or {"ipad"}
    return devices(territory.language, found.pop() if len(found) == 1 else "")


def short_names(schools: Sequence[School]) -> list[str]:
    """The names for a drawing, without the first words that all of them share, such as "École élémentaire"; one name stays whole."""
    split = [school.language.typeset(school.name).split(" ") for school in schools]
    shared = 0
    while len(split) > 1 and all(len(words) > shared + 1 for words in split) and len({words[shared] for words in split}) == 1:
        shared += 1
    return [" ".join(words[shared:]) for words in split]


def kind_in_a_word(school: School) -> str:
    """`Android`, `Chromebook`, `iPad`, `partagées`, for a narrow column."""
    say = school.language.say
    if not school.has_individual:
        return say("partagées") if school.has_shared else "–"
    if not school.evidence:
        return "–"
    return "Android" if school.system() == "android" else capital(device(school.language, school.system()))


def why_no_curve(school: School) -> str:
    """What stands in place of a curve: `données insuffisantes`, `non publié`, or that there is nothing to draw."""
    say = school.language.say
    if school.has_shared and not school.has_individual:
        return say("pas de minutes par élève")
    reasons = {value.reason for (measure, *_), value in school.cells.items() if measure in _DRAWN and not value.shown}
    if "coverage" in reasons:
        return withheld.phrase(school, "coverage")
    if reasons:
        return withheld.phrase(school, "small" if reasons & {"small", "steady"} else "")
    return say("aucune donnée")
