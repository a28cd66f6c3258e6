/*
title = "What their accounts did on the portal"
grain = "one row that goes"
needs = ["theirs"]
*/
SELECT
    f.filename,
    f.file_row_number
FROM every.portal_events AS f
SEMI JOIN erasing.theirs AS t ON f.source = t.source AND f.person_key = t.person_key
