/*
title    = "Roster: schools"
titre    = "Registre : écoles"
fills    = "schools"
reads    = ["csv"]
needs    = ["uai", "school_year", "name", "zone", "week_pattern"]
may      = ["commune", "sector", "ips", "rep", "timezone", "bells"]
columns  = { ips = ["ips", "a number"] }
gives    = "the schools, their zone, hours and social index"
export   = "written by the town or the school itself; its columns are in docs/how-to/own-data.md"
*/
SELECT
    record,
    UPPER(uai) AS uai,
    school_year,
    name,
    commune,
    zone,
    LOWER(sector) AS sector,
    decimal_number(ips) AS ips,
    UPPER(rep) AS rep,
    timezone,
    REPLACE(week_pattern, ',', '.') AS week_pattern,
    -- 8:30 is 08:30
    regexp_replace(REPLACE(bells, ' ', ''), '(^|[,-])(\d):', '\10\2:', 'g') AS bells
FROM raw
