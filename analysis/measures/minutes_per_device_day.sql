/*
title          = "Minutes per shared tablet and school day"
why_it_matters = "A trolley's tablet goes from hand to hand: its minutes are the tablet's, never a pupil's."
population     = "school days of shared tablets, days without use included; n counts the pupils of the classes that share them"
unit           = "minutes"
statistic      = "mean"
shown_by       = ["all"]
adds           = ["pupils", "days"]
*/
WITH tablets AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        device_key,
        SUM(microseconds(seconds)) / 1e6 AS seconds,
        SUM(days) AS days
    FROM marts.device_period
    WHERE kind = 'shared' AND evidence IN ('foreground', 'active', 'network')
    GROUP BY ALL
)

SELECT
    t.uai,
    t.period,
    t.breakdown,
    t.category,
    t.evidence,
    ANY_VALUE(s.n) AS n,
    SUM(microseconds(t.seconds)) / 60e6 AS numerator,
    SUM(t.days) AS denominator,
    ANY_VALUE(s.population) AS population,
    -- whose minutes they are nobody knows: the part is that of one tablet
    largest_part(t.seconds) AS largest
FROM tablets AS t
LEFT JOIN marts.sharing_pupils AS s USING (uai, period)
GROUP BY ALL
