/*
title = "How many pupils share the tablets of the trolleys, and the fingerprint of who they are"
grain = "one school in one period"
needs = ["holding", "enrolment"]
*/
WITH sharing AS (
    SELECT DISTINCT p.uai, p.period, e.person_key
    FROM marts.holding AS h
    JOIN marts.enrolment AS e
        ON h.class_key = e.class_key AND h.uai = e.uai AND h.from_date <= e.to_date AND h.to_date >= e.from_date
    JOIN marts.period AS p
        ON h.uai = p.uai AND GREATEST(h.from_date, e.from_date) <= p.to_date AND LEAST(h.to_date, e.to_date) >= p.from_date
    WHERE h.kind = 'shared'
)

SELECT uai, period, COUNT(*) AS n, population_of(person_key) AS population
FROM sharing
GROUP BY ALL
UNION ALL
SELECT 'territory' AS uai, period, COUNT(DISTINCT person_key) AS n, population_of(person_key) AS population
FROM sharing
GROUP BY ALL
