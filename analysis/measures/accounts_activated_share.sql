/*
title          = "Accounts that have ever come"
why_it_matters = "An account that was never opened serves nobody."
population     = "accounts loaded; a trace since the first day of the portal's data counts, what came before is not known"
unit           = "share"
statistic      = "share"
shown_by       = ["profile"]
adds           = ["pupils"]
overlaps       = ["school"]
remainder      = ["school"]
*/
SELECT
    uai,
    period,
    'profile' AS breakdown,
    profile AS category,
    'estimated' AS evidence,
    COUNT(*) AS n,
    COUNT(*) FILTER (WHERE is_activated) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population
FROM marts.portal_account
WHERE has_account
GROUP BY ALL
