/*
title   = "Official school calendar (open data)"
titre   = "Calendrier scolaire officiel (données ouvertes)"
fills   = "official_calendar"
reads   = ["csv"]
needs   = ["description", "population", "start_date", "end_date", "location", "zones", "annee_scolaire"]
aliases = { start_date = ["Date de début"], end_date = ["Date de fin"], location = ["Académies"] }
columns = { from_date = ["start_date", "an instant such as 2025-10-17T22:00:00+00:00"], to_date = ["end_date", "an instant such as 2025-10-17T22:00:00+00:00"], school_year = ["annee_scolaire", "two years in a row, such as 2025-2026"], zone = ["zones", "a zone"] }
gives   = "the school days of every zone, over those that Cartable knows by itself: the days that minutes are divided by"
export  = "data.education.gouv.fr, data set “Calendrier scolaire” (fr-en-calendrier-scolaire), export as CSV. Do not open it in a spreadsheet. It may lie in data/raw or in data/reference; what stands in data/reference wins."
*/
WITH days AS (
    SELECT
        *,
        -- an instant is a midnight of Paris written in UTC, overseas too; without its offset it is a day of Paris already
        IF(
            regexp_matches(start_date, '\d{2}:\d{2}.*([+-]\d{2}(:?\d{2})?|Z)$'),
            CAST(timezone('Europe/Paris', TRY_CAST(start_date AS TIMESTAMPTZ)) AS DATE),
            TRY_CAST(start_date[1:10] AS DATE)
        ) AS from_date,
        IF(
            regexp_matches(end_date, '\d{2}:\d{2}.*([+-]\d{2}(:?\d{2})?|Z)$'),
            CAST(timezone('Europe/Paris', TRY_CAST(end_date AS TIMESTAMPTZ)) AS DATE),
            TRY_CAST(end_date[1:10] AS DATE)
        ) AS to_date
    FROM raw
)

SELECT
    record,
    annee_scolaire AS school_year,
    zones AS zone,
    location,
    population,
    description,
    from_date,
    to_date
FROM days
