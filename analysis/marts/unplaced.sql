/*
title = "Devices in the logs that no assignment names: their rows wait in the lake"
grain = "one source"
*/
WITH logged AS (
    SELECT source, device_key FROM lake.device_events
    UNION ALL
    SELECT source, device_key FROM lake.use_totals
    UNION ALL
    SELECT source, device_key FROM lake.sightings
    UNION ALL
    SELECT source, device_key FROM lake.network_minutes
)

SELECT
    l.source,
    COUNT(DISTINCT l.device_key) AS devices,
    COUNT(*) AS row_count
FROM logged AS l
ANTI JOIN lake.assignments USING (device_key)
GROUP BY l.source
