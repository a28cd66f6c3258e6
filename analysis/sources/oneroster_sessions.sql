/*
title    = "OneRoster: academic sessions (academicSessions.csv)"
titre    = "OneRoster, périodes"
reads    = ["csv"]
needs    = ["sourcedId", "type", "startDate", "endDate", "schoolYear"]
may      = ["status"]
drops    = ["title", "dateLastModified", "parentSourcedId"]
unused   = "It tells the other files of its archive the school year, where it has one alone; no row of it is kept."
informs  = "school_year"
gives    = "the school year of the other files of its archive"
export   = "The OneRoster CSV export of whoever runs the school's register or the ENT (a zip of CSV files). Drop the zip as it is, in a folder named by the school year, such as data/raw/2025-2026/, if it has no academicSessions.csv."
*/
SELECT DISTINCT
    CASE
        WHEN is_school_year(schoolYear) THEN schoolYear
        -- OneRoster names a school year by the year in which it ends
        WHEN regexp_full_match(schoolYear, '20\d\d') THEN CAST(CAST(schoolYear AS INTEGER) - 1 AS VARCHAR) || '-' || schoolYear
        ELSE school_year_of(TRY_CAST(startDate AS DATE))
    END AS school_year
FROM raw
WHERE COALESCE(LOWER(status), '') <> 'tobedeleted'
