"""Exports of tablet fleets."""

from tests.reading import key
from tests.sources.sample import Sample

D1, D2 = key("device", "tab-0001"), key("device", "tab-0002")
C1, C2 = key("device", "chr-0001"), key("device", "chr-0002")
SCREEN = "fr.exemple.lecture.Accueil"
ANDROID = [
    (D1, "fr.exemple.lecture", SCREEN, 1, "2025-10-06T07:00:00.000"),
    (D1, "fr.exemple.lecture", SCREEN, 2, "2025-10-06T07:20:00.250"),
    (D1, "android", None, 16, "2025-10-06T07:20:00.300"),
    (D2, "fr.exemple.lecture", None, 1, "2025-10-06T07:00:00.000"),
]
CHROMEBOOK = [(C1, "2025-10-06", 1500.0), (C1, "2025-10-07", 60.5), (C2, "2025-10-06", 0.0)]


SAMPLE_FILES = [
    Sample("android.ndjson", "android_usage_events", "device_key app_id activity event happened_at", ANDROID),
    Sample("android.csv", "android_usage_events", "device_key app_id activity event happened_at", ANDROID),
    Sample("chromebook.json", "chromebook_active_time", "device_key local_date seconds", CHROMEBOOK),
    Sample("chromebook_pages.json", "chromebook_active_time", "device_key local_date seconds", CHROMEBOOK),
    Sample("chromebook_gam.csv", "chromebook_gam", "device_key local_date seconds", CHROMEBOOK),
    Sample("chromebook_gam_minutes.csv", "chromebook_gam", "device_key local_date seconds", [CHROMEBOOK[0], CHROMEBOOK[2]]),
    Sample(
        "jamf_school.json",
        "jamf_school_devices",
        "device_key seen_at battery_pct os_version managed",
        [
            (key("device", "00008101-000A1"), "2025-10-06T07:30:00.000", 87.0, "17.5.1", True),
            (key("device", "00008101-000A2"), "2025-10-06T07:30:00.000", 54.0, None, False),
            (key("device", "00008101-000A3"), "2025-10-06T07:30:00.000", None, None, True),
            (key("device", "00008101-000A4"), "2025-10-06T07:30:00.000", None, None, True),
        ],
    ),
    Sample(
        "jamf_pro.json",
        "jamf_pro_devices",
        "device_key seen_at battery_pct os_version managed",
        [
            (key("device", "00008101-000B1"), "2025-10-06T07:30:00.000", 87.0, "17.5.1", True),
            (key("device", "00008101-000B2"), "2025-10-06T07:30:00.000", None, None, False),
        ],
        aside=1,
    ),
    Sample(
        "jamf_pro_inventory.csv",
        "jamf_pro_inventory",
        "device_key seen_at battery_pct os_version managed",
        [
            (key("device", "00008101-000B1"), "2025-10-06T07:30:00.000", 85.0, "17.5.1", True),
            (key("device", "00008101-000B2"), "2025-10-06T07:30:00.000", None, None, False),
        ],
        aside=1,
    ),
]
