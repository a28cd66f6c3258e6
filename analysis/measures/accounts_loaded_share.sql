/*
title          = "People of the school for whom a portal account was loaded"
why_it_matters = "Who has no account cannot come."
population     = "pupils enrolled and teachers of the school on a school day that the portal's data reach"
unit           = "share"
statistic      = "share"
shown_by       = ["profile"]
source         = "DNMA tradition: accounts opened, activated, visiting"
adds           = ["pupils"]
overlaps       = ["school"]
remainder      = ["school"]
*/
SELECT
    uai,
    period,
    'profile' AS breakdown,
    profile AS category,
    '' AS evidence,
    COUNT(*) AS n,
    COUNT(*) FILTER (WHERE has_account) AS numerator,
    COUNT(*) AS denominator,
    population_of(person_key) AS population
FROM marts.portal_account
WHERE
    profile IN ('student', 'teacher')
    -- without any declared identifier of a portal nobody knows which accounts were loaded
    AND EXISTS(
        FROM marts.person_identity AS i
        JOIN lake.sources AS s ON i."system" = s.person_system
        WHERE s.fills = 'portal_events'
    )
GROUP BY ALL
