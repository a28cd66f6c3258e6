/*
title          = "Accounts with a visit in the period"
why_it_matters = "Opened once is not used."
population     = "accounts loaded"
unit           = "share"
statistic      = "share"
shown_by       = ["profile"]
adds           = ["pupils"]
overlaps       = ["school"]
remainder      = ["school"]
within         = "accounts_activated_share"
*/
SELECT
    uai,
    period,
    'profile' AS breakdown,
    profile AS category,
    'estimated' AS evidence,
    COUNT(*) AS n,
    COUNT(*) FILTER (WHERE is_active) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population
FROM marts.portal_account
WHERE has_account
GROUP BY ALL
