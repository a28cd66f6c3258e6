/*
title = "Results of whole schools, year by year, in the tests whose pupils got tablets in a year that the protocol names"
grain = "one school in one domain of one test in one school year"
needs = ["school"]

[columns]
year_from = "year in which the school year begins"
first_year_from = "year in which the first school year with tablets begins; NULL for a school that never had any"
mean_score = "mean of the scores, in points of their scale"
sd_score = "standard deviation of the pupils' scores"
*/
WITH results AS (
    SELECT
        COALESCE(g.uai, c.uai) AS uai,
        g.test,
        g.domain,
        CAST(LEFT(school_year_of(g.taken_on), 4) AS INTEGER) AS year_from,
        g.pupils,
        g.mean_score,
        g.sd_score
    FROM lake.group_assessments AS g
    LEFT JOIN lake.classes AS c ON g.class_key = c.class_key AND g.uai IS NULL
),

schools AS (
    SELECT
        uai,
        test,
        domain,
        year_from,
        SUM(pupils) AS pupils,
        SUM(pupils * mean_score) / SUM(pupils) AS mean_score,
        -- of pupils around their class or school, and of those around the whole: within one test they are on one scale
        SQRT(SUM(pupils * POWER(sd_score, 2)) / SUM(pupils) FILTER (WHERE sd_score IS NOT NULL)) AS sd_score
    FROM results
    WHERE uai IS NOT NULL
    GROUP BY ALL
),

equipped AS (
    -- a school that the protocol names goes before what it says of all schools of the rosters
    SELECT
        s.uai,
        a.test,
        a.domain,
        ARG_MAX(CAST(LEFT(a.first_year, 4) AS INTEGER), a.uai <> '') AS first_year_from
    FROM (SELECT DISTINCT uai FROM marts.school) AS s
    JOIN marts.announced_cohort AS a ON a.uai IN (s.uai, '')
    ANTI JOIN marts.never_equipped AS n ON s.uai = n.uai
    GROUP BY ALL
)

SELECT
    s.*,
    e.first_year_from
FROM schools AS s
LEFT JOIN equipped AS e USING (uai, test, domain)
WHERE
    e.uai IS NOT NULL
    OR (
        s.uai IN (SELECT n.uai FROM marts.never_equipped AS n)
        AND (s.test, s.domain) IN (SELECT (a.test, a.domain) FROM marts.announced_cohort AS a)
    )
