"""How unequal the minutes are: each index with what it means and what it does not say."""

from math import exp

from scipy.special import betaincinv

from analysis.reports.school import School, Value
from analysis.reports.sentences import words
from analysis.reports.sentences.equity_groups import is_territory

LORENZ = "lorenz_share"
_SURE = 0.05  # chance goes beyond the limit in one school in twenty


def unused(school: School) -> str:
    """The pupils without any use, said before every index: an index mixes them with little use. Empty when withheld."""
    share, language = school.value("unused_share"), school.language
    if share is None or not share.shown:
        return ""
    said = words.capital(words.amount(language, share, "share"))
    return language.say("{share} des élèves équipés n'ont eu aucun usage un jour de classe.", share=said)


def gini(school: School) -> str:
    """Gini's index: twice it, times the mean, is how far two pupils drawn by lot are apart. Empty when withheld."""
    say, language, value = school.language.say, school.language, school.value("gini_minutes")
    if value is None or not value.is_exact:
        return ""
    index, mean = language.number(value.amount, 2), school.value("minutes_per_pupil_day", evidence=value.evidence)
    does_not = say("Il ne dit pas qui s'en sert peu, ni pourquoi.")
    if mean is None or not mean.is_exact:
        means = say(
            "L'indice de Gini vaut {index} : deux élèves tirés au sort diffèrent de {share} de la moyenne.",
            index=index,
            share=language.percent(2 * value.amount),
        )
        return f"{means} {does_not}"
    apart = words.spoken_minutes(language, 2 * value.amount * mean.amount)
    means = say(
        "Un indice de Gini de {index} veut dire : deux élèves tirés au sort diffèrent en moyenne de {minutes} par jour.",
        index=index,
        minutes=apart,
    )
    return f"{means} {does_not}"


def theil(school: School) -> str:
    """Theil's T: exp(-T) is the share of pupils who, if they shared all minutes evenly, would give the same index. Empty when withheld."""
    language, value = school.language, school.value("theil_t_minutes")
    if value is None or not value.is_exact:
        return ""
    return language.say(
        "Un indice de Theil de {index} veut dire : la même inégalité que si {share} des élèves faisaient toutes les minutes, à égalité.",
        index=language.number(value.amount, 2),
        share=language.percent(exp(-value.amount)),
    )


def between(school: School, share: Value) -> str:
    """What the share between classes (schools) means, and what it does not."""
    say, language = school.language.say, school.language
    amount = words.amount(language, share, "share")
    if is_territory(school):
        means = say("Si chaque élève avait la moyenne de son école, il resterait {share} de l'inégalité.", share=amount)
        return means + " " + say("Cette part ne dit pas ce qui distingue les écoles : élèves, matériel ou choix des équipes.")
    means = say("Si chaque élève avait la moyenne de sa classe, il resterait {share} de l'inégalité.", share=amount)
    return means + " " + say("Cette part ne dit pas ce qui distingue les classes : le niveau, le matériel ou les choix d'enseignement.")


def lorenz_title(school: School, points: list[tuple[str, Value]]) -> str:
    """Those without use first, then the lowest share known: `4 % d'élèves sans usage ; les 20 % qui s'en servent le moins font...`."""
    (lowest, value), language, none = points[0], school.language, school.value("unused_share")
    people, share = language.percent(int(lowest) / 100), words.amount(language, value, "share")
    if none is None or not none.shown:
        return language.say("Les {people} d'élèves qui s'en servent le moins font {share} des minutes", people=people, share=share)
    return language.say(
        "{none} d'élèves sans usage ; les {people} qui s'en servent le moins font {share} des minutes",
        none=words.capital(words.amount(language, none, "share")),
        people=people,
        share=share,
    )


def between_title(school: School, share: Value, chance: Value) -> str:
    """Whether the classes (schools) differ by more than chance would have it; a share withheld or coded says less."""
    say, language = school.language.say, school.language
    written = words.amount(language, share, "share")
    if not share.is_exact or not chance.is_exact:
        if is_territory(school):
            return say("{share} de l'inégalité est entre les écoles", share=written)
        return say("{share} de l'inégalité est entre les classes", share=written)
    if exceeds_chance(school, share.amount, chance.amount):
        if is_territory(school):
            return say("Les écoles diffèrent : {share} de l'inégalité est entre elles, plus que par hasard", share=written)
        return say("Les classes diffèrent : {share} de l'inégalité est entre elles, plus que par hasard", share=written)
    if is_territory(school):
        return say("Entre les écoles, pas plus de différences sûres que par hasard")
    return say("Entre les classes, pas plus de différences sûres que par hasard")


def exceeds_chance(school: School, share: float, chance: float) -> bool:
    """Whether the share between C units is beyond what chance reaches in 19 cases of 20.

    For N pupils placed by lot the share varies about as Beta((C - 1) / 2, (N - C) / 2), as the share of a sum of squares does in the
    analysis of variance; its 95th centile is taken relative to its mean, and that to `chance`, which knows how skewed the minutes are.
    C is found again from `chance`, and is at most the number of classes. Of 1,000 invented schools without any difference between
    classes (2 to 24 classes, 15 % of zeros, the others exponential), it found one in 4 to 6 %.
    """
    value = school.value("theil_t_minutes")
    pupils = (value.n if value is not None else None) or int(str(school.facts.get("pupils") or 0))
    units = 1 + max(1, round(chance * (pupils - 1)))
    if not is_territory(school):
        units = min(units, max(2, int(str(school.facts.get("classes") or units))))
    if pupils <= units:
        return False
    centile = float(betaincinv((units - 1) / 2, (pupils - units) / 2, 1 - _SURE))
    return share > chance * centile / ((units - 1) / (pupils - 1))


def lorenz_points(school: School) -> list[tuple[str, Value]]:
    """The known points of the curve: share of pupils (percent), share of minutes; bounds included."""
    return [(lowest, value) for lowest, value in school.series(LORENZ, "lowest") if value.shown]
