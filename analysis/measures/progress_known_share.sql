/*
title          = "Pupils with a result whose progress and minutes are both known"
why_it_matters = "What is said of progress is said of them alone."
population     = "pupils of the rosters with a result in the period"
unit           = "share"
statistic      = "share"
shown_by       = ["outcome"]
*/
WITH evidences AS (
    SELECT DISTINCT period, test, domain, evidence
    FROM marts.progress_pupil
    WHERE evidence IS NOT NULL
),

pupils AS (
    SELECT
        p.period,
        p.test,
        p.domain,
        e.evidence,
        p.person_key,
        BOOL_OR(p.prior_score IS NOT NULL AND p.evidence IS NOT DISTINCT FROM e.evidence) AS is_known
    FROM marts.progress_pupil AS p
    JOIN evidences AS e USING (period, test, domain)
    GROUP BY ALL
)

SELECT
    'territory' AS uai,
    period,
    'outcome' AS breakdown,
    test || ' · ' || domain AS category,
    evidence,
    COUNT(*) AS n,
    COUNT(*) FILTER (WHERE is_known) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population
FROM pupils
GROUP BY ALL
