-- Every school of the latest trimester that has data (the latest year where no trimester has), with the days that the data of all speak of.
WITH latest AS (
    SELECT
        period,
        MIN(data_from) AS data_from,
        MAX(data_to) AS data_to
    FROM published.periods
    WHERE kind IN ('trimester', 'year') AND data_from IS NOT NULL
    GROUP BY period, kind
    ORDER BY kind = 'trimester' DESC, MAX(from_date) DESC
    LIMIT 1
)

SELECT
    l.period,
    l.data_from,
    l.data_to,
    s.school_year,
    s.uai,
    s.sector,
    s.ips,
    s.rep,
    s.pupils,
    s.levels,
    s.shared_devices,
    s.device_evidence,
    s.shared_evidence
FROM latest AS l
JOIN published.schools AS s USING (period)
WHERE s.uai <> 'territory' AND s.pupils > 0
ORDER BY s.uai
