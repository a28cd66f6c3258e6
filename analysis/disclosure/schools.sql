/*
title = "What is publicly known of each school, and what kind of data there is on it"
grain = "one school in one period"
*/
WITH pupils AS (
    SELECT
        p.uai,
        p.period,
        COUNT(DISTINCT e.person_key) AS pupils,
        COUNT(DISTINCT e.class_key) AS classes,
        STRING_AGG(DISTINCT e.level, '|' ORDER BY e.level) AS levels
    FROM marts.period AS p
    JOIN marts.enrolment AS e ON p.uai = e.uai AND e.from_date <= p.to_date AND e.to_date >= p.from_date
    GROUP BY ALL
),

devices AS (
    SELECT
        p.uai,
        p.period,
        COUNT(DISTINCT h.device_key) FILTER (WHERE h.kind = 'individual') AS individual_devices,
        COUNT(DISTINCT h.device_key) FILTER (WHERE h.kind = 'shared') AS shared_devices,
        STRING_AGG(DISTINCT h.os, '|' ORDER BY h.os) AS systems
    FROM marts.period AS p
    JOIN marts.holding AS h ON p.uai = h.uai AND h.from_date <= p.to_date AND h.to_date >= p.from_date
    GROUP BY ALL
),

main_evidence AS (
    -- the evidence of most device-days: one iPad among tablets of another kind does not make an iPad school
    SELECT
        uai,
        period,
        kind,
        evidence
    FROM marts.device_period
    WHERE breakdown = 'all'
    GROUP BY uai, period, kind, evidence
    QUALIFY ROW_NUMBER() OVER (PARTITION BY uai, period, kind ORDER BY SUM(days) DESC, evidence) = 1
)

SELECT
    p.uai,
    p.period,
    p.school_year,
    s.name,
    s.commune,
    s.sector,
    s.ips,
    s.rep,
    COALESCE(u.pupils, 0) AS pupils,
    COALESCE(u.classes, 0) AS classes,
    u.levels,
    COALESCE(d.individual_devices, 0) AS individual_devices,
    COALESCE(d.shared_devices, 0) AS shared_devices,
    i.evidence AS device_evidence,
    t.evidence AS shared_evidence,
    d.systems,
    STARTS_WITH(p.uai, (SELECT x.value FROM setting AS x WHERE x.name = 'invented_department')) AS is_invented
FROM marts.period AS p
JOIN marts.school AS s ON p.uai = s.uai AND p.school_year = s.school_year
LEFT JOIN pupils AS u ON p.uai = u.uai AND p.period = u.period
LEFT JOIN devices AS d ON p.uai = d.uai AND p.period = d.period
LEFT JOIN main_evidence AS i ON p.uai = i.uai AND p.period = i.period AND i.kind = 'individual'
LEFT JOIN main_evidence AS t ON p.uai = t.uai AND p.period = t.period AND t.kind = 'shared'
ORDER BY ALL
