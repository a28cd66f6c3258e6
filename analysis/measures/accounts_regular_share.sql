/*
title          = "Accounts that come almost every week"
why_it_matters = "A habit is what a portal lives by."
population     = "accounts loaded; regular: a visit on a school day in at least 75 % of the school weeks"
unit           = "share"
statistic      = "share"
shown_by       = ["profile"]
adds           = ["pupils"]
overlaps       = ["school"]
remainder      = ["school"]
within         = "accounts_active_share"
*/
SELECT
    uai,
    period,
    'profile' AS breakdown,
    profile AS category,
    'estimated' AS evidence,
    COUNT(*) AS n,
    COUNT(*) FILTER (WHERE is_regular) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population
FROM marts.portal_account
WHERE has_account
GROUP BY ALL
