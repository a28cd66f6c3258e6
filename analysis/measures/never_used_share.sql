/*
title          = "Tablets that were not used at all"
why_it_matters = "A tablet paid for and never lit; a trolley that stays locked."
population     = "tablets held on a school day of the period whose use is measured; not one second in the period, with or without school; n counts the pupils who hold or share them"
unit           = "share"
statistic      = "share"
shown_by       = ["kind"]
adds           = ["pupils"]
overlaps       = ["school"]
*/
WITH devices AS (
    SELECT
        d.uai,
        p.period,
        d.evidence,
        d.kind,
        d.device_key,
        d.person_key,
        BOOL_OR(d.is_school_day) AS is_held,
        SUM(d.seconds) AS seconds
    FROM marts.device_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    WHERE d.seconds IS NOT NULL AND d.kind IN ('individual', 'shared')
    GROUP BY ALL
),

tablets AS (
    -- a tablet that one pupil left alone and the next one uses is used
    SELECT
        w.place AS uai,
        d.period,
        d.evidence,
        d.kind,
        d.device_key,
        SUM(d.seconds) = 0 AS is_unused
    FROM devices AS d
    JOIN marts.place AS w USING (uai, period, evidence, kind)
    GROUP BY ALL
    HAVING BOOL_OR(d.is_held)
),

holders AS (
    SELECT
        w.place AS uai,
        d.period,
        d.evidence,
        d.kind,
        COUNT(DISTINCT d.person_key) AS n,
        population_of(d.person_key) AS population
    FROM devices AS d
    JOIN marts.place AS w USING (uai, period, evidence, kind)
    WHERE d.is_held
    GROUP BY ALL
)

SELECT
    t.uai,
    t.period,
    'kind' AS breakdown,
    t.kind AS category,
    t.evidence,
    ANY_VALUE(IF(t.kind = 'shared', s.n, h.n)) AS n,
    COUNT(*) FILTER (WHERE t.is_unused) AS numerator,
    COUNT(*) AS denominator,
    ANY_VALUE(IF(t.kind = 'shared', s.population, h.population)) AS population
FROM tablets AS t
JOIN holders AS h USING (uai, period, evidence, kind)
LEFT JOIN marts.sharing_pupils AS s USING (uai, period)
GROUP BY ALL
