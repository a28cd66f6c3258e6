/*
title = "Each pupil's result in a test, with the earlier one and the minutes per school day between both"
grain = "one pupil in one domain of one test in one period, per evidence class; without minutes one row without evidence"
needs = ["enrolment", "pupil_day", "place", "school", "whole_period"]

[columns]
prior_test = "the test of the earlier result"
prior_domain = "the domain of the earlier result"
score = "the later score, in points of its scale"
prior_score = "the earlier score; NULL where there is none"
minutes = "minutes per school day from the day after the earlier test to the day of the later one"
ips = "social index of the school"
*/
WITH results AS (
    SELECT
        person_key,
        test,
        domain,
        taken_on,
        score,
        school_year_of(taken_on) AS school_year
    FROM lake.assessments
),

outcomes AS (
    SELECT test, domain, prior_test, prior_domain, role FROM marts.announced_outcome
    UNION ALL
    -- what nobody announced is looked at too, and called exploratory
    SELECT DISTINCT r.test, r.domain, r.test AS prior_test, r.domain AS prior_domain, 'exploratory' AS role
    FROM results AS r
    ANTI JOIN marts.announced_outcome USING (test, domain)
),

later AS (
    SELECT
        p.period,
        o.*,
        r.person_key,
        r.taken_on,
        r.score,
        r.school_year,
        e.uai AS school_uai,
        e.class_key,
        e.level
    FROM results AS r
    JOIN outcomes AS o USING (test, domain)
    JOIN marts.whole_period AS p ON r.taken_on BETWEEN p.from_date AND p.to_date
    JOIN marts.enrolment AS e ON r.person_key = e.person_key AND r.taken_on BETWEEN e.from_date AND e.to_date
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY p.period, r.test, r.domain, r.person_key
        ORDER BY r.taken_on DESC, e.from_date DESC, e.class_key DESC
    ) = 1
),

compared AS (
    -- the first earlier result of the same school year; of an announced outcome, else the last of the years before
    SELECT
        l.*,
        b.taken_on AS prior_taken_on,
        b.score AS prior_score
    FROM later AS l
    LEFT JOIN results AS b
        ON l.person_key = b.person_key AND l.prior_test = b.test AND l.prior_domain = b.domain AND b.taken_on < l.taken_on
        AND (b.school_year = l.school_year OR l.role <> 'exploratory')
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY l.period, l.test, l.domain, l.person_key
        ORDER BY
            b.school_year = l.school_year DESC,
            IF(b.school_year = l.school_year, b.taken_on, NULL) ASC,
            b.taken_on DESC
    ) = 1
),

used AS (
    SELECT
        c.period,
        c.test,
        c.domain,
        c.person_key,
        d.evidence,
        -- the order in which seconds are added must not show
        ROUND(SUM(d.seconds) / 60 / COUNT(*), 6) AS minutes
    FROM compared AS c
    JOIN marts.pupil_day AS d ON c.person_key = d.person_key AND d.local_date > c.prior_taken_on AND d.local_date <= c.taken_on
    JOIN marts.place AS w
        ON d.uai = w.uai AND c.period = w.period AND d.evidence = w.evidence AND w.kind = 'individual' AND w.place = 'territory'
    WHERE d.is_school_day AND d.seconds IS NOT NULL
    GROUP BY ALL
)

SELECT
    c.* EXCLUDE (school_year),
    s.ips,
    u.evidence,
    u.minutes
FROM compared AS c
LEFT JOIN used AS u USING (period, test, domain, person_key)
LEFT JOIN marts.school AS s ON c.school_uai = s.uai AND s.school_year = c.school_year
