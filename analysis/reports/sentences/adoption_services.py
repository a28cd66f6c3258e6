"""The services of the portal by the names that pupils see; one that is not known keeps the name of the export."""

from analysis.reports.language import Language

OTHER = "autre"  # the measure's name for the services too rare to be told apart


def service_name(language: Language, module: str) -> str:
    """`cahier de textes` for "Homeworks" (labels of the portal's own French translation)."""
    say = language.say
    known = {
        OTHER: say("autres services"),
        "Homeworks": say("cahier de textes"),
        "Conversation": say("messagerie"),
        "Blog": say("blog"),
        "Scrapbook": say("cahier multimédia"),
        "SchoolBook": say("cahier de liaison"),
        "Workspace": say("espace documentaire"),
        "Rack": say("casier"),
        "Exercizer": say("exercices"),
        "Portal": say("page d'accueil"),
        "Timeline": say("fil de nouveautés"),
        "Directory": say("annuaire"),
        "Mindmap": say("carte mentale"),
        "CollaborativeWall": say("mur collaboratif"),
        "Actualites": say("actualités"),
        "Library": say("bibliothèque"),
        "Poll": say("sondage"),
    }
    return known.get(module, module)
