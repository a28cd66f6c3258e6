/*
title = "What they held"
grain = "one row that goes"
needs = ["person"]
*/
SELECT
    f.filename,
    f.file_row_number
FROM every.assignments AS f
SEMI JOIN erasing.person USING (person_key)
