/*
title = "Who sits in which class by each register, with the school found through structures and classes, and open ends closed far away"
grain = "one person in one class over one span of days, by one register"
needs = ["register_person", "person", "class_school"]
*/
SELECT
    r.person_key,
    register_of(e.source) AS register,
    -- without people.csv, whoever is enrolled in the town's own rosters is a pupil; exports say themselves who is one
    COALESCE(p.profile, IF(register_of(e.source) = 'roster', 'student', 'unknown')) AS profile,
    e.class_key,
    COALESCE(e.uai, t.uai, IF(is_uai(UPPER(e.structure_id)), UPPER(e.structure_id), NULL), c.uai) AS uai,
    COALESCE(e.level, IF(register_of(e.source) = 'roster', NULL, c.only_level)) AS level,
    e.from_date,
    COALESCE(e.to_date, DATE '9999-12-31') AS to_date,
    school_year_of(e.from_date) AS school_year,
    e.arrival
FROM lake.enrolments AS e
JOIN marts.register_person AS r ON e.source = r.source AND e.person_key = r.register_key
LEFT JOIN marts.person AS p ON r.person_key = p.person_key
LEFT JOIN lake.structures AS t USING (structure_id)
LEFT JOIN marts.class_school AS c ON e.class_key = c.class_key AND c.school_year = school_year_of(e.from_date)
