/*
title = "Pupil-days with use, whole and by week, for medians and quartiles"
grain = "one pupil on one school day with use, in each period and breakdown"
needs = ["pupil_day", "place"]
*/
WITH cut AS (
    SELECT
        d.uai,
        p.period,
        d.evidence,
        d.person_key,
        d.seconds,
        UNNEST([
            {'breakdown': 'all', 'category': 'all'},
            {'breakdown': 'week', 'category': CAST(CAST(DATE_TRUNC('week', d.local_date) AS DATE) AS VARCHAR)}
        ], recursive := TRUE)
    FROM marts.pupil_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    WHERE d.is_school_day AND d.seconds > 0
)

SELECT c.* REPLACE (w.place AS uai)
FROM cut AS c
JOIN marts.place AS w ON c.uai = w.uai AND c.period = w.period AND c.evidence = w.evidence AND w.kind = 'individual'
