/*
title = "Devices that an assignment or a log that is kept names"
grain = "one device"
needs = ["assignments"]
*/
SELECT a.device_key
FROM lake.assignments AS a
ANTI JOIN forgetting.assignments AS g
    ON
        a.device_key = g.device_key
        AND a.person_key IS NOT DISTINCT FROM g.person_key
        AND a.class_key IS NOT DISTINCT FROM g.class_key
        AND a.from_date = g.from_date
UNION
SELECT device_key
FROM lake.device_events
WHERE happened_at >= getvariable('first_instant')
UNION
SELECT device_key
FROM lake.use_totals
WHERE local_date >= getvariable('keeps_from')
UNION
SELECT device_key
FROM lake.sightings
WHERE seen_at >= getvariable('first_instant')
UNION
SELECT device_key
FROM lake.network_minutes
WHERE minute_at >= getvariable('first_instant')
