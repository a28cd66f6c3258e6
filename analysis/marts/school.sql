/*
title = "Schools as schools.csv describes them and, where it is silent, as open data do; the columns `*_from` say which of them speaks"
grain = "one school of schools.csv in one school year"
like = ["schools"]

[columns]
commune_from = "which file says `commune`"
ips_from = "which file says `ips`"
ips_year = "the school year of the index, where open data say it"
rep_from = "which file says `rep`"
sector_from = "which file says `sector`"
*/
WITH index_years AS (
    -- one year of the index for all schools of a school year, the year itself or the nearest before: years were not computed alike
    SELECT g.school_year, i.index_year
    FROM (SELECT DISTINCT school_year FROM marts.school_given) AS g
    CROSS JOIN (
        SELECT DISTINCT x.school_year AS index_year
        FROM lake.school_index AS x
        SEMI JOIN marts.school_given USING (uai)
        WHERE x.ips IS NOT NULL
    ) AS i
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY g.school_year
        ORDER BY i.index_year > g.school_year ASC, ABS(CAST(LEFT(i.index_year, 4) AS INTEGER) - CAST(LEFT(g.school_year, 4) AS INTEGER)) ASC
    ) = 1
)

SELECT
    g.* REPLACE (
        COALESCE(g.commune, d.commune) AS commune,
        COALESCE(g.sector, h.sector, d.sector, i.sector) AS sector,
        COALESCE(g.ips, i.ips) AS ips,
        COALESCE(g.rep, h.rep, d.rep) AS rep
    ),
    CASE WHEN g.commune IS NOT NULL THEN 'schools.csv' WHEN d.commune IS NOT NULL THEN 'school_directory' END AS commune_from,
    CASE
        WHEN g.sector IS NOT NULL THEN 'schools.csv'
        WHEN h.sector IS NOT NULL THEN 'headcounts'
        WHEN d.sector IS NOT NULL THEN 'school_directory'
        WHEN i.sector IS NOT NULL THEN 'school_index'
    END AS sector_from,
    CASE WHEN g.ips IS NOT NULL THEN 'schools.csv' WHEN i.ips IS NOT NULL THEN 'school_index' END AS ips_from,
    IF(g.ips IS NULL AND i.ips IS NOT NULL, y.index_year, NULL) AS ips_year,
    CASE
        WHEN g.rep IS NOT NULL THEN 'schools.csv'
        WHEN h.rep IS NOT NULL THEN 'headcounts'
        WHEN d.rep IS NOT NULL THEN 'school_directory'
    END AS rep_from
FROM marts.school_given AS g
LEFT JOIN lake.school_directory AS d ON g.uai = d.uai
LEFT JOIN lake.headcounts AS h ON g.uai = h.uai AND g.school_year = h.school_year
LEFT JOIN index_years AS y ON g.school_year = y.school_year
LEFT JOIN lake.school_index AS i ON g.uai = i.uai AND y.index_year = i.school_year
