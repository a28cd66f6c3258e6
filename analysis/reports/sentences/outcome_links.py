"""How progress in a test goes with minutes of use, in words: an association, never an effect, and never surer than its interval."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.reports.language import NBSP, Language
from analysis.reports.school import EVIDENCE, Row, School, Value
from analysis.reports.sentences import words
from analysis.reports.sentences.systems import kind
from analysis.reports.territory import Territory

TERMS = ("within", "between")
_MINUS = "\u2212"
CHANCE = 0.05  # a result that chance alone gives more often than this is not told
LEAST_CHANCE = 0.001

Verdict = Literal["more", "less", "perhaps", "unseen"]


@dataclass(frozen=True)
class Link:
    """One outcome and one term (`within` classes or `between` them): its slope and what stands beside it, as published.

    `category` is its name in the published values; `name` says which tablets too, where there are several kinds.
    """

    name: str
    category: str
    role: str
    term: str
    evidence: str
    slope: Value
    chance: Value | None
    detectable: Value | None
    robustness: Value | None


def links(territory: Territory) -> list[Link]:
    """Every slope that is shown: those of the primary outcome first, then by name; within classes before between them."""
    has_kinds = len({row["evidence"] for row in territory.outcomes}) > 1
    in_turn = sorted(territory.outcomes, key=lambda row: (row["role_rank"], row["category"], EVIDENCE.index(str(row["evidence"]))))
    return [link for row in in_turn for term in TERMS for link in _links(territory.whole, row, term, has_kinds)]


def _links(whole: School, row: Row, term: str, has_kinds: bool) -> Iterator[Link]:
    category, evidence = str(row["category"]), str(row["evidence"])

    def value(measure: str) -> Value | None:
        found = whole.value(measure, f"{term}_classes", category, evidence)
        return found if found is not None and found.shown else None

    slope = value("progress_slope")
    if slope is not None:
        rest = (value("progress_chance"), value("progress_detectable"), value("progress_robustness"))
        # of two kinds of tablets, each has its own pupils and its own figures
        name = f"{category} ({kind(whole, evidence)})" if has_kinds else category
        yield Link(name, category, str(row["role"]), term, evidence, slope, *rest)


def verdict(link: Link) -> Verdict:
    """What may be said: more or less progress where the interval leaves zero out and chance is ruled out; else `perhaps` or `unseen`."""
    if link.slope.interval is None:
        return "unseen"
    low, high = link.slope.interval
    if low <= 0 <= high:
        return "unseen"
    if link.chance is not None and link.chance.amount >= CHANCE:
        return "perhaps"
    return "more" if low > 0 else "less"


def is_sure(link: Link) -> bool:
    """Whether more or less progress may be stated."""
    return verdict(link) in ("more", "less")


def headline(language: Language, links: Sequence[Link]) -> str:
    """In which results a link is sure, whatever its direction; or that none is. Without a full stop."""
    sure = [link for link in links if is_sure(link)]
    if sure:
        names = words.listed(language, list(dict.fromkeys(language.say("« {name} »", name=link.name) for link in sure)))
        return language.say("Un lien avec l'usage se voit dans {names}", names=names)
    return language.say("Aucun lien sûr entre l'usage et les progrès")


def sentence(language: Language, link: Link) -> str:
    """One link as a sentence that a head teacher can repeat, with its size, its interval or what could have been missed."""
    say, found = language.say, verdict(link)
    who = _who(language, link.term)
    size = {"amount": signed(language, link.slope.amount), "interval": interval(language, link.slope)}
    if found == "more":
        return say(
            "« {name} » : {who} progressent plus, {amount} écart-type pour dix minutes de plus par jour ({interval}).",
            name=link.name,
            who=who,
            **size,
        )
    if found == "less":
        return say(
            "« {name} » : {who} progressent moins, {amount} écart-type pour dix minutes de plus par jour ({interval}).",
            name=link.name,
            who=who,
            **size,
        )
    if found == "perhaps":
        return say(
            "« {name} » : un lien possible ({amount} écart-type), que le hasard suffirait à expliquer vu le nombre de résultats regardés.",
            name=link.name,
            **size,
        )
    return say(
        "« {name} » : aucun lien visible entre les minutes {whose} et leurs progrès.", name=link.name, whose=_whose(language, link.term)
    ) + missed(language, link)


def missed(language: Language, link: Link) -> str:
    """The least association that these data would have found, with a space before it; empty where it is not shown."""
    if link.detectable is None:
        return ""
    return " " + language.say(
        "Un lien de moins de {least} écart-type a pu leur échapper.", least=language.number(link.detectable.amount, 2)
    )


def label(language: Language, link: Link) -> str:
    """`lecture, élèves d'une même classe`: an outcome and a term in few words."""
    if link.term == "within":
        return language.say("{name}, élèves d'une même classe", name=link.name)
    return language.say("{name}, classes entre elles", name=link.name)


def signed(language: Language, amount: float) -> str:
    """`+0,25`, `−0,03`, `0,00`, in standard deviations."""
    written = language.number(abs(amount), 2)
    return written if not round(amount, 2) else f"+{written}" if amount > 0 else f"{_MINUS}{written}"


def interval(language: Language, slope: Value) -> str:
    """`de +0,10 à +0,40`; the words for none where there is none."""
    if slope.interval is None:
        return language.say("sans intervalle")
    low, high = (signed(language, end) for end in slope.interval)
    return language.say("de {low} à {high}", low=low, high=high)


def chance(language: Language, value: Value | None) -> str:
    """`0,012`, `< 0,001`, or a dash."""
    if value is None:
        return "–"
    return f"<{NBSP}{language.number(LEAST_CHANCE, 3)}" if value.amount < LEAST_CHANCE else language.number(value.amount, 3)


def _who(language: Language, term: str) -> str:
    say = language.say
    return (
        say("à classe égale, les élèves qui se servent plus de la tablette")
        if term == "within"
        else say("les classes qui s'en servent plus")
    )


def _whose(language: Language, term: str) -> str:
    return language.say("des élèves d'une classe") if term == "within" else language.say("des classes")
