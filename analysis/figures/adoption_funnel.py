"""From having a tablet to using it week after week, as lengths out of 100 enrolled pupils."""

from analysis.figures.lengths import Length, chart
from analysis.figures.sheet import NOTHING, value_table
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences import adoption_titles as titles
from analysis.reports.sentences import withheld, words
from analysis.reports.sentences.adoption_values import tablets
from analysis.reports.sentences.adoption_words import basis

_STAGES = ("activated", "active", "regular")


def adoption_funnel(school: School, level: int = 2) -> blocks.Block:
    """Equipped, activated, active, regular; nothing unless the first and one of the others may be shown."""
    equipped = school.value("equipped_share", evidence="")
    found = {stage: tablets(school, "funnel_share", "stage", stage) for stage in _STAGES}
    stages = {stage: value for stage, value in found.items() if value is not None and value.shown}
    if equipped is None or not equipped.shown or not stages:
        return NOTHING
    say, rows = school.language.say, _rows(school.language, equipped, stages)
    listed = words.enumerated(school.language, [f"{row.name} {row.number}" for row in rows])
    names = [name for name, _ in _named(school.language).values()]
    table = value_table(
        school, say("Les chiffres : de l'équipement à l'usage régulier"), names, [equipped, *found.values()], "share", say("étape")
    )
    return blocks.figure(
        titles.funnel(school.language, equipped, stages),
        chart(rows),
        say("Barres, en part des élèves inscrits : {stages}.", stages=listed),
        _note(school, list(stages.values()), withheld.reasons_of(found.values())),
        table,
        level,
    )


def _named(language: Language) -> dict[str, tuple[str, str]]:
    """Name and definition of each stage, in a few words."""
    say = language.say
    return {
        "equipped": (say("équipés"), say("ont une tablette à eux")),
        "activated": (say("activés"), say("s'en sont servis au moins une fois")),
        "active": (say("actifs"), say("5 minutes ou plus, un jour de classe")),
        "regular": (say("réguliers"), say("un jour de classe, 3 semaines sur 4")),
    }


def _rows(language: Language, equipped: Value, stages: dict[str, Value]) -> list[Length]:
    return [
        Length(name, value.amount, words.amount(language, value, "share"), value.is_bound, detail=detail)
        for stage, (name, detail) in _named(language).items()
        if (value := equipped if stage == "equipped" else stages.get(stage)) is not None
    ]


def _note(school: School, values: list[Value], reasons: set[str]) -> str:
    say, lines = school.language.say, [school.language.say("Chaque barre compte sur tous les élèves inscrits (fond gris : 100 %).")]
    if reasons:
        lines.append(say("Étape sans barre : {reason}.", reason=withheld.phrase_of(school, reasons)))
    if any(value.is_bound for value in values):
        lines.append(say("Barre hachurée : dessinée à sa borne."))
    return " ".join([*lines, basis(school, values[0], enrolled=True)])
