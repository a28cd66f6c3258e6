/*
title = "What one would like to know of results, whether the data can answer it, and why not"
grain = "one question in one period"

[columns]
position = "place in the report"
question = "within, between, adoption or cause"
is_answered = "whether there is an answer"
reason = "why there is none, as a code"
*/
SELECT
    period,
    position,
    question,
    is_answered,
    reason
FROM marts.question
ORDER BY ALL
