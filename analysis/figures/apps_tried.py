"""How many apps of the town's catalogue a pupil uses."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences.adoption_values import tablets
from analysis.reports.sentences.adoption_words import basis


def apps_tried(school: School) -> blocks.Block:
    """A heading that says the median number; nothing where apps are not known."""
    language, value = school.language, tablets(school, "apps_per_pupil")
    if value is None or not value.is_exact:
        return NOTHING
    title = language.count(
        "Un élève se sert de {number} application de la liste", "Un élève se sert de {number} applications de la liste", round(value.amount)
    )
    note = language.say("Médiane des élèves qui se servent de leur tablette. Seules comptent les applications de la liste de la ville.")
    return blocks.heading(title) + blocks.note(f"{note} {basis(school, value)}")
