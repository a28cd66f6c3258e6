"""What devices are called, by what they are and by how they are known."""

import datetime as dt
from dataclasses import replace

import pytest

from analysis.reports.school import School, Source
from analysis.reports.sentences import absent, answer, sources, systems, territory_schools
from tests.reports.values import number, plain, school


def of_kind(kinds: str, known: str = "checkin", *formats: str) -> School:
    """A school whose devices of one evidence are of a kind, as the published table writes it; with the formats that fed it."""
    made = school(known, coverage=number(0.5, evidence=known))
    day = dt.date(2025, 10, 6)
    fed = tuple(Source(name, "t", known, day, day) for name in formats)
    return replace(made, facts={**made.facts, "kinds": kinds}, sources=fed)


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ("individual:checkin:ipad", "Ces iPad disent quand ils sont vus"),
        ("individual:checkin:pc", "Ces PC disent"),
        ("individual:checkin:mac", "Ces Mac disent"),
        ("individual:checkin:phone", "Ces téléphones disent"),
        ("individual:checkin:chromebook", "Ces Chromebook disent"),
        ("individual:checkin:android", "Ces appareils Android disent"),
        ("individual:checkin:", "Ces appareils disent"),
        ("shared:checkin:ipad", "Ces appareils disent"),  # the pupils' own devices are not the trolley's
    ],
)
def test_devices_that_only_check_in(kinds: str, said: str) -> None:
    made = of_kind(kinds)
    assert plain(answer.answer(made)[1]).startswith(said)
    everything = " ".join([*answer.answer(made), *absent.absent(made), sources.evidence(made), territory_schools.kind_of_school(made)])
    assert ("iPad" in everything) == (kinds == "individual:checkin:ipad")


@pytest.mark.parametrize(
    ("kinds", "known", "formats", "said"),
    [
        ("individual:foreground:android", "foreground", ("android_usage_events",), "Chaque tablette note l’heure où"),
        (
            "individual:foreground:android",
            "foreground",
            ("android_usage_stats",),
            "Chaque appareil Android note ses minutes",
        ),
        ("individual:foreground:mac", "foreground", ("jamf_pro_mac_apps",), "Ici, « tablette » veut dire Mac."),
        ("individual:active:chromebook", "active", ("chromebook_gam",), "Chaque Chromebook note ses minutes d’activité"),
        ("individual:active:android", "active", ("android_management_usage_logs",), "quand il est déverrouillé"),
        ("individual:checkin:pc", "checkin", ("intune_devices",), "Ici, « tablette » veut dire PC."),
    ],
)
def test_how_the_use_is_known(kinds: str, known: str, formats: tuple[str, ...], said: str) -> None:
    assert said in plain(sources.evidence(of_kind(kinds, known, *formats)))


def test_two_evidences_of_android_tablets_have_two_names() -> None:
    both = of_kind("individual:active:android|individual:foreground:android", "foreground")
    assert plain(systems.kind_title(both, "foreground")) == "Tablette Android"
    assert plain(systems.kind_title(both, "active")) == "Tablette Android, déverrouillée"
    assert not systems.are_android_and_chromebook(both)
