/*
title = "Names that a report may repeat and that hold digits: schools, towns, formats of exports, what costs cover, periods, tests"
grain = "one name"
*/
WITH names AS (
    SELECT UNNEST([name, commune, school_year]) AS name FROM published.schools
    UNION ALL
    SELECT UNNEST([title, titre, source]) AS name FROM published.sources
    UNION ALL
    SELECT UNNEST([title, titre, source]) AS name FROM published.arrivals
    UNION ALL
    SELECT period AS name FROM published.periods
    UNION ALL
    SELECT "column" AS name FROM published.set_aside
    UNION ALL
    SELECT value AS name FROM published.settings WHERE name IN ('territory', 'contact', 'cost_covers', 'social_bands')
    UNION ALL
    SELECT UNNEST([category, test, domain]) AS name FROM published.outcomes
    UNION ALL
    SELECT question AS name FROM published.protocol
    UNION ALL
    SELECT category AS name FROM published."values" WHERE breakdown IN ('app_category', 'module', 'social_band')
)

SELECT DISTINCT name
FROM names
WHERE regexp_matches(name, '\d') AND regexp_matches(name, '[[:alpha:]]|-')
ORDER BY LENGTH(name) DESC, name
