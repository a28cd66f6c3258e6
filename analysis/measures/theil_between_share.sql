/*
title          = "Share of the inequality of minutes that lies between classes (between schools for the territory)"
why_it_matters = "Whether what is unequal is the pupils or where they are; it is not 0 by chance, so what chance alone gives stands beside it."
population     = "pupils with at least one equipped school day, each once, with the minutes per school day of the period"
unit           = "share"
statistic      = "index"
computed_by    = "measured.theil_between_share"
source         = "Theil, Economics and Information Theory, 1967; by chance: Cochran, Sampling Techniques, 1977, theorem 2.2"
shown_by       = ["between"]
*/
WITH placed AS (
    SELECT
        *,
        IF(uai = 'territory', 'schools', 'classes') AS kind,
        IF(uai = 'territory', school_uai, class_key) AS cluster_key,
        UNNEST([FALSE, TRUE]) AS is_by_chance
    FROM marts.pupil_minutes
)

SELECT
    uai,
    period,
    'between' AS breakdown,
    IF(is_by_chance, kind || '_by_chance', kind) AS category,
    evidence,
    COUNT(*) AS n,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    population_of(person_key) AS population,
    LIST(minutes ORDER BY person_key) AS amounts,
    LIST(cluster_key ORDER BY person_key) AS clusters,
    is_by_chance
FROM placed
GROUP BY uai, period, kind, is_by_chance, evidence
HAVING COUNT(DISTINCT cluster_key) > 1
