/*
title          = "Tablets that gave no sign for 14 days"
why_it_matters = "Two weeks of silence: lost, flat or in a drawer; somebody can go and look."
population     = "tablets held for 14 days at least on the last school day of the period that logs of their kind reach; all: pupils' tablets; shared: those of trolleys, n counts the pupils of the classes that share them"
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
        COUNT(*) FILTER (WHERE COALESCE(days_silent, days_held) >= 14) AS dormant,
        COUNT(*) AS in_hand
    FROM marts.tablet_sign
    WHERE days_held >= 14
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
