-- The groups in which something has changed since the last release of their period, for fewer pupils than the threshold.
WITH before AS (
    SELECT * FROM people_released
),

now AS (
    SELECT * FROM people_now
    WHERE (uai, period) IN (SELECT (b.uai, b.period) FROM before AS b)
),

changed AS (
    SELECT
        COALESCE(n.uai, b.uai) AS uai,
        COALESCE(n.period, b.period) AS period,
        COALESCE(n.person_key, b.person_key) AS person_key
    FROM now AS n
    FULL JOIN before AS b USING (uai, period, person_key)
    WHERE n.print IS DISTINCT FROM b.print
),

groups AS (
    SELECT DISTINCT uai AS place, period, breakdown, category
    FROM marts.pupil_cut
),

members AS (
    SELECT uai AS place, school_uai AS uai, period, person_key, breakdown, category
    FROM marts.pupil_cut
),

counted AS (
    SELECT
        g.place,
        g.period,
        g.breakdown,
        g.category,
        -- somebody whom the rosters no longer know may have been in any group
        COUNT(DISTINCT c.person_key) FILTER (
            WHERE m.person_key IS NOT NULL OR c.person_key NOT IN (SELECT k.person_key FROM members AS k WHERE k.period = g.period)
        ) AS pupils
    FROM groups AS g
    JOIN changed AS c ON g.period = c.period AND (g.place = c.uai OR g.place = 'territory')
    LEFT JOIN members AS m
        ON g.place = m.place AND g.period = m.period AND g.breakdown = m.breakdown AND g.category = m.category
        AND c.person_key = m.person_key
    GROUP BY ALL
)

SELECT
    place AS uai,
    period,
    breakdown,
    category
FROM counted
WHERE pupils BETWEEN 1 AND (SELECT CAST(s.value AS INTEGER) - 1 FROM setting AS s WHERE s.name = 'threshold')
ORDER BY ALL
