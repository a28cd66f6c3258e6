/*
title = "The minutes in which their device asked for sites while it was theirs"
grain = "one row that goes"
needs = ["span"]
*/
SELECT DISTINCT
    f.filename,
    f.file_row_number
FROM every.network_minutes AS f
JOIN erasing.span AS s
    ON f.device_key = s.device_key
    AND CAST(timezone(getvariable('timezone'), f.minute_at) AS DATE) BETWEEN s.first_day AND s.until
