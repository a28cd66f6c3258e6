/*
title          = "Pupils with an individual tablet"
why_it_matters = "Everything else is said of them alone."
population     = "pupils enrolled on at least one school day of the period; week: those enrolled on the last school day of the week who hold a tablet on that day"
unit           = "share"
statistic      = "share"
shown_by       = ["all", "level", "cycle", "week", "sex", "social_band", "home_internet", "support", "rep", "ips"]
adds           = ["pupils"]
overlaps       = ["school", "level", "cycle", "rep", "ips"]
*/
WITH groups AS (
    SELECT
        c.uai,
        c.period,
        c.breakdown,
        c.category,
        e.person_key,
        BOOL_OR(e.days_equipped > 0) AS is_equipped
    FROM marts.enrolled_period AS e
    JOIN marts.pupil_cut AS c USING (uai, period, person_key, school_uai)
    -- whether the tablet may go home is known of those who have one
    WHERE e.breakdown = 'all' AND c.breakdown <> 'take_home'
    GROUP BY ALL
),

last_days AS (
    SELECT d.uai, p.period, MAX(d.local_date) AS last_day
    FROM marts.school_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    WHERE d.is_school_day
    GROUP BY d.uai, p.period, DATE_TRUNC('week', d.local_date)
),

weeks AS (
    SELECT
        l.uai,
        l.period,
        'week' AS breakdown,
        CAST(CAST(DATE_TRUNC('week', l.last_day) AS DATE) AS VARCHAR) AS category,
        e.person_key,
        BOOL_OR(h.device_key IS NOT NULL) AS is_equipped
    FROM last_days AS l
    JOIN marts.enrolment AS e ON l.uai = e.uai AND l.last_day BETWEEN e.from_date AND e.to_date
    LEFT JOIN marts.holding AS h
        ON e.uai = h.uai AND e.person_key = h.person_key AND l.last_day BETWEEN h.from_date AND h.to_date AND h.kind = 'individual'
    GROUP BY ALL
),

everywhere AS (
    SELECT * FROM groups
    UNION ALL
    SELECT * FROM weeks
    UNION ALL
    SELECT * REPLACE ('territory' AS uai) FROM weeks
)

SELECT
    uai,
    period,
    breakdown,
    category,
    '' AS evidence,
    people_in(person_key) AS n,
    COUNT(DISTINCT person_key) FILTER (WHERE is_equipped) AS numerator,
    people_in(person_key) AS denominator,
    population_of(person_key) AS population
FROM everywhere
GROUP BY ALL
