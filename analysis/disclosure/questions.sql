/*
title = "What one would like to know of results, whether the data can answer it, and why not"
grain = "one question in one period"
*/
SELECT
    period,
    position,
    question,
    is_answered,
    reason
FROM marts.question
ORDER BY ALL
