/*
title = "The pupils of a school that was trained: their minutes and school days before and after the session"
grain = "one pupil in one class, before and after one session in one period, per evidence class"
needs = ["training_side", "pupil_day"]

[columns]
minutes_before = "minutes of this pupil on school days before the session"
days_before = "school days before it"
minutes_after = "minutes of this pupil on school days after the session"
days_after = "school days after it"
*/
SELECT
    s.uai,
    s.period,
    s.held_on,
    s.evidence,
    d.class_key,
    d.person_key,
    COALESCE(SUM(d.seconds) FILTER (WHERE d.local_date < s.held_on), 0) / 60 AS minutes_before,
    COUNT(*) FILTER (WHERE d.local_date < s.held_on) AS days_before,
    COALESCE(SUM(d.seconds) FILTER (WHERE d.local_date > s.held_on), 0) / 60 AS minutes_after,
    COUNT(*) FILTER (WHERE d.local_date > s.held_on) AS days_after
FROM marts.training_side AS s
JOIN marts.period AS p USING (uai, period)
JOIN marts.pupil_day AS d ON s.uai = d.uai AND s.evidence = d.evidence AND d.local_date BETWEEN p.from_date AND p.to_date
WHERE s.breakdown = 'training' AND d.is_school_day
GROUP BY ALL
