/*
title = "People forgotten on request"
grain = "one row that goes"
needs = ["person"]
*/
SELECT
    f.filename,
    f.file_row_number
FROM every.people AS f
SEMI JOIN erasing.person USING (person_key)
