/*
title          = "Weeks with something created on the portal"
why_it_matters = "Opening is not producing: whether people write, publish, hand in, week after week."
population     = "school weeks of accounts, weeks without a visit included; a creation on any day of the week counts; only schools and periods in which the portal wrote a creation of anybody"
unit           = "share"
statistic      = "share"
shown_by       = ["profile"]
adds           = ["pupils"]
overlaps       = ["school"]
remainder      = ["school"]
source         = "events CREATE of ENT ONE: the one format that is read which says that something was created"
*/
SELECT
    uai,
    period,
    'profile' AS breakdown,
    profile AS category,
    'estimated' AS evidence,
    people_in(person_key) AS n,
    COUNT(*) FILTER (WHERE has_created) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population
FROM marts.portal_week
WHERE has_account AND has_created IS NOT NULL
GROUP BY ALL
