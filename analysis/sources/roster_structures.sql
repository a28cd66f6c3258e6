/*
title    = "Roster: portal structures"
titre    = "Registre : structures de l’ENT"
fills    = "structures"
reads    = ["csv"]
needs    = ["structure_id", "uai"]
gives    = "which structure of the portal is which school"
export   = "written by the town or the school itself; its columns are in docs/how-to/own-data.md"
*/
SELECT
    record,
    structure_id,
    UPPER(uai) AS uai
FROM raw
