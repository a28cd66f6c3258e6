/*
title = "Where the devices of a school count: in the school itself, and in the territory when enough of their days were heard of"
grain = "one school in one period, per kind of device and evidence class, in each place that counts it"
needs = ["device_day"]

[columns]
uai = "national code of the school whose devices they are"
place = "where they count: the school itself, or territory"
*/
WITH heard AS (
    SELECT
        d.uai,
        p.period,
        d.evidence,
        d.kind,
        COUNT(*) FILTER (WHERE d.is_school_day AND d.is_seen) / NULLIF(COUNT(*) FILTER (WHERE d.is_school_day), 0) AS covered
    FROM marts.device_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    WHERE d.evidence IS NOT NULL AND d.kind IN ('individual', 'shared')
    GROUP BY ALL
)

SELECT
    uai,
    period,
    evidence,
    kind,
    uai AS place
FROM heard
UNION ALL
-- a school whose tablets are mostly silent would make the whole territory look idle
SELECT
    uai,
    period,
    evidence,
    kind,
    'territory' AS place
FROM heard
WHERE covered >= getvariable('coverage_floor')
