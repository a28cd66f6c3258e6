/*
title = "Whole months of each school that have ended and had enough school days, the last one first"
grain = "one school in one month"
*/
SELECT
    p.uai,
    s.name,
    p.period,
    p.school_year,
    p.from_date,
    p.to_date,
    ROW_NUMBER() OVER (PARTITION BY p.uai, p.school_year ORDER BY p.to_date DESC) - 1 AS months_ago,
    -- what lies further back is no news
    p.to_date = MAX(p.to_date) OVER () AND p.to_date >= CAST(getvariable('today') AS DATE) - getvariable('days') AS is_news
FROM published.periods AS p
JOIN published.schools AS s ON p.uai = s.uai AND p.period = s.period
WHERE
    p.kind = 'month'
    AND p.uai <> 'territory'
    AND p.to_date < CAST(getvariable('today') AS DATE)
    AND p.data_to >= p.to_date
    AND p.school_days >= getvariable('school_days')
