"""Fleets of other servers than Jamf: devices that only check in."""

from tests.reading import key
from tests.sources.sample import Sample

SEEN = "device_key seen_at battery_pct os_version system"
AT = "2025-10-06T07:30:00.000"
M1, M2, M3 = (key("device", f"00008101-000C{i}") for i in (1, 2, 3))

MAC = key("device", "mac-0007")

TABS = [key("device", f"tab-000{i}") for i in (1, 2)]

V4, V6 = key("device", "10.1.2.3"), key("device", "2001:db8::7")
NINE = "2025-10-06T07:00:00.000"

TOTALS = "app_id instance devices seconds evidence"

SAMPLE_FILES = [
    Sample(
        "intune_app_totals.json",
        "intune_app_totals",
        TOTALS,
        [("msedge.exe", None, 14, 72_000.0, "foreground"), ("winword.exe", None, 0, 0.0, "foreground")],
        aside=1,
    ),
    Sample(
        "android_usage_stats.csv",
        "android_usage_stats",
        "device_key app_id local_date seconds evidence",
        [
            (TABS[0], "fr.exemple.lecture", "2025-10-06", 600.5, "foreground"),
            (TABS[0], "fr.exemple.calcul", "2025-10-06", 60.0, "foreground"),
        ],
        aside=3,
    ),
    Sample(
        "chromebook_telemetry.json",
        "chromebook_telemetry",
        TOTALS,
        [("app-1", "w-1", None, 3.5, "foreground"), ("app-1", "w-1", None, 12.0, "foreground"), ("app-2", None, None, 100.0, "foreground")],
        aside=1,
    ),
    Sample(
        "chromebook_telemetry.json",
        "chromebook_telemetry_seen",
        "device_key seen_at system",
        [(key("device", "chr-0001"), f"2025-10-06T09:{minute}:00.000", "ChromeOS") for minute in ("00", "15", "15", "15")],
    ),
    Sample(
        "squid.log",
        "squid_native",
        "device_key minute_at site evidence",
        [
            (V4, NINE, "lumni.fr", "network"),
            (V4, NINE, "edumedia.com", "network"),  # ends an hour after it began
            (V4, NINE, None, "network"),
            (V6, NINE, None, "network"),  # refused
            (V6, NINE, None, "network"),
            (V6, NINE, "vikidia.org", "network"),
            (V6, NINE, None, "network"),
        ],
        aside=1,
    ),
    Sample(
        "squid_combined.log",
        "squid_common",
        "device_key minute_at site evidence",
        [(V4, NINE, "lumni.fr", "network"), (V4, NINE, None, "network"), (V6, "2025-10-06T07:01:00.000", "geogebra.org", "network")],
        aside=1,
    ),
    Sample(
        "android_management.ndjson",
        "android_management_usage_logs",
        "device_key app_id event happened_at evidence",
        [
            (TABS[0], None, 1, "2025-10-06T07:00:00.000", "active"),
            (TABS[0], None, 0, "2025-10-06T07:10:00.000", "active"),
            (TABS[0], None, 17, "2025-10-06T07:20:00.250", "active"),
            (TABS[1], None, 27, "2025-10-06T07:00:00.000", "active"),
            (TABS[1], None, 26, "2025-10-06T15:00:00.000", "active"),
        ],
        aside=1,
    ),
    Sample(
        "mac-0007.json",
        "jamf_pro_mac_apps",
        "device_key app_id local_date seconds evidence",
        [
            (MAC, "Safari", "2026-03-02", 2520.0, "foreground"),
            (MAC, "Keynote", "2026-03-02", 0.0, "foreground"),
            (MAC, "Safari", "2026-03-03", 750.0, "foreground"),
        ],
        aside=1,
    ),
    Sample(
        "mosyle_devices.json",
        "mosyle_devices",
        SEEN,
        [
            (M1, AT, 87.0, "17.5.1", "ios iPad (9th generation)"),
            (M2, AT, 54.0, None, "mac MacBook Air"),
            (M3, AT, None, None, "ios"),
        ],
        aside=1,
    ),
    Sample("mosyle_list.json", "mosyle_list", SEEN, [(M1, AT, None, None, "ios iPad (9th generation)")], aside=1),
    Sample("mosyle_pages.json", "mosyle_pages", SEEN, [(M1, AT, None, None, "ios iPad"), (M2, AT, None, None, "ios")], aside=1),
    Sample(
        "intune_devices.json",
        "intune_devices",
        SEEN,
        [
            (key("device", "5CD0000A-0001"), AT, None, "10.0.22631.3880", "Windows Surface Go 3"),
            (key("device", "5CD0000A-0002"), "2025-10-06T07:30:00.123", None, "17.5.1", "iOS iPhone 12"),
        ],
        aside=1,
    ),
    Sample(
        "google_mobile_devices.json",
        "google_mobile_devices",
        SEEN,
        [
            (key("device", "chr-0001-mobile"), "2025-10-06T07:30:00.556", None, "Android 14", "Android 14 SM-X210 ANDROID"),
            (key("device", "chr-0002-mobile"), AT, None, "iOS 17.5", "iOS 17.5 iPad IOS_SYNC"),
        ],
        aside=1,
    ),
]
