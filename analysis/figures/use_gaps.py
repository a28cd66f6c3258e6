"""The gaps in minutes between groups of pupils: each as a point with its interval, on one scale. The sentence follows the interval."""

from analysis.figures import gaps_chart
from analysis.figures.sheet import instead
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences import equity_absent, equity_gaps, withheld, words
from analysis.reports.sentences.equity_groups import Pair, gaps, group, has_unknown, is_territory, trait

_MEASURE = "gap_minutes"
Told = list[tuple[Pair, Value]]


def use_gaps(school: School, level: int = 3) -> blocks.Block:
    """Girls and boys, social bands, internet at home, and so on; a box with the reason where no gap may be shown."""
    every = gaps(school, _MEASURE)
    told = [(pair, gap) for pair, gap in every if gap.is_exact]
    if not told:
        return blocks.notice(school.language.say("Aucun écart d'usage n'est publié."), equity_absent.why_no_gap(school))
    say = school.language.say
    svg = gaps_chart.chart(
        school.language,
        [_drawn(school.language, pair, gap) for pair, gap in told],
        equity_gaps.ALIKE["minutes"],
        say("écart en minutes par jour de classe"),
    )
    figure = blocks.figure(
        _title(school, told),
        svg,
        _alternative(school, told),
        _note(school, told),
        _table(school, told if withheld.prevail(gap for _, gap in every) else every),
        level,
    )
    said = figure + blocks.bullets([_sentence(school, pair, gap) for pair, gap in told])
    gap_values = [gap for _, gap in every]
    return said + instead(school, say("Écarts d'usage"), gap_values) if withheld.prevail(gap_values) else said


def _drawn(language: Language, pair: Pair, gap: Value) -> gaps_chart.Gap:
    return gaps_chart.Gap(
        gap.amount,
        gap.interval,
        signed_minutes(language, gap.amount),
        equity_gaps.is_sure(gap),
        language.say("avantage\n{whom}", whom=pair.against),
        language.say("avantage\n{whom}", whom=pair.in_favour),
    )


def signed_minutes(language: Language, amount: float) -> str:
    """`+2 min`, `−3,5 min`, `0 min`: a gap as it is published, to half a minute."""
    halves = round(2 * amount) / 2
    sign = "+" if halves > 0 else "\u2212" if halves < 0 else ""
    return sign + language.minutes(abs(halves), 0 if halves == round(halves) else 1)


def _title(school: School, told: Told) -> str:
    """Names what makes a sure difference."""
    language = school.language
    verdicts = [equity_gaps.verdict(gap) for _, gap in told]
    differing = [trait(language, pair.breakdown) for (pair, _), found in zip(told, verdicts, strict=True) if found in ("more", "less")]
    if len(differing) == 1:
        return language.say("Une différence sûre, selon {traits}", traits=differing[0])
    if differing:
        return language.say("Des différences sûres, selon {traits}", traits=words.listed(language, differing))
    if set(verdicts) == {"alike"}:
        return language.say("Autant d'usage d'un groupe à l'autre, à une minute près")
    return language.say("Entre les groupes, aucune différence sûre")


def _sentence(school: School, pair: Pair, gap: Value) -> str:
    said = equity_gaps.use_sentence(school.language, pair, gap)
    part = equity_gaps.fraction(school, pair.breakdown, pair.category, gap)
    return f"{said} {words.capital(part)}." if part else said


def _note(school: School, told: Told) -> str:
    say = school.language.say
    across = [trait(school.language, pair.breakdown) for pair, _ in told if not pair.is_within_class]
    unknown = [trait(school.language, pair.breakdown) for pair, _ in told if has_unknown(school, pair.breakdown)]
    lines = [
        say("Trait : intervalle à 95 %, calculé sur les écoles.")
        if is_territory(school)
        else say("Trait : intervalle à 95 %, calculé sur les classes."),
        say("Point plein : on peut le dire ; point vide : on ne peut pas. Bande grise : à une minute près."),
        say("« Avantage » veut dire plus de minutes ; plus n'est pas mieux."),
        say("Des élèves de la même classe sont comparés, sauf pour {traits}.", traits=words.listed(school.language, across))
        if across
        else say("Des élèves de la même classe sont comparés."),
        unknown_line(school, unknown),
    ]
    return " ".join(filter(None, [*lines, words.capital(words.basis(school, school.value("minutes_per_pupil_day")))]))


def unknown_line(school: School, traits: list[str]) -> str:
    """Whom no group holds, for a note; empty without them."""
    if not traits:
        return ""
    return school.language.say("Pour une partie des élèves, ceci n'est pas connu : {traits}.", traits=words.listed(school.language, traits))


def _alternative(school: School, told: Told) -> str:
    language = school.language
    listed = " ".join(equity_gaps.use_sentence(language, pair, gap) for pair, gap in told)
    return language.say("Un point par comparaison, avec son intervalle, sur une échelle en minutes où zéro est marqué. {gaps}", gaps=listed)


def _table(school: School, every: Told) -> blocks.Table:
    say, language = school.language.say, school.language
    rows = [[group(language, pair.breakdown, pair.category), _cell(school, gap), _interval(language, gap)] for pair, gap in every]
    header = [say("groupe, moins les autres"), say("écart"), say("intervalle à 95 %")]
    return blocks.Table(header, rows, say("Les chiffres : écarts en minutes par jour"))


def _cell(school: School, gap: Value) -> str:
    return signed_minutes(school.language, gap.amount) if gap.is_exact else words.cell(school, gap, "minutes")


def _interval(language: Language, gap: Value) -> str:
    if gap.interval is None:
        return "–"
    low, high = (signed_minutes(language, end) for end in gap.interval)
    return language.say("{low} à {high}", low=low, high=high)
