/*
title = "What each held device is, in one word for reports: ipad, android, chromebook, pc, mac, phone; NULL where nothing tells"
grain = "one device"
needs = ["holding"]

[columns]
system = "what it is, in one word: ipad, android, chromebook, pc, mac, phone; empty where nothing tells"
*/
WITH held AS (
    SELECT DISTINCT device_key
    FROM marts.holding
),

reported AS (
    SELECT device_key, ARG_MAX(system, seen_at) AS written
    FROM lake.sightings
    WHERE system IS NOT NULL
    GROUP BY device_key
),

described AS (
    -- what the town's register says, and the newest word of the fleet's server
    SELECT h.device_key, LOWER(CONCAT_WS(' ', d.os, d.model, r.written)) AS written
    FROM held AS h
    LEFT JOIN lake.devices AS d USING (device_key)
    LEFT JOIN reported AS r USING (device_key)
),

logged AS (
    -- where neither tells anything, the format of a device's logs does
    SELECT device_key, source FROM lake.device_events
    UNION
    SELECT device_key, source FROM lake.use_totals
    UNION
    SELECT device_key, source FROM lake.sightings
),

unknown AS (
    SELECT device_key
    FROM described
    WHERE written = ''
),

prefixes AS (
    SELECT l.device_key, regexp_extract(l.source, '^(android|chromebook|jamf_pro_mac|jamf)', 1) AS prefix
    FROM logged AS l
    SEMI JOIN unknown USING (device_key)
),

formats AS (
    SELECT device_key, MIN(prefix) AS prefix
    FROM prefixes
    GROUP BY device_key
    HAVING COUNT(DISTINCT prefix) = 1
)

SELECT
    d.device_key,
    CASE
        WHEN regexp_matches(d.written, 'ipad') THEN 'ipad'
        WHEN regexp_matches(d.written, 'phone|ipod') THEN 'phone'
        WHEN regexp_matches(d.written, 'chrome') THEN 'chromebook'
        WHEN regexp_matches(d.written, 'windows|linux') THEN 'pc'
        WHEN regexp_matches(d.written, '\bmac|\bimac|os x') THEN 'mac'
        WHEN regexp_matches(d.written, 'android') THEN 'android'
        -- iOS is what an iPad and an iPhone both say of themselves: it tells neither
        WHEN d.written != '' THEN NULL
        WHEN f.prefix = 'jamf' THEN 'ipad'
        WHEN f.prefix = 'jamf_pro_mac' THEN 'mac'
        ELSE NULLIF(f.prefix, '')
    END AS system
FROM described AS d
LEFT JOIN formats AS f USING (device_key)
