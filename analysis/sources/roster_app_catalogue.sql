/*
title    = "Roster: app catalogue"
titre    = "Registre : catalogue des applications"
fills    = "app_catalogue"
reads    = ["csv"]
needs    = ["app_id", "name", "category"]
may      = ["chosen_on", "licence_cost_eur"]
columns  = { chosen_on = ["chosen_on", "year-month-day"], licence_cost_eur = ["licence_cost_eur", "a number"] }
gives    = "what each app is for"
export   = "written by the town or the school itself; its columns are in docs/how-to/own-data.md"
*/
SELECT
    record,
    app_id,
    name,
    category,
    TRY_CAST(chosen_on AS DATE) AS chosen_on,
    decimal_number(licence_cost_eur) AS licence_cost_eur
FROM raw
