/*
title = "Each device's expected, seen and used days in each period"
grain = "one device in one period, breakdown and category, per evidence class"
needs = ["device_day", "place"]

[columns]
days_seen = "those of these days with any sign of the device"
*/
WITH cut AS (
    SELECT
        d.*,
        p.period,
        UNNEST([
            {'breakdown': 'all', 'category': 'all'},
            {'breakdown': 'week', 'category': CAST(CAST(DATE_TRUNC('week', d.local_date) AS DATE) AS VARCHAR)}
        ], recursive := TRUE)
    FROM marts.device_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    WHERE d.is_school_day AND d.evidence IS NOT NULL AND d.kind IN ('individual', 'shared')
),

schools AS (
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        kind,
        device_key,
        person_key,
        COUNT(*) AS days,
        COUNT(*) FILTER (WHERE is_seen) AS days_seen,
        COUNT(*) FILTER (WHERE seconds > 0) AS days_used,
        SUM(microseconds(seconds)) / 1e6 AS seconds
    FROM cut
    GROUP BY ALL
)

SELECT s.* REPLACE (w.place AS uai)
FROM schools AS s
JOIN marts.place AS w USING (uai, period, evidence, kind)
