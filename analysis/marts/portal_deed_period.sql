/*
title = "Log-ins, openings and creations of each person in each period: of pupils (all), and of each profile"
grain = "one kind of event in one part of the portal, of one person in one period and breakdown, in each place"
needs = ["portal_deed"]
*/
SELECT
    w.place AS uai,
    p.period,
    c.breakdown,
    c.category,
    d.person_key,
    d.event_type,
    d.module,
    d.channel,
    SUM(d.events) AS events
FROM marts.portal_deed AS d
JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
JOIN (
    VALUES
    ('student', 'all', 'all'),
    ('student', 'profile', 'student'),
    ('teacher', 'profile', 'teacher'),
    ('relative', 'profile', 'relative'),
    ('personnel', 'profile', 'personnel')
) AS c (profile, breakdown, category) USING (profile)
CROSS JOIN UNNEST([d.uai, 'territory']) AS w (place)
GROUP BY ALL
