/*
title = "The groups that each enrolled pupil belongs to in each period: everybody, level, and what the registers say of the pupil"
grain = "one pupil of one school in one group, in each period and place"
needs = ["enrolled_period", "holding", "person"]
*/
WITH pupils AS (
    SELECT DISTINCT uai, period, person_key
    FROM marts.enrolled_period
    WHERE uai <> 'territory' AND breakdown = 'all'
),

levels AS (
    SELECT uai, period, person_key, breakdown, category
    FROM marts.enrolled_period
    WHERE uai <> 'territory' AND breakdown = 'level'
),

cycles AS (
    -- who passes from CE1 to CE2 in a period stays in one cycle
    SELECT DISTINCT
        uai,
        period,
        person_key,
        'cycle' AS breakdown,
        cycle_of(category) AS category
    FROM levels
    WHERE cycle_of(category) IS NOT NULL
),

homes AS (
    SELECT
        h.uai,
        p.period,
        h.person_key,
        BOOL_OR(h.take_home) AS may_take_home
    FROM marts.holding AS h
    JOIN marts.period AS p ON h.uai = p.uai AND h.from_date <= p.to_date AND h.to_date >= p.from_date
    WHERE h.kind = 'individual'
    GROUP BY ALL
),

described AS (
    -- what is known of nobody in the whole roster is no breakdown; of those of whom it is not known, it is a group of its own
    SELECT
        u.uai,
        u.period,
        u.person_key,
        UNNEST([
            {'breakdown': 'all', 'category': 'all'},
            {'breakdown': 'sex', 'category': COALESCE(p.sex, 'unknown')},
            {'breakdown': 'social_band', 'category': COALESCE(p.social_band, 'unknown')},
            {'breakdown': 'home_internet', 'category': COALESCE(CAST(p.home_internet AS VARCHAR), 'unknown')},
            {'breakdown': 'support', 'category': COALESCE(CAST(p.support AS VARCHAR), 'unknown')},
            {'breakdown': 'take_home', 'category': COALESCE(CAST(h.may_take_home AS VARCHAR), 'unknown')}
        ], recursive := TRUE)
    FROM pupils AS u
    LEFT JOIN marts.person AS p USING (person_key)
    LEFT JOIN homes AS h ON u.uai = h.uai AND u.period = h.period AND u.person_key = h.person_key
),

grouped AS (
    SELECT * FROM levels
    UNION ALL
    SELECT * FROM cycles
    UNION ALL
    SELECT * FROM described
),

ranked AS (
    SELECT
        p.uai,
        p.period,
        s.ips,
        s.rep,
        RANK() OVER (PARTITION BY p.period ORDER BY s.ips) AS ips_rank,
        COUNT(s.ips) OVER (PARTITION BY p.period) AS school_count,
        COUNT(s.rep) OVER (PARTITION BY p.period) AS rep_count
    FROM marts.period AS p
    JOIN marts.school AS s ON p.uai = s.uai AND p.school_year = s.school_year
),

schools AS (
    SELECT uai, period, 'rep' AS breakdown, IF(rep IS NULL, 'other', 'rep') AS category
    FROM ranked
    WHERE rep_count > 0
    UNION ALL
    -- the lowest and the highest third of the schools; what does not divide by three stands in the middle
    SELECT
        uai,
        period,
        'ips' AS breakdown,
        CASE
            WHEN ips IS NULL THEN 'unknown'
            WHEN ips_rank <= school_count // 3 THEN 'low'
            WHEN ips_rank > school_count - school_count // 3 THEN 'high'
            ELSE 'middle'
        END AS category
    FROM ranked
    WHERE school_count >= 3
),

known AS (
    SELECT uai, period, breakdown
    FROM grouped
    WHERE category <> 'unknown'
    GROUP BY ALL
),

everywhere AS (
    SELECT g.*, g.uai AS school_uai
    FROM grouped AS g
    JOIN known USING (uai, period, breakdown)
    -- a support plan concerns a few pupils of a school, whom the others know: it is looked at over the whole territory only
    WHERE g.breakdown <> 'support'
    UNION ALL
    SELECT g.* REPLACE ('territory' AS uai), g.uai AS school_uai
    FROM grouped AS g
    JOIN (SELECT DISTINCT period, breakdown FROM known) AS k USING (period, breakdown)
    UNION ALL
    SELECT 'territory' AS uai, u.period, u.person_key, s.breakdown, s.category, u.uai AS school_uai
    FROM pupils AS u
    JOIN schools AS s USING (uai, period)
)

SELECT * FROM everywhere
