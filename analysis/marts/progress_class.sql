/*
title = "Results of whole classes or schools in a test, with the earlier ones and the minutes of each of their pupils between both"
grain = "one pupil of one class (or school) in one domain of one test in one period, per evidence class"
needs = ["enrolment", "pupil_day", "place", "school", "whole_period"]

[columns]
unit_key = "the class, as a keyed pseudonym, or the code of the school where the result is its own"
mean_score = "mean of the later scores, in points of their scale"
prior_mean_score = "mean of the earlier scores"
sd_score = "standard deviation of the pupils' later scores"
pupils = "how many pupils took the later test"
minutes = "minutes per school day of this pupil, from the day after the earlier test to the day of the later one"
ips = "social index of the school"
*/
WITH results AS (
    SELECT
        COALESCE(class_key, uai) AS unit_key,
        class_key,
        uai,
        test,
        domain,
        taken_on,
        mean_score,
        sd_score,
        pupils,
        school_year_of(taken_on) AS school_year
    FROM lake.group_assessments
    -- where pupils have results of their own, those say more
    ANTI JOIN (SELECT DISTINCT test, domain FROM lake.assessments) AS p USING (test, domain)
),

compared AS (
    -- the last result of the period, against the first of the school year
    SELECT
        p.period,
        l.*,
        b.taken_on AS prior_taken_on,
        b.mean_score AS prior_mean_score
    FROM results AS l
    JOIN marts.whole_period AS p ON l.taken_on BETWEEN p.from_date AND p.to_date
    JOIN results AS b USING (unit_key, test, domain, school_year)
    WHERE b.taken_on < l.taken_on
    QUALIFY ROW_NUMBER() OVER (PARTITION BY p.period, l.unit_key, l.test, l.domain ORDER BY l.taken_on DESC, b.taken_on ASC) = 1
),

seated AS (
    SELECT
        c.*,
        e.person_key,
        e.uai AS school_uai,
        e.level
    FROM compared AS c
    JOIN marts.enrolment AS e
        ON c.taken_on BETWEEN e.from_date AND e.to_date
        AND (c.class_key = e.class_key OR (c.class_key IS NULL AND c.uai = e.uai))
),

used AS (
    SELECT
        s.period,
        s.unit_key,
        s.test,
        s.domain,
        s.person_key,
        d.evidence,
        -- the order in which seconds are added must not show
        ROUND(SUM(d.seconds) / 60 / COUNT(*), 6) AS minutes
    FROM seated AS s
    JOIN marts.pupil_day AS d ON s.person_key = d.person_key AND d.local_date > s.prior_taken_on AND d.local_date <= s.taken_on
    JOIN marts.place AS w
        ON d.uai = w.uai AND s.period = w.period AND d.evidence = w.evidence AND w.kind = 'individual' AND w.place = 'territory'
    WHERE d.is_school_day AND d.seconds IS NOT NULL
    GROUP BY ALL
)

SELECT
    s.* EXCLUDE (class_key, uai, school_year),
    COALESCE(a.role, 'exploratory') AS role,
    i.ips,
    u.evidence,
    u.minutes
FROM seated AS s
JOIN used AS u USING (period, unit_key, test, domain, person_key)
LEFT JOIN marts.announced_outcome AS a USING (test, domain)
LEFT JOIN marts.school AS i ON s.school_uai = i.uai AND i.school_year = s.school_year
