/*
title    = "Squid access log, native form"
titre    = "Proxy Squid, journal d’accès"
fills    = "network_minutes"
evidence = "network"
reads    = ["lines"]
line     = '\s*(?P<ended>\d{1,12}\.\d{1,3})\s+(?P<elapsed_ms>-?\d+)\s+(?P<client>\S+)\s+(?P<result>[A-Z_]+)/\S+\s+-?\d+\s+\S+\s+(?P<url>\S+)\s+\S+\s+\S+/\S+\s+\S.*'
looks_up = ["teaching_sites"]
needs    = ["ended", "elapsed_ms", "client", "result", "url"]
keys     = { device_key = ["client", "device"] }
columns  = { minute_at = ["ended", "seconds since 1970"] }
gives    = "minutes in which a device asked for a site for teaching: a lower bound, without work offline, and only where the address is one device's: behind address translation several devices are one, and where addresses change hands so do minutes. A device has a place only where the rosters name its address as a device. Addresses, users and sites off the list are never kept"
export   = "Copy /var/log/squid/access.log of the proxy, whole, as it is (logformat squid). The list of sites is analysis/reference/teaching_sites.csv, with your own in data/reference/teaching_sites.csv."
*/
WITH hosts AS (
    SELECT *, host_of(url) AS host
    FROM raw
)

SELECT
    record,
    client AS device_key,
    -- the line is written when the request ends, which for an encrypted connection may be an hour after it began
    DATE_TRUNC(
        'minute', instant_of_epoch_ms(TRY_CAST(ended AS DOUBLE) * 1000 - GREATEST(COALESCE(TRY_CAST(elapsed_ms AS DOUBLE), 0), 0))
    ) AS minute_at,
    -- what the proxy refused was not used
    IF(CONTAINS(result, 'DENIED'), NULL, site_on(getvariable('teaching_sites'), host)) AS site
FROM hosts
