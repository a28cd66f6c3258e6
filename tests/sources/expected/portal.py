"""Exports of school portals."""

from tests.reading import key
from tests.sources.sample import Sample

VIEWED = (key("person", "818"), "2021-10-17T10:39:00.000", "Cours consulté", "Système", "web")


PORTAL = "person_key profile structure_id event_type module resource_type happened_at device_type channel"
ENT_ROWS = [
    ("u-0001", "student", "s-0001", "LOGIN", "Auth", None, "2026-03-09T08:05:12.345", "tablet", "web"),
    ("u-0002", "teacher", "s-0001", "LOGIN", "Mobile-app", None, "2026-03-09T08:05:13.000", None, "app"),
    ("u-0003", "relative", None, "ACCESS", "Homeworks", None, "2026-03-09T08:05:14.000", None, None),
    ("u-0004", "personnel", None, "CREATE", "Homeworks", "blog", "2026-03-09T08:05:15.000", None, None),
    ("u-0005", "guest", "s-0001", "CONNECTOR", "EduMediaRegisteredService", None, "2026-03-09T08:05:16.000", None, None),
    ("u-0002", "teacher", "s-0001", "SHARE", "Blog", None, "2026-03-09T08:05:17.000", None, None),
]
SAMPLE_FILES = [
    Sample("ent_one.ndjson", "ent_one_events", PORTAL, [(key("person", user), *rest) for user, *rest in ENT_ROWS], aside=2),
    Sample(
        "ent_one_postgres.csv",
        "ent_one_postgres",
        "person_key profile event_type module happened_at device_type channel",
        [
            (key("person", "u-0001"), "student", "LOGIN", "Auth", "2026-03-09T08:05:12.345", "tablet", "web"),
            (key("person", "u-0002"), "teacher", "LOGIN", "Mobile-app", "2026-03-09T08:05:13.000", None, "app"),
            (key("person", "u-0003"), "relative", "ACCESS", "Homeworks", "2026-07-09T07:05:14.000", None, None),
        ],
        aside=1,
    ),
    Sample(
        "moodle.csv",
        "moodle_logs",
        "person_key happened_at event_type module channel",
        [
            (key("person", "818"), "2021-10-17T10:39:00.000", "Course viewed", "System", "web"),
            (key("person", "819"), "2021-01-05T23:05:00.000", "Post created", "Forum", "app"),
            (key("person", "4"), "2021-10-17T10:39:30.000", "User list viewed", "System", None),
        ],
        aside=1,
    ),
    Sample("moodle_french_cp1252.csv", "moodle_logs", "person_key happened_at event_type module channel", [VIEWED]),
    Sample("moodle_french.csv", "moodle_logs", "person_key happened_at event_type module channel", [VIEWED]),
]
