-- How many pupils of a place and period stand in each pair of groups of two kinds; NULL: in no group of that kind. Everybody is a kind.
WITH cuts AS (
    SELECT
        uai,
        period,
        person_key,
        school_uai,
        breakdown,
        MIN(category) AS category
    FROM marts.pupil_cut
    GROUP BY ALL
),

kinds AS (
    SELECT DISTINCT uai, period, breakdown
    FROM cuts
),

sorted AS (
    -- each pupil once in every kind of the place
    SELECT
        p.uai,
        p.period,
        p.person_key,
        p.school_uai,
        k.breakdown,
        c.category
    FROM cuts AS p
    JOIN kinds AS k ON p.uai = k.uai AND p.period = k.period
    LEFT JOIN cuts AS c
        ON p.uai = c.uai AND p.period = c.period AND p.person_key = c.person_key AND p.school_uai = c.school_uai
        AND k.breakdown = c.breakdown
    WHERE p.breakdown = 'all'
)

SELECT
    a.uai,
    a.period,
    a.breakdown AS left_breakdown,
    b.breakdown AS right_breakdown,
    a.category AS left_category,
    b.category AS right_category,
    COUNT(*) AS pupils
FROM sorted AS a
JOIN sorted AS b USING (uai, period, person_key, school_uai)
WHERE a.breakdown < b.breakdown
GROUP BY ALL
ORDER BY ALL
