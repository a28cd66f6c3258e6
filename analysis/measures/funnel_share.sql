/*
title          = "From every pupil to the regular ones: activated, active, regular"
why_it_matters = "Where a school loses its pupils on the way: no tablet, a tablet that was never used, one that is hardly used."
population     = "pupils enrolled on a school day of the period, without a tablet too; those whose tablet gives no duration of this kind are left out; activated: any use since the data begin"
unit           = "share"
statistic      = "share"
shown_by       = ["stage"]
source         = "the project's definition of the adoption funnel: active is 5 minutes or more on a school day, regular a school day with use in 75 % of the school weeks"
adds           = ["pupils"]
overlaps       = ["school"]
cumulative     = { stage = ["regular", "active", "activated"] }
*/
WITH stages AS (
    SELECT
        uai,
        period,
        evidence,
        person_key,
        UNNEST([
            {'category': 'activated', 'is_reached': is_activated},
            {'category': 'active', 'is_reached': is_active},
            {'category': 'regular', 'is_reached': is_regular}
        ], recursive := TRUE)
    FROM marts.pupil_stage
)

SELECT
    uai,
    period,
    'stage' AS breakdown,
    category,
    evidence,
    COUNT(DISTINCT person_key) AS n,
    COUNT(DISTINCT person_key) FILTER (WHERE is_reached) AS numerator,
    COUNT(DISTINCT person_key) AS denominator,
    population_of(person_key) AS population
FROM stages
GROUP BY ALL
