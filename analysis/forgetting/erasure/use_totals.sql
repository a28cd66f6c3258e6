/*
title = "How long their device was used while it was theirs"
grain = "one row that goes"
needs = ["span"]
*/
SELECT DISTINCT
    f.filename,
    f.file_row_number
FROM every.use_totals AS f
JOIN erasing.span AS s ON f.device_key = s.device_key AND f.local_date BETWEEN s.first_day AND s.until
