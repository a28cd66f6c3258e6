/*
title = "Their enrolments"
grain = "one row that goes"
needs = ["person"]
*/
SELECT
    f.filename,
    f.file_row_number
FROM every.enrolments AS f
SEMI JOIN erasing.person USING (person_key)
