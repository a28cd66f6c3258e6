/*
title = "Accounts of pupils or parents that have never been opened, and hardly fewer of them than some months before"
grain = "one school and profile"
*/
WITH shares AS (
    -- teachers are too few in a school to be told of
    SELECT m.*, v.category, v.value, v.reason AS bound
    FROM month AS m
    JOIN published."values" AS v ON m.uai = v.uai AND m.period = v.period
    WHERE v.measure = 'accounts_activated_share' AND v.category IN ('student', 'relative') AND v.shown
)

SELECT
    n.uai,
    n.name,
    n.period,
    'accounts_activated_share' AS measure,
    'profile' AS breakdown,
    n.category,
    n.value,
    n.bound,
    b.period AS before_period,
    b.value AS before_value,
    b.bound AS before_bound
FROM shares AS n
JOIN shares AS b
    ON n.uai = b.uai AND n.school_year = b.school_year AND n.category = b.category
    AND b.months_ago = n.months_ago + getvariable('activation_months')
WHERE
    n.is_news
    AND n.value < getvariable('activation_target')
    -- a bound and a share cannot be compared
    AND n.bound IS NOT DISTINCT FROM b.bound
    AND n.bound IS DISTINCT FROM 'at_least'
    AND ROUND(n.value - b.value, 6) < getvariable('activation_growth')
