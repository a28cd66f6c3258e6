/*
title = "Devices that somebody held, or that were forgotten before, and that nothing that is kept names"
grain = "one device"
needs = ["assignments", "device_in_use"]
*/
WITH named AS (
    SELECT device_key FROM lake.devices
    UNION
    SELECT device_key FROM lake.repairs
),

once_held AS (
    SELECT device_key FROM forgetting.assignments
    UNION
    SELECT n.device_key
    FROM named AS n
    SEMI JOIN forgotten_device AS f ON sha256('device|' || n.device_key) = f.mark
)

SELECT h.device_key
FROM once_held AS h
ANTI JOIN forgetting.device_in_use USING (device_key)
