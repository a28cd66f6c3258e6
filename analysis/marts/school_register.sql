/*
title = "The schools of the rosters beside the public registers: is the school known, and how many of its pupils do the rosters hold"
grain = "one school of schools.csv in one school year; a column is empty where no public file speaks of it"
needs = ["school", "enrolment"]

[columns]
is_in_directory = "whether the ministry's directory has this school; empty where there is no directory"
counted_on = "day on which the roster's pupils are counted"
enrolled = "pupils enrolled on that day"
public_pupils = "pupils by the ministry's count, of the same levels"
*/
WITH counting_days AS (
    -- pupils are counted in September; a roster that begins later is looked at on its first day
    SELECT
        s.uai,
        s.school_year,
        GREATEST(MAKE_DATE(CAST(LEFT(s.school_year, 4) AS INTEGER), 10, 1), MIN(e.from_date)) AS counted_on
    FROM marts.school AS s
    JOIN marts.enrolment AS e ON s.uai = e.uai AND e.to_date >= MAKE_DATE(CAST(LEFT(s.school_year, 4) AS INTEGER), 10, 1)
    GROUP BY s.uai, s.school_year
),

enrolled AS (
    SELECT
        c.uai,
        c.school_year,
        c.counted_on,
        COUNT(DISTINCT e.person_key) AS enrolled,
        BOOL_OR(e.level IN ('TPS', 'PS', 'MS', 'GS')) AS has_nursery
    FROM counting_days AS c
    JOIN marts.enrolment AS e ON c.uai = e.uai AND c.counted_on BETWEEN e.from_date AND e.to_date
    WHERE c.counted_on <= MAKE_DATE(CAST(RIGHT(c.school_year, 4) AS INTEGER), 7, 31)
    GROUP BY c.uai, c.school_year, c.counted_on
)

SELECT
    s.uai,
    s.school_year,
    IF((SELECT COUNT(*) FROM lake.school_directory) = 0, NULL, d.uai IS NOT NULL) AS is_in_directory,
    e.counted_on,
    e.enrolled,
    -- of the same pupils: nursery classes have no tablets, and most rosters leave them out
    CASE
        WHEN h.uai IS NULL OR e.uai IS NULL THEN NULL
        WHEN e.has_nursery OR h.pupils_nursery IS NULL THEN h.pupils
        ELSE h.pupils - h.pupils_nursery
    END AS public_pupils
FROM marts.school AS s
LEFT JOIN enrolled AS e ON s.uai = e.uai AND s.school_year = e.school_year
LEFT JOIN lake.school_directory AS d ON s.uai = d.uai
LEFT JOIN lake.headcounts AS h ON s.uai = h.uai AND s.school_year = h.school_year
