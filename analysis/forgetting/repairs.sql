/*
title = "Repairs that ended before the day, and those of devices that are over"
grain = "one repair that goes"
needs = ["device_over"]
*/
SELECT
    r.device_key,
    r.from_date
FROM lake.repairs AS r
LEFT JOIN forgetting.device_over AS o ON r.device_key = o.device_key
WHERE r.to_date < getvariable('keeps_from') OR o.device_key IS NOT NULL
