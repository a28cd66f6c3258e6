/*
title = "Known-bad windows and series breaks that touch a period"
grain = "one note of one school in one period"
needs = ["sources"]
*/
SELECT
    p.uai,
    p.period,
    b.code,
    b.from_date,
    b.to_date
FROM marts.period AS p
JOIN series_break AS b ON b.from_date <= p.to_date AND b.to_date >= p.from_date
JOIN published.sources AS s ON p.uai = s.uai AND p.period = s.period AND b.source = s.source
ORDER BY ALL
