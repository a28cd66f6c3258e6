/*
title    = "OneRoster: enrolments (enrollments.csv)"
titre    = "OneRoster, inscriptions dans les classes"
fills    = "enrolments"
reads    = ["csv"]
needs    = ["sourcedId", "classSourcedId", "schoolSourcedId", "userSourcedId", "role"]
may      = ["status", "beginDate", "endDate"]
by_path  = ["school_year"]
elsewhere = ["uai"]
keys     = { person_key = ["userSourcedId", "oneroster"], class_key = ["classSourcedId", "class"] }
drops    = ["dateLastModified", "primary"]
columns  = { person_key = ["userSourcedId", "an enrolment that is not marked tobedeleted"], from_date = ["beginDate", "year-month-day"], to_date = ["endDate", "year-month-day"] }
lacks    = { from_date = "no first day stands there, and neither the export (academicSessions.csv) nor the folder says of which school year it is. Put the zip into a folder named by the year, such as data/raw/2025-2026/" }
gives    = "who is in which class. Where the export has no days (bulk exports have none), from 1 September of the school year to 31 August. Of several classes of a pupil at one time, one is taken"
export   = "The OneRoster CSV export of whoever runs the school's register or the ENT (a zip of CSV files). Drop the zip as it is, in a folder named by the school year, such as data/raw/2025-2026/, if it has no academicSessions.csv."
*/
SELECT
    record,
    IF(LOWER(status) = 'tobedeleted', NULL, userSourcedId) AS person_key,
    classSourcedId AS class_key,
    schoolSourcedId AS structure_id,
    IF(beginDate IS NULL, first_day_of(getvariable('path_school_year')), TRY_CAST(beginDate AS DATE)) AS from_date,
    -- OneRoster writes the day after the last one
    IF(
        endDate IS NULL,
        last_day_of(COALESCE(getvariable('path_school_year'), school_year_of(TRY_CAST(beginDate AS DATE)))),
        TRY_CAST(endDate AS DATE) - 1
    ) AS to_date
FROM raw
