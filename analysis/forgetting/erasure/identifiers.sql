/*
title = "Their accounts in other systems, under whatever name a roster has them"
grain = "one row that goes"
needs = ["person", "account"]
*/
SELECT
    f.filename,
    f.file_row_number
FROM every.identifiers AS f
SEMI JOIN erasing.person USING (person_key)
UNION
SELECT
    f.filename,
    f.file_row_number
FROM every.identifiers AS f
SEMI JOIN erasing.account AS a ON f."system" = a."system" AND f.identifier = a.account_key
