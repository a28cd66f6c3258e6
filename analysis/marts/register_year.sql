/*
title = "Which register counts for the pupils, and for the others, of a school in a school year: the town's own rosters before exports"
grain = "one register of one school (none: it cannot be found) in one school year, for pupils or for others"
needs = ["register_seat"]

[columns]
is_counted = "whether this register is the one that counts"
*/
WITH spoken AS (
    SELECT
        uai,
        school_year,
        profile = 'student' AS is_of_pupils,
        register,
        MIN(register_rank(register)) AS register_order,
        COUNT(DISTINCT person_key) AS persons
    FROM marts.register_seat
    GROUP BY ALL
)

SELECT
    uai,
    school_year,
    is_of_pupils,
    register,
    persons,
    uai IS NOT NULL AND register_order = MIN(register_order) OVER (PARTITION BY uai, school_year, is_of_pupils) AS is_counted
FROM spoken
