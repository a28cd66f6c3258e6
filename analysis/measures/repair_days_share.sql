/*
title          = "School tablet-days lost in repair"
why_it_matters = "A tablet in the workshop is a pupil without."
population     = "school days on which a pupil holds an individual tablet or the tablet is out of service, in the school of its last holder; n counts the pupils; a repair without an end lasts until the tablet is handed over again"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
adds           = ["pupils", "days"]
*/
WITH repairs AS (
    SELECT
        r.device_key,
        r.from_date,
        COALESCE(r.to_date, MIN(CAST(a.from_date AS DATE) - 1), DATE '9999-12-31') AS to_date
    FROM lake.repairs AS r
    LEFT JOIN lake.assignments AS a ON r.device_key = a.device_key AND a.from_date > r.from_date
    GROUP BY r.device_key, r.from_date, r.to_date
),

placed AS (
    SELECT
        r.*,
        h.uai,
        h.person_key
    FROM repairs AS r
    JOIN marts.holding AS h ON r.device_key = h.device_key AND h.from_date <= r.from_date
    WHERE h.kind = 'individual'
    QUALIFY ROW_NUMBER() OVER (PARTITION BY r.device_key, r.from_date ORDER BY h.from_date DESC, h.uai ASC, h.person_key ASC) = 1
),

lost AS (
    SELECT
        r.uai,
        r.device_key,
        d.local_date,
        MIN(r.person_key) AS person_key
    FROM placed AS r
    JOIN marts.school_day AS d ON r.uai = d.uai AND d.local_date BETWEEN r.from_date AND r.to_date
    WHERE d.is_school_day
    GROUP BY ALL
),

in_hand AS (
    SELECT DISTINCT d.uai, d.device_key, d.local_date, d.person_key
    FROM marts.device_day AS d
    ANTI JOIN lost AS l ON d.device_key = l.device_key AND d.local_date = l.local_date
    WHERE d.is_school_day AND d.kind = 'individual'
),

days AS (
    SELECT *, TRUE AS is_lost FROM lost
    UNION ALL
    SELECT *, FALSE AS is_lost FROM in_hand
),

everywhere AS (
    SELECT d.*, p.period
    FROM days AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    -- without any list of repairs there is nothing to say, which is not zero
    WHERE EXISTS(FROM lake.repairs)
)

SELECT
    uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    '' AS evidence,
    people_in(person_key) AS n,
    COUNT(*) FILTER (WHERE is_lost) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population
FROM everywhere
GROUP BY ALL
UNION ALL
SELECT
    'territory' AS uai,
    period,
    'all' AS breakdown,
    'all' AS category,
    '' AS evidence,
    people_in(person_key) AS n,
    COUNT(*) FILTER (WHERE is_lost) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population
FROM everywhere
GROUP BY period
