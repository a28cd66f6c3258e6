/*
title = "Their own training sessions"
grain = "one row that goes"
needs = ["person"]
*/
SELECT
    f.filename,
    f.file_row_number
FROM every.trainings AS f
SEMI JOIN erasing.person USING (person_key)
