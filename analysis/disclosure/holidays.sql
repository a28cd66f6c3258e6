/*
title = "Spans without school, for shading"
grain = "one span of one school in one period"
*/
SELECT
    h.uai,
    p.period,
    h.name,
    GREATEST(h.from_date, p.from_date) AS from_date,
    LEAST(h.to_date, p.to_date) AS to_date
FROM marts.holiday AS h
JOIN marts.period AS p ON h.uai = p.uai AND h.from_date <= p.to_date AND h.to_date >= p.from_date
ORDER BY ALL
