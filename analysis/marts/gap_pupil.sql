/*
title = "Which pupils each gap compares: those of the group that is looked at, and the others"
grain = "one pupil in one comparison, in each period and place, per evidence class"
needs = ["pupil_minutes", "pupil_cut", "person"]

[columns]
breakdown = "what the two sides differ in: sex, social_band, home_internet, support, take_home, rep, ips"
category = "the side that is looked at"
minutes = "minutes per school day"
is_between = "whether whole schools or classes differ, and not pupils of one class"
is_here = "whether the pupil is on the side that is looked at"
*/
WITH known AS (
    SELECT DISTINCT social_band
    FROM marts.person
    WHERE profile = 'student' AND social_band IS NOT NULL
),

bands AS (
    -- the least favoured band that occurs; when one of the register is not in cartable.toml, nobody can say which that is
    SELECT ARG_MAX(k.social_band, b.rank) AS least_favoured
    FROM known AS k
    LEFT JOIN marts.social_band AS b USING (social_band)
    HAVING COUNT(k.social_band) = COUNT(b.rank)
),

cut AS (
    SELECT
        c.*,
        CASE c.breakdown
            WHEN 'sex' THEN 'F'
            WHEN 'social_band' THEN (SELECT b.least_favoured FROM bands AS b)
            WHEN 'home_internet' THEN 'false'
            WHEN 'support' THEN 'true'
            WHEN 'rep' THEN 'rep'
            WHEN 'ips' THEN 'low'
        END AS here
    FROM marts.pupil_cut AS c
    -- the middle third of the schools is on neither side
    WHERE c.category <> 'unknown' AND (c.breakdown <> 'ips' OR c.category <> 'middle')
),

traits AS (
    SELECT
        m.uai,
        m.period,
        c.breakdown,
        c.here AS category,
        m.evidence,
        m.person_key,
        m.school_uai,
        m.minutes,
        c.breakdown IN ('rep', 'ips') AS is_between,
        IF(c.breakdown IN ('rep', 'ips'), m.school_uai, m.class_key) AS cluster_key,
        c.category = c.here AS is_here
    FROM marts.pupil_minutes AS m
    JOIN cut AS c USING (uai, period, person_key, school_uai)
    WHERE c.here IS NOT NULL
),

home_classes AS (
    -- tablets go home by class: half of its holders make it such a class
    SELECT
        m.uai,
        m.period,
        m.evidence,
        m.class_key,
        AVG(CAST(c.category = 'true' AS INTEGER)) >= 0.5 AS is_here
    FROM marts.pupil_minutes AS m
    JOIN marts.pupil_cut AS c USING (uai, period, person_key, school_uai)
    WHERE c.breakdown = 'take_home' AND c.category <> 'unknown'
    GROUP BY ALL
),

homes AS (
    SELECT
        m.uai,
        m.period,
        'take_home' AS breakdown,
        'true' AS category,
        m.evidence,
        m.person_key,
        m.school_uai,
        m.minutes,
        TRUE AS is_between,
        m.class_key AS cluster_key,
        h.is_here
    FROM marts.pupil_minutes AS m
    JOIN home_classes AS h USING (uai, period, evidence, class_key)
),

compared AS (
    SELECT * FROM traits
    UNION ALL
    SELECT * FROM homes
)

SELECT *
FROM compared
-- pupils who have nobody to be compared with in their class are in no gap
QUALIFY is_between OR COUNT(DISTINCT is_here) OVER (PARTITION BY uai, period, breakdown, evidence, cluster_key) = 2
