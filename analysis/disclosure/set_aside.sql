/*
title = "Rows set aside, by reason: the words of the checks, no value of a row and no name of a file"
grain = "one problem of one column of one source"

[columns]
column = "the column at fault"
*/
SELECT
    a.source,
    s.title,
    s.titre,
    a."column",
    a.problem,
    CAST(SUM(a.row_count) AS BIGINT) AS row_count
FROM lake.set_aside AS a
JOIN lake.sources AS s USING (source)
GROUP BY ALL
ORDER BY ALL
