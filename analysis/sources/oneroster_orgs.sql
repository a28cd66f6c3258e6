/*
title    = "OneRoster: schools (orgs.csv)"
titre    = "OneRoster, établissements"
fills    = "structures"
reads    = ["csv"]
needs    = ["sourcedId", "type", "identifier", "parentSourcedId"]
may      = ["status"]
drops    = ["dateLastModified", "name"]
columns  = { structure_id = ["sourcedId", "an organisation that is not marked tobedeleted"], uai = ["identifier", "the school's UAI"] }
lacks    = { uai = "no UAI stands there. Districts need none; for a school, write it in structures.csv as structure_id,uai" }
gives    = "which school of the export has which UAI, where the column identifier holds it"
export   = "The OneRoster CSV export of whoever runs the school's register or the ENT (a zip of CSV files). Drop the zip as it is, in a folder named by the school year, such as data/raw/2025-2026/, if it has no academicSessions.csv."
*/
SELECT
    record,
    IF(LOWER(status) = 'tobedeleted', NULL, sourcedId) AS structure_id,
    UPPER(identifier) AS uai
FROM raw
