-- Minutes per pupil and day of each school, beside what tells the schools of the hand-made territory apart.
SELECT
    CAST(GREATEST(10, ROUND(s.pupils / 10) * 10) AS BIGINT) AS pupils,
    v.evidence,
    v.value AS minutes
FROM published."values" AS v
JOIN published.schools AS s USING (uai, period)
WHERE v.measure = 'minutes_per_pupil_day' AND v.breakdown = 'all' AND v.period = '2025-T1' AND v.shown AND v.uai <> 'territory'
