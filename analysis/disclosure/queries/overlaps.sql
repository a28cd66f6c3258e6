-- How many pupils two groups of the same place and period share; groups of the same kind share none, and everybody is no group.
SELECT
    a.uai,
    a.period,
    a.breakdown AS left_breakdown,
    a.category AS left_category,
    b.breakdown AS right_breakdown,
    b.category AS right_category,
    COUNT(*) AS pupils
FROM marts.pupil_cut AS a
JOIN marts.pupil_cut AS b USING (uai, period, person_key, school_uai)
WHERE a.breakdown < b.breakdown AND 'all' NOT IN (a.breakdown, b.breakdown)
GROUP BY ALL
ORDER BY ALL
