/*
title = "What their tablet wrote while it was theirs"
grain = "one row that goes"
needs = ["span"]
*/
SELECT DISTINCT
    f.filename,
    f.file_row_number
FROM every.device_events AS f
JOIN erasing.span AS s
    ON f.device_key = s.device_key
    AND CAST(timezone(getvariable('timezone'), f.happened_at) AS DATE) BETWEEN s.first_day AND s.until
