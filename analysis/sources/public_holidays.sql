/*
title   = "Public holidays (open data)"
titre   = "Jours fériés (données ouvertes)"
fills   = "public_holidays"
reads   = ["csv"]
needs   = ["date", "férié"]
may     = ["année"]
columns = { local_date = ["date", "year-month-day"], name = ["férié", "a name"] }
gives   = "a second opinion on the public holidays, which Cartable knows by itself: `cartable status` names those that the two do not share"
export  = "Open data of Orléans Métropole, “Référentiel des jours fériés” (om-referentiel-jours-feries), export as CSV."
*/
SELECT
    record,
    TRY_CAST(date AS DATE) AS local_date,
    "férié" AS name
FROM raw
