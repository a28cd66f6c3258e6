"""Why rows were set aside and what to do about it, in the words of a report.

The checks say what is wrong in English, precisely, for the log and the quarantine. A report groups them into a few families, known by
how the words of a check begin.
"""

from analysis.reports.language import Language

_FAMILIES = {
    "empty": ("empty", "neither an INE", "a result is"),
    "date": ("not a date",),
    "clock": ("the date is outside",),
    "number": ("not a number", "not a whole number"),
    "range": (
        "a battery",
        "a cost",
        "a day holds",
        "a session lasts",
        "a duration is",
        "a day has the hours",
        "a length is",
        "a number of",
        "a share lies",
        "an IPS",
        "neither a number from",
        "no such event type",
        "nobody took",
        "the score is outside",
        "the standard deviation",
        "the year is outside",
    ),
    "code": ("not a UAI", "not a school year", "not a time zone", "not hours", "not a scale", "no UAI stands"),
    "word": ("not one of", "not what is expected", "neither yes nor no"),
    "order": ("the end is before", "the session ends before"),
    "holder": ("a device goes to", "neither a person nor a class", "a session is a school"),
    "place": ("a row without the code", "neither the", "no first day", "the export does not say", "the file does not say"),
    "columns": ("fewer than", "more than"),
    "broken": ("not valid JSON", "a quotation mark", "a line that is too long", "not a line of this format"),
    "stretch": ("the stretch that it adds up",),
    "uncounted": ("set aside before",),
}


def family(problem: str) -> str:
    """The family of a check's words; `other` for words that no family knows."""
    return next((name for name, starts in _FAMILIES.items() if problem.startswith(starts)), "other")


def reason(language: Language, name: str) -> str:
    """What was wrong with the rows of a family, in a few words."""
    say = language.say
    known = {
        "empty": say("case vide"),
        "date": say("date illisible"),
        "clock": say("date impossible"),
        "number": say("nombre illisible"),
        "range": say("nombre impossible"),
        "code": say("code mal écrit"),
        "word": say("valeur inattendue"),
        "order": say("fin avant le début"),
        "holder": say("aucun titulaire, ou deux"),
        "place": say("école ou année scolaire non dite"),
        "columns": say("trop ou trop peu de colonnes"),
        "broken": say("ligne coupée ou mal formée"),
        "stretch": say("total de plus d'un jour"),
        "uncounted": say("raison pas encore relevée"),
    }
    return known.get(name, say("autre raison"))


def remedy(language: Language, name: str) -> str:
    """What those who run the system can do about a family."""
    say = language.say
    export, fill = say("Refaire l'export, sans passer par un tableur."), say("Compléter à la source, puis déposer à nouveau.")
    mend, read_again = say("Corriger à la source, puis déposer à nouveau."), say("Lire à nouveau les fichiers.")
    known = {
        "empty": fill,
        "date": export,
        "clock": say("Remettre les tablettes à l'heure ; le fichier n'y peut rien."),
        "place": say("Ranger le fichier dans un dossier nommé par l'école et l'année scolaire."),
        "columns": export,
        "broken": export,
        "stretch": say("Demander des totaux d'un seul jour, puis déposer à nouveau."),
        "uncounted": read_again,
        "other": say("Lire la raison exacte dans le dossier de quarantaine."),
    }
    return known.get(name, mend)
