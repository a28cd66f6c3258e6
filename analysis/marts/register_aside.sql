/*
title = "Registers that do not count for a school in a school year, and how many of their persons the one that counts has too"
grain = "one register of one school (none: it cannot be found) in one school year, for pupils or for others"
needs = ["register_seat", "register_year"]

[columns]
counted = "the register that counts in its place"
linked = "those of these persons whom a register before it has too"
*/
WITH shared AS (
    SELECT
        o.uai,
        o.school_year,
        o.register,
        o.profile = 'student' AS is_of_pupils,
        COUNT(DISTINCT o.person_key) AS linked
    FROM marts.register_seat AS o
    JOIN marts.register_seat AS s
        ON
            o.person_key = s.person_key
            AND o.uai = s.uai
            AND o.school_year = s.school_year
            AND register_rank(s.register) < register_rank(o.register)
    GROUP BY ALL
)

SELECT
    y.uai,
    y.school_year,
    y.is_of_pupils,
    y.register,
    c.register AS counted,
    y.persons,
    COALESCE(s.linked, 0) AS linked
FROM marts.register_year AS y
LEFT JOIN marts.register_year AS c
    ON y.uai = c.uai AND y.school_year = c.school_year AND y.is_of_pupils = c.is_of_pupils AND c.is_counted
LEFT JOIN shared AS s
    ON y.uai = s.uai AND y.school_year = s.school_year AND y.register = s.register AND y.is_of_pupils = s.is_of_pupils
WHERE NOT y.is_counted
