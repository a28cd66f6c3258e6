/*
title          = "School days on which a pupil visits the portal"
why_it_matters = "The portal is the one trace of use that every kind of tablet leaves."
population     = "school days of all enrolled pupils"
unit           = "share"
statistic      = "share"
shown_by       = ["all"]
*/
SELECT
    uai,
    period,
    breakdown,
    category,
    'estimated' AS evidence,
    COUNT(DISTINCT person_key) AS n,
    SUM(days_visiting) AS numerator,
    SUM(days) AS denominator
FROM marts.enrolled_period
-- without any export of the portal there is nothing to say, which is not zero
WHERE period IN (SELECT period FROM marts.portal_period)
GROUP BY ALL
