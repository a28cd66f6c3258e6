/*
title = "Their own results in tests"
grain = "one row that goes"
needs = ["person"]
*/
SELECT
    f.filename,
    f.file_row_number
FROM every.assessments AS f
SEMI JOIN erasing.person USING (person_key)
