/*
title = "Schools by their social index: mean minutes of a pupil per school day, how many pupils, and the fingerprint of who they are"
grain = "one school whose IPS is known in one period, per evidence class; uai is the territory"
needs = ["school", "pupil_minutes"]
like = ["schools"]

[columns]
uai = "always territory"
minutes = "mean minutes of a pupil per school day"
*/
SELECT
    m.uai,
    m.period,
    m.evidence,
    m.school_uai,
    s.ips,
    COUNT(*) AS pupils,
    population_of(m.person_key) AS population,
    AVG(m.minutes) AS minutes
FROM marts.pupil_minutes AS m
JOIN marts.period AS p ON m.school_uai = p.uai AND m.period = p.period
JOIN marts.school AS s ON p.uai = s.uai AND p.school_year = s.school_year
WHERE m.uai = 'territory' AND s.ips IS NOT NULL
GROUP BY ALL
