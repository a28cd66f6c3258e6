/*
title          = "Tablets that gave no sign for 28 days"
why_it_matters = "Four weeks of silence: a tablet that nobody misses."
population     = "tablets held for 28 days at least on the last school day of the period that logs of their kind reach; all: pupils' tablets; shared: those of trolleys, n counts the pupils of the classes that share them"
unit           = "share"
statistic      = "share"
shown_by       = ["all", "kind"]
adds           = ["pupils"]
*/
WITH tablets AS (
    SELECT
        uai,
        period,
        evidence,
        kind,
        COUNT(DISTINCT person_key) AS holders,
        population_of(person_key) AS population,
        COUNT(*) FILTER (WHERE COALESCE(days_silent, days_held) >= 28) AS dormant,
        COUNT(*) AS in_hand
    FROM marts.tablet_sign
    WHERE days_held >= 28
    GROUP BY ALL
)

SELECT
    t.uai,
    t.period,
    IF(t.kind = 'shared', 'kind', 'all') AS breakdown,
    IF(t.kind = 'shared', 'shared', 'all') AS category,
    t.evidence,
    IF(t.kind = 'shared', s.n, t.holders) AS n,
    t.dormant AS numerator,
    t.in_hand AS denominator,
    IF(t.kind = 'shared', s.population, t.population) AS population
FROM tablets AS t
LEFT JOIN marts.sharing_pupils AS s USING (uai, period)
