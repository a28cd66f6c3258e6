"""Exports of the portal's statistics and directory, and of learning platforms in general forms."""

from tests.reading import key
from tests.sources.sample import Sample

COUNTS = "uai date hour frequency profile indicator dimension value duration_text"
UAI = "0920001B"


def count(day: str, frequency: str | None, profile: str, indicator: str, value: float, dimension: str | None = None) -> tuple:
    """One cell of a school's statistics."""
    return (UAI, day, None, frequency, profile, indicator, dimension, value, None)


def hourly(hour: int, profile: str, dimension: str, value: float) -> tuple:
    """Log-ins of one hour of 2 March 2026 by device."""
    return (UAI, "2026-03-02", hour, "hour", profile, "logins", dimension, value, None)


MONDAY, TUESDAY = ("2026-03-02", "day"), ("2026-03-03", "day")
ACCOUNTS = [
    count(*MONDAY, "student", "logins", 120),
    count(*MONDAY, "student", "unique_visitors", 80),
    count(*MONDAY, "student", "accounts_loaded", 95),
    count(*MONDAY, "student", "accounts_activated", 90),
    count(*TUESDAY, "teacher", "logins", 14),
    count(*TUESDAY, "teacher", "accounts_loaded", 6),
    count(*TUESDAY, "teacher", "accounts_activated", 6),
]
WEEKS = [
    *(count("2026-03-02", "week", *row) for row in [("student", "logins", 120), ("student", "unique_visitors", 80)]),
    *(count("2026-03-02", "week", *row) for row in [("student", "accounts_loaded", 95), ("student", "accounts_activated", 90)]),
    *(count("2026-03-09", "week", *row) for row in [("relative", "logins", 30), ("relative", "unique_visitors", 20)]),
    *(count("2026-03-09", "week", *row) for row in [("relative", "accounts_loaded", 150), ("relative", "accounts_activated", 70)]),
]
DNMA = [
    count("2025-09-08", "week", "all", "visits", 120),
    count("2025-09-08", "week", "student", "visits", 80),
    count("2025-09-08", "week", "student", "users", 40),
    (UAI, "2025-09-08", None, "week", "student", "duration", None, None, "00:03:12"),
    count("2025-09-08", "week", "all", "visits", 7, "service:cahier_textes"),
    count("2025-09-08", "week", "all", "visits", 3, "device:autreappareil"),
    count("2025-09-08", "week", "all", "users", 2, "device:autreappareil"),
    count("2025-09-08", "week", "all", "visits", 9, "browser:firefox"),
    count("2025-09-08", "week", "all", "visits", 11, "os:android"),
]
EVENTS = "person_key profile structure_id event_type module happened_at channel"
SESSIONS = "person_key reported_at started_at ended_at seconds ended_by"
EXERCISES, PORTAL, USERS = "exercices.exemple.fr", "ent.exemple.fr", "https://ent.exemple.fr/users/"


def event(person: str, deed: str, module: str | None, instant: str) -> tuple:
    """One event of 9 March 2026 of a person whose profile and school the format does not give."""
    return (key("person", person), None, None, deed, module, f"2026-03-09T{instant}", None)


XAPI_PERSON = "https://ent.exemple.fr|u-0001"
XAPI = [
    event(XAPI_PERSON, "completed", EXERCISES, "08:05:12.345"),
    event("lea.durand@exemple.fr", "launched", "Moodle", "08:07:00.000"),
    event("ebd31e95054c018b10727ccffd2ef2ec3a016ee9", "read", None, "08:08:00.000"),
]
CALIPER = [
    event(f"{USERS}u-0001", "LoggedIn", PORTAL, "08:00:00.000"),
    event(f"{USERS}u-0001", "Used", "cahier.exemple.fr", "08:10:00.000"),
    event(f"{USERS}u-0001", "LoggedOut", PORTAL, "08:25:30.500"),
    event(f"{USERS}u-0002", "TimedOut", PORTAL, "09:00:01.000"),
    event(f"{USERS}u-0003", "LoggedOut", PORTAL, "09:05:00.000"),
]
AT = "2026-03-09T"
BOUNDED = [
    (key("person", f"{USERS}u-0001"), f"{AT}08:25:30.500", f"{AT}08:00:00.000", f"{AT}08:25:30.500", 1530.5, "logged_out"),
    (key("person", f"{USERS}u-0002"), f"{AT}09:00:01.000", f"{AT}08:00:00.000", f"{AT}09:00:00.000", 3600.0, "timed_out"),
]

SAMPLE_FILES = [
    Sample("ent_one_accounts.csv", "ent_one_statistics", COUNTS, ACCOUNTS, aside=4),
    Sample("ent_one_accounts_english.csv", "ent_one_statistics", COUNTS, WEEKS),
    Sample(
        "ent_one_accounts_device.csv",
        "ent_one_statistics",
        COUNTS,
        [hourly(8, "student", "device:tablet", 12), hourly(0, "relative", "device:mobile_app", 3)],
        aside=1,
    ),
    Sample(
        "ent_one_applications.csv",
        "ent_one_statistics",
        COUNTS,
        [
            count("2026-02-01", "month", "student", "accesses", 41, "application:Cahier de textes"),
            count("2026-03-01", "month", "personnel", "accesses", 7, "application:Messagerie"),
        ],
        aside=1,
    ),
    Sample(
        "ent_one_connectors_english.csv",
        "ent_one_statistics",
        COUNTS,
        # one Monday alone: a day or a week
        [count("2026-03-02", None, "guest", "accesses", 5, "connector:Edumedia")],
    ),
    Sample(
        "ent_one_directory.csv",
        "ent_one_directory",
        "person_key source profile sex",
        [
            (key("person", f"u-000{i}"), "ent_one_directory", profile, None)
            for i, profile in ((1, "student"), (2, "relative"), (3, "student"))
        ],
        aside=1,
    ),
    Sample("xapi_lrs.json", "xapi_statements", EVENTS, XAPI, aside=1),
    Sample(
        "xapi_lrs.json", "xapi_durations", SESSIONS, [(key("person", XAPI_PERSON), f"{AT}08:05:12.345", None, None, 750.5, "statement")], 1
    ),
    Sample("xapi.ndjson", "xapi_statements", EVENTS, [event("https://lea.durand.exemple.fr/", "answered", EXERCISES, "08:05:12.000")]),
    Sample("caliper.json", "caliper_events", EVENTS, CALIPER, aside=1),
    Sample("caliper.json", "caliper_sessions", SESSIONS, BOUNDED, aside=1),
    Sample("dnma.csv", "dnma_open_data", COUNTS, DNMA, aside=1),
    Sample(
        "dnma_api.csv",
        "dnma_open_data",
        COUNTS,
        [
            count("2025-09-08", "week", "student", "visits", 12, "device:tablette"),
            count("2025-09-08", "week", "personnel", "visits", 0, "device:autreappareil"),
            count("2025-09-08", "week", "relative", "visits", 5, "device:ordinateur"),
        ],
    ),
]
