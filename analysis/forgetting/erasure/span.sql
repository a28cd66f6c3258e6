/*
title = "Days over which a device was that of a person forgotten on request: those that the rosters name, and those noted before"
grain = "one device from one day on"
needs = ["person"]
*/
WITH held AS (
    SELECT
        a.device_key,
        a.from_date,
        a.to_date
    FROM lake.assignments AS a
    SEMI JOIN erasing.person USING (person_key)
    UNION ALL
    -- a roster that was replaced says so, and the one that counts gives the device to nobody: the person was taken out of it
    SELECT
        a.device_key,
        a.from_date,
        a.to_date
    FROM every.assignments AS a
    SEMI JOIN erasing.person USING (person_key)
    ANTI JOIN lake.assignments AS l ON a.device_key = l.device_key
),

named AS (
    SELECT device_key FROM every.devices
    UNION
    SELECT device_key FROM every.assignments
    UNION
    SELECT device_key FROM every.repairs
    UNION
    SELECT device_key FROM every.device_events
    UNION
    SELECT device_key FROM every.use_totals
    UNION
    SELECT device_key FROM every.sightings
),

marked AS (
    SELECT
        sha256('device|' || device_key) AS mark,
        device_key,
        from_date AS first_day,
        MAX(COALESCE(to_date, DATE '9999-12-31')) AS last_day
    FROM held
    GROUP BY ALL
),

known AS (
    -- where a newer roster says from the same day on, it may know the end
    SELECT
        s.mark,
        n.device_key,
        s.first_day,
        s.last_day
    FROM forgotten_span AS s
    LEFT JOIN named AS n ON s.mark = sha256('device|' || n.device_key)
    ANTI JOIN marked AS m ON s.mark = m.mark AND s.first_day = m.first_day
),

spans AS (
    SELECT * FROM marked
    UNION ALL
    SELECT * FROM known
),

given_on AS (
    -- as in marts.holding: a device given on without a note of its return ended with the eve
    SELECT
        s.mark,
        s.first_day,
        MIN(a.from_date) AS next_from
    FROM spans AS s
    JOIN lake.assignments AS a ON s.device_key = a.device_key AND s.first_day < a.from_date
    ANTI JOIN erasing.person AS p ON a.person_key = p.person_key
    GROUP BY ALL
)

SELECT
    s.mark,
    s.device_key,
    s.first_day,
    s.last_day,
    -- a device that serves several persons tells nothing of one
    IF(d.kind IN ('shared', 'extracurricular'), NULL, LEAST(s.last_day, COALESCE(g.next_from - 1, DATE '9999-12-31'))) AS until
FROM spans AS s
LEFT JOIN given_on AS g ON s.mark = g.mark AND s.first_day = g.first_day
LEFT JOIN lake.devices AS d ON s.device_key = d.device_key
