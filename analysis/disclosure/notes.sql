/*
title = "Known-bad windows and series breaks that touch a period"
grain = "one note of one school, or of the territory, in one period"
needs = ["periods", "sources"]

[columns]
code = "the note, as in analysis/reference/series_breaks.csv"
*/
SELECT DISTINCT
    p.uai,
    p.period,
    b.code,
    b.from_date,
    b.to_date
FROM published.periods AS p
JOIN series_break AS b ON b.from_date <= p.to_date AND b.to_date >= p.from_date
JOIN published.sources AS s ON p.uai = s.uai AND p.period = s.period AND b.source = s.source
ORDER BY ALL
