/*
title = "Devices in the logs that no assignment names, and how many rows wait for one"
grain = "one source"
*/
SELECT
    u.source,
    s.title,
    s.titre,
    u.devices,
    u.row_count
FROM marts.unplaced AS u
JOIN lake.sources AS s USING (source)
ORDER BY ALL
