/*
title = "Who sits in which class, each person once: of several registers that name a school's pupils in one school year, one counts"
grain = "one person in one class over one span of days"
needs = ["register_seat", "register_year"]
*/
WITH counted AS (
    SELECT s.*, s.profile = 'student' AS is_of_pupils
    FROM marts.register_seat AS s
    JOIN marts.register_year AS y
        ON
            s.uai = y.uai
            AND s.school_year = y.school_year
            AND s.register = y.register
            AND (s.profile = 'student') = y.is_of_pupils
    WHERE y.is_counted
),

taken_over AS (
    SELECT
        c.uai,
        c.is_of_pupils,
        c.register,
        c.school_year,
        MIN(first_day_of(y.school_year)) AS taken_over_on
    FROM (SELECT DISTINCT uai, is_of_pupils, register, school_year FROM counted) AS c
    JOIN marts.register_year AS y
        ON
            c.uai = y.uai
            AND c.is_of_pupils = y.is_of_pupils
            AND y.is_counted
            AND c.register <> y.register
            AND c.school_year < y.school_year
    GROUP BY ALL
),

ended AS (
    -- what a register left open ends when another one takes over the school
    SELECT
        c.* EXCLUDE (to_date),
        LEAST(c.to_date, COALESCE(t.taken_over_on - 1, DATE '9999-12-31')) AS to_date
    FROM counted AS c
    LEFT JOIN taken_over AS t USING (uai, is_of_pupils, register, school_year)
),

in_turn AS (
    -- a pupil sits in one class at a time: the town's own rosters may leave the earlier one open, and name two from the same day on
    SELECT
        *,
        MIN(from_date) OVER (
            PARTITION BY person_key, is_of_pupils, register ORDER BY from_date
            RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND UNBOUNDED FOLLOWING
        ) AS next_from,
        ROW_NUMBER() OVER (PARTITION BY person_key, is_of_pupils, register, from_date ORDER BY to_date DESC, uai ASC, class_key ASC) AS turn
    FROM ended
),

seated AS (
    SELECT
        * EXCLUDE (to_date, next_from, turn),
        IF(is_of_pupils, LEAST(to_date, COALESCE(CAST(next_from AS DATE) - 1, DATE '9999-12-31')), to_date) AS to_date
    FROM in_turn
    WHERE turn = 1 OR register <> 'roster' OR NOT is_of_pupils
)

SELECT
    e.person_key,
    e.profile,
    e.class_key,
    e.uai,
    e.level,
    e.from_date,
    e.to_date
FROM seated AS e
-- an export names each pupil for a whole year: of two that speak of the same days, the later one knows
ANTI JOIN seated AS o
    ON
        e.person_key = o.person_key
        AND e.register = o.register
        AND e.register <> 'roster'
        AND e.profile = 'student'
        AND e.from_date <= o.to_date
        AND o.from_date <= e.to_date
        AND (e.arrival, e.from_date, e.class_key) < (o.arrival, o.from_date, o.class_key)
