"""How the adoption report knows: evidence, coverage, sources, and what is missing with its reason."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import sources, words
from analysis.reports.sentences.adoption_absent import absent


def adoption_known(school: School) -> blocks.Block:
    """What the figures rest on, and a list of what is absent from this report with the reason of each."""
    say = school.language.say
    return blocks.stack(
        blocks.paragraphs([f"{sources.evidence(school)} {_coverage(school)}".strip()]),
        blocks.listed(say("D'où viennent les données"), sources.sources(school), 3),
        blocks.listed(say("Ruptures et périodes à lire avec prudence"), sources.breaks(school), 3),
        blocks.listed(say("Ce qui manque, et pourquoi"), absent(school), 3),
    )


def _coverage(school: School) -> str:
    coverage, language = school.coverage, school.language
    if coverage is None or not coverage.shown:
        return ""
    share, floor = words.amount(language, coverage, "share"), language.percent(school.setting("coverage_floor", 0.5))
    return language.say(
        "Les données de {share} des jours-tablettes sont arrivées ; sous {floor}, les chiffres d'usage ne sont pas donnés.",
        share=share,
        floor=floor,
    )
