/*
title = "How far each enrolled pupil has come: equipped, activated, active, regular; each stage holds the next"
grain = "one enrolled pupil of one school in one period and place, per evidence class of the school's individual tablets"
needs = ["enrolled_period", "first_use", "pupil_use"]

[columns]
is_equipped = "whether the pupil held an individual tablet on a school day of the period"
*/
WITH measured AS (
    -- where no tablet gives a duration of this kind, nobody can be told to have begun
    SELECT DISTINCT uai, period, evidence, school_uai
    FROM marts.pupil_use
)

SELECT
    m.uai,
    e.period,
    m.evidence,
    e.person_key,
    m.school_uai,
    u.person_key IS NOT NULL AS is_equipped,
    u.person_key IS NOT NULL AND COALESCE(f.first_used_on <= p.to_date, FALSE) AS is_activated,
    COALESCE(u.is_active, FALSE) AS is_active,
    COALESCE(u.is_regular, FALSE) AS is_regular
FROM marts.enrolled_period AS e
JOIN marts.period AS p USING (uai, period)
JOIN measured AS m ON e.uai = m.school_uai AND e.period = m.period
LEFT JOIN marts.pupil_use AS u
    ON m.uai = u.uai AND e.period = u.period AND m.evidence = u.evidence AND e.person_key = u.person_key AND m.school_uai = u.school_uai
LEFT JOIN marts.first_use AS f ON e.person_key = f.person_key
WHERE
    e.breakdown = 'all'
    -- a pupil without a tablet counts beside those of each evidence; one whose tablet is known otherwise counts there
    AND (u.person_key IS NOT NULL OR e.days_equipped = 0)
