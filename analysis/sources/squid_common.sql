/*
title    = "Squid access log, common or combined form"
titre    = "Proxy Squid, journal d’accès (common, combined)"
fills    = "network_minutes"
evidence = "network"
reads    = ["lines"]
line     = '(?P<client>\S+) \S+ \S+ \[(?P<ended>[^\]]+)\] "\S+ (?P<url>\S+)(?: [A-Z]+/[0-9.]+)?" (?:\d+|-) (?:-?\d+|-) (?:"[^"]*" ".*" )?(?P<result>[A-Z_]+):[A-Z_]+'
looks_up = ["teaching_sites"]
needs    = ["client", "ended", "url", "result"]
keys     = { device_key = ["client", "device"] }
columns  = { minute_at = ["ended", "an instant such as 02/Mar/2026:09:30:00 +0100"] }
gives    = "minutes in which a device asked for a site for teaching, with the limits of the native form and one more: only the end of a request is known, and an encrypted connection may have begun long before. Prefer the native form"
export   = "Copy the access log of the proxy, whole, as it is (logformat common or combined). Referers and programs of the combined form are never kept."
*/
WITH hosts AS (
    SELECT *, host_of(url) AS host
    FROM raw
)

SELECT
    record,
    client AS device_key,
    DATE_TRUNC('minute', TRY_STRPTIME(ended, '%d/%b/%Y:%H:%M:%S %z')) AS minute_at,
    IF(CONTAINS(result, 'DENIED'), NULL, site_on(getvariable('teaching_sites'), host)) AS site
FROM hosts
