/*
title    = "Roster: portal structures"
titre    = "Registre : structures de l’ENT"
fills    = "structures"
reads    = ["csv"]
needs    = ["structure_id", "uai"]
gives    = "which structure of the portal is which school"
*/
SELECT
    record,
    structure_id,
    UPPER(uai) AS uai
FROM raw
