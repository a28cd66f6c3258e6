"""What the devices of a school are called: iPad, PC, phone. A device that only checks in is no iPad for that."""

from analysis.reports.language import Language
from analysis.reports.school import School
from analysis.reports.sentences.words import capital

_BY_DAY = {"jamf_pro_mac_apps", "android_usage_stats"}  # formats with minutes by app and day


def device(language: Language, system: str, number: int = 1) -> str:
    """What follows "un" or "ces": `iPad`, `PC`, `téléphones`; `appareil` where they differ or nothing tells. All are masculine."""
    count = language.count
    names = {
        "ipad": count("iPad", "iPad", number),
        "android": count("appareil Android", "appareils Android", number),
        "chromebook": count("Chromebook", "Chromebook", number),
        "pc": count("PC", "PC", number),
        "mac": count("Mac", "Mac", number),
        "phone": count("téléphone", "téléphones", number),
    }
    return names.get(system, count("appareil", "appareils", number))


def devices(language: Language, system: str) -> str:
    """The same for several of them."""
    return device(language, system, 2)


def never_how_long(school: School) -> str:
    """Devices that only check in tell when they are seen, as a sentence."""
    language = school.language
    return language.say(
        "Ces {devices} disent quand ils sont vus, jamais combien de temps ils servent.", devices=devices(language, school.system())
    )


def when_seen(school: School) -> str:
    """The same as a clause: only of iPads is it true whatever the export."""
    language, system = school.language, school.system()
    if system == "ipad":
        return language.say("un iPad dit quand il est vu, jamais combien de temps il sert")
    return language.say("l'outil de gestion dit quand un {device} est vu, jamais combien de temps il sert", device=device(language, system))


def no_duration(school: School) -> str:
    """That no duration comes with it, as a clause."""
    say = school.language.say
    return say("un iPad ne transmet aucune durée") if school.system() == "ipad" else say("l'outil de gestion ne donne aucune durée")


def are_days_alone(school: School) -> bool:
    """Whether all that measures apps here adds them up by day: then no hour is known, whatever the device."""
    known = {source.source for source in school.sources if source.evidence == "foreground"}
    return bool(known) and known <= _BY_DAY


def stands_for(school: School) -> str:
    """That "tablette" means another device in this report; empty for tablets, and where nothing tells."""
    language, system = school.language, school.system()
    if system in ("pc", "mac", "phone", "chromebook"):
        return language.say("Ici, « tablette » veut dire {device}.", device=device(language, system))
    return ""


def kind(school: School, evidence: str) -> str:
    """The devices of an evidence in this school or territory: `tablette Android`, `Chromebook`, `iPad`."""
    say, system = school.language.say, school.system(evidence)
    if system == "android":
        # where both evidences come from Android tablets, their name alone would not tell them apart
        is_other = evidence == "active" and school.system("foreground") == "android"
        return say("tablette Android, déverrouillée") if is_other else say("tablette Android")
    if system:
        return device(school.language, system)
    names = {
        "foreground": say("tablette, par ses applications"),
        "active": say("tablette, par son activité"),
        "network": say("tablette, par le réseau"),
    }
    return names.get(evidence, say("tablette"))


def kind_title(school: School, evidence: str) -> str:
    """The same as a label that begins a line."""
    return capital(kind(school, evidence))


def are_android_and_chromebook(school: School) -> bool:
    """Whether what is measured by its apps are Android tablets alone, and what is measured by its activity Chromebooks alone."""
    return (school.system("foreground"), school.system("active")) == ("android", "chromebook")
