/*
title = "What is publicly known of each school, and of all together, and what kind of data there is"
grain = "one school, or the territory, in one period"
like = ["schools"]

[columns]
uai = "national code of the school; `territory` stands for all schools together"
classes = "number of classes"
levels = "levels of its pupils, such as CE1|CE2"
individual_devices = "tablets that one pupil holds"
shared_devices = "devices of the trolleys"
device_evidence = "how the use of individual tablets is known, of most of their days"
shared_evidence = "how the use of shared devices is known, of most of their days"
systems = "systems of the devices, such as Android|iPadOS"
kinds = "for each kind and evidence, what the devices are: individual:active:ipad|..."
is_invented = "whether it is a school of the demonstration"
*/
WITH spans AS (
    SELECT uai AS place, uai, period, from_date, to_date FROM marts.period
    UNION ALL
    SELECT 'territory' AS place, uai, period, from_date, to_date FROM marts.period
),

pupils AS (
    SELECT
        p.place,
        p.period,
        COUNT(DISTINCT e.person_key) AS pupils,
        COUNT(DISTINCT e.class_key) AS classes,
        STRING_AGG(DISTINCT e.level, '|' ORDER BY e.level) AS levels
    FROM spans AS p
    JOIN marts.enrolment AS e ON p.uai = e.uai AND e.from_date <= p.to_date AND e.to_date >= p.from_date
    GROUP BY ALL
),

devices AS (
    SELECT
        p.place,
        p.period,
        COUNT(DISTINCT h.device_key) FILTER (WHERE h.kind = 'individual') AS individual_devices,
        COUNT(DISTINCT h.device_key) FILTER (WHERE h.kind = 'shared') AS shared_devices,
        STRING_AGG(DISTINCT h.os, '|' ORDER BY h.os) AS systems
    FROM spans AS p
    JOIN marts.holding AS h ON p.uai = h.uai AND h.from_date <= p.to_date AND h.to_date >= p.from_date
    GROUP BY ALL
),

main_evidence AS (
    -- the evidence of most device-days: one iPad among tablets of another kind does not make an iPad school
    SELECT
        p.place,
        p.period,
        d.kind,
        d.evidence
    FROM spans AS p
    JOIN marts.device_period AS d USING (uai, period)
    WHERE d.breakdown = 'all'
    GROUP BY p.place, p.period, d.kind, d.evidence
    QUALIFY ROW_NUMBER() OVER (PARTITION BY p.place, p.period, d.kind ORDER BY SUM(d.days) DESC, d.evidence) = 1
),

kinds_known AS (
    -- for each way of knowing, what the devices are: one word where all that tell are the same, none where they differ
    SELECT
        p.place,
        p.period,
        d.kind,
        d.evidence,
        IF(COUNT(DISTINCT y.system) = 1, ANY_VALUE(y.system), '') AS system
    FROM spans AS p
    JOIN marts.device_period AS d USING (uai, period)
    LEFT JOIN marts.device_system AS y USING (device_key)
    WHERE d.breakdown = 'all'
    GROUP BY p.place, p.period, d.kind, d.evidence
),

kinds AS (
    SELECT place, period, STRING_AGG(kind || ':' || evidence || ':' || system, '|' ORDER BY kind, evidence) AS kinds
    FROM kinds_known
    GROUP BY place, period
),

schools AS (
    SELECT
        p.uai AS place,
        p.period,
        p.school_year,
        s.name,
        s.commune,
        s.sector,
        s.ips,
        s.rep,
        STARTS_WITH(p.uai, (SELECT x.value FROM setting AS x WHERE x.name = 'invented_department')) AS is_invented
    FROM marts.period AS p
    JOIN marts.school AS s ON p.uai = s.uai AND p.school_year = s.school_year
),

places AS (
    SELECT * FROM schools
    UNION ALL
    -- what the schools have in common; an index of position is a school's own
    SELECT
        'territory' AS place,
        period,
        school_year,
        (SELECT x.value FROM setting AS x WHERE x.name = 'territory') AS name,
        IF(COUNT(DISTINCT commune) = 1, ANY_VALUE(commune), NULL) AS commune,
        IF(COUNT(DISTINCT sector) = 1, ANY_VALUE(sector), NULL) AS sector,
        NULL AS ips,
        NULL AS rep,
        BOOL_AND(is_invented) AS is_invented
    FROM schools
    GROUP BY period, school_year
)

SELECT
    s.place AS uai,
    s.period,
    s.school_year,
    s.name,
    s.commune,
    s.sector,
    s.ips,
    s.rep,
    COALESCE(u.pupils, 0) AS pupils,
    COALESCE(u.classes, 0) AS classes,
    u.levels,
    -- to ten, and ten where there are any: beside the number of pupils an exact one would count those without
    CAST(COALESCE(GREATEST(ROUND(d.individual_devices / 10) * 10, IF(d.individual_devices > 0, 10, 0)), 0) AS BIGINT) AS individual_devices,
    CAST(COALESCE(GREATEST(ROUND(d.shared_devices / 10) * 10, IF(d.shared_devices > 0, 10, 0)), 0) AS BIGINT) AS shared_devices,
    i.evidence AS device_evidence,
    t.evidence AS shared_evidence,
    d.systems,
    k.kinds,
    s.is_invented
FROM places AS s
LEFT JOIN pupils AS u USING (place, period)
LEFT JOIN devices AS d USING (place, period)
LEFT JOIN kinds AS k USING (place, period)
LEFT JOIN main_evidence AS i ON s.place = i.place AND s.period = i.period AND i.kind = 'individual'
LEFT JOIN main_evidence AS t ON s.place = t.place AND s.period = t.period AND t.kind = 'shared'
ORDER BY ALL
