/*
title = "Rows that a wrong clock dated: impossible dates, set aside; and events before the data begin, which wait in the lake"
grain = "one source and kind of error"

[columns]
kind = "impossible_date (set aside) or before_data (waits in the lake)"
*/
SELECT
    e.source,
    s.title,
    s.titre,
    'before_data' AS kind,
    COUNT(*) AS row_count
FROM lake.device_events AS e
JOIN lake.sources AS s USING (source)
-- a day of margin: the instants are UTC, the first day is local
WHERE CAST(e.happened_at AS DATE) < (SELECT MIN(d.local_date) FROM marts.school_day AS d) - 1
GROUP BY ALL
UNION ALL
SELECT
    a.source,
    s.title,
    s.titre,
    'impossible_date' AS kind,
    SUM(a.row_count) AS row_count
FROM lake.set_aside AS a
JOIN lake.sources AS s USING (source)
WHERE CONTAINS(a.problem, 'the clock of the device was wrong')
GROUP BY ALL
ORDER BY ALL
