/*
title = "Which exports fed each school, and all together"
grain = "one source of one school, or of the territory, in one period"
*/
WITH come AS (
    SELECT DISTINCT
        e.source,
        e.evidence,
        COALESCE(i.person_key, IF(s.is_declared, f.person_system || ':' || e.person_key, e.person_key)) AS person_key,
        CAST(timezone(getvariable('timezone'), e.happened_at) AS DATE) AS day
    FROM lake.portal_events AS e
    JOIN lake.sources AS f ON e.source = f.source
    LEFT JOIN marts.person_identity AS i ON f.person_system = i."system" AND e.person_key = i.identifier
    LEFT JOIN (SELECT DISTINCT "system", TRUE AS is_declared FROM marts.person_identity) AS s ON f.person_system = s."system"
),

seen AS (
    SELECT DISTINCT h.uai, e.source, e.evidence, CAST(e.happened_at AS DATE) AS day
    FROM lake.device_events AS e
    JOIN marts.holding AS h USING (device_key)
    UNION
    SELECT DISTINCT h.uai, t.source, t.evidence, t.local_date AS day
    FROM lake.use_totals AS t
    JOIN marts.holding AS h USING (device_key)
    UNION
    SELECT DISTINCT h.uai, s.source, s.evidence, CAST(s.seen_at AS DATE) AS day
    FROM lake.sightings AS s
    JOIN marts.holding AS h USING (device_key)
    UNION
    SELECT DISTINCT h.uai, n.source, n.evidence, CAST(n.minute_at AS DATE) AS day
    FROM lake.network_minutes AS n
    JOIN marts.holding AS h USING (device_key)
    UNION
    SELECT DISTINCT t.uai, e.source, e.evidence, CAST(e.happened_at AS DATE) AS day
    FROM lake.portal_events AS e
    JOIN lake.structures AS t USING (structure_id)
    UNION
    -- many portals do not say the school: the visits count where their person is enrolled
    SELECT DISTINCT d.uai, c.source, c.evidence, c.day
    FROM come AS c
    JOIN marts.portal_day AS d ON c.person_key = d.person_key AND c.day = d.local_date
    UNION
    SELECT DISTINCT c.uai, c.source, '' AS evidence, c."date" AS day
    FROM lake.portal_counts AS c
),

schools AS (
    SELECT
        s.uai,
        p.period,
        s.source,
        s.evidence,
        MIN(s.day) AS first_day,
        MAX(s.day) AS last_day
    FROM seen AS s
    JOIN marts.period AS p ON s.uai = p.uai AND s.day BETWEEN p.from_date AND p.to_date
    GROUP BY ALL
),

places AS (
    SELECT * FROM schools
    UNION ALL
    SELECT
        'territory' AS uai,
        period,
        source,
        evidence,
        MIN(first_day) AS first_day,
        MAX(last_day) AS last_day
    FROM schools
    GROUP BY period, source, evidence
)

SELECT
    p.uai,
    p.period,
    p.source,
    f.title,
    f.titre,
    p.evidence,
    p.first_day,
    p.last_day
FROM places AS p
JOIN lake.sources AS f USING (source)
ORDER BY ALL
