/*
title = "Every enrolled pupil in each period: school days, equipped days, days on the portal"
grain = "one pupil of one school in one period, breakdown and category"
needs = ["enrolment", "holding", "portal_day"]

[columns]
days = "school days on which the pupil is enrolled"
days_equipped = "those of these days with an individual tablet in hand"
days_visiting = "those of these days with a visit to the portal"
*/
WITH enrolled AS (
    SELECT DISTINCT
        e.uai,
        e.person_key,
        e.level,
        d.local_date
    FROM marts.enrolment AS e
    JOIN marts.school_day AS d ON e.uai = d.uai AND d.local_date BETWEEN e.from_date AND e.to_date
    WHERE d.is_school_day
),

equipped AS (
    SELECT DISTINCT h.uai, h.person_key, d.local_date
    FROM marts.holding AS h
    JOIN marts.school_day AS d ON h.uai = d.uai AND d.local_date BETWEEN h.from_date AND h.to_date
    WHERE h.kind = 'individual' AND d.is_school_day
),

cut AS (
    SELECT
        e.*,
        q.person_key IS NOT NULL AS is_equipped,
        COALESCE(v.visits, 0) > 0 AS is_visiting,
        p.period,
        UNNEST([{'breakdown': 'all', 'category': 'all'}, {'breakdown': 'level', 'category': e.level}], recursive := TRUE)
    FROM enrolled AS e
    JOIN marts.period AS p ON e.uai = p.uai AND e.local_date BETWEEN p.from_date AND p.to_date
    LEFT JOIN equipped AS q ON e.uai = q.uai AND e.person_key = q.person_key AND e.local_date = q.local_date
    LEFT JOIN marts.portal_day AS v ON e.uai = v.uai AND e.person_key = v.person_key AND e.local_date = v.local_date
),

schools AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        person_key,
        COUNT(*) AS days,
        COUNT(*) FILTER (WHERE is_equipped) AS days_equipped,
        COUNT(*) FILTER (WHERE is_visiting) AS days_visiting
    FROM cut
    GROUP BY ALL
)

SELECT *, uai AS school_uai FROM schools
UNION ALL
SELECT * REPLACE ('territory' AS uai), uai AS school_uai FROM schools
