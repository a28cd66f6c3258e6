-- Every school in every period, and the territory in each: what a report can be made of.
SELECT
    schools.uai,
    schools.period,
    schools.name,
    periods.kind,
    EXISTS(
        SELECT 1 FROM published.values AS figures
        WHERE figures.uai = schools.uai AND figures.period = schools.period
    ) AS has_figures,
    schools.is_invented,
    COALESCE(schools.commune, '') AS commune
FROM published.schools AS schools
INNER JOIN published.periods AS periods ON schools.uai = periods.uai AND schools.period = periods.period
ORDER BY periods.from_date, schools.period, schools.name, schools.uai
