/*
title = "The protocol that was laid down before the results, if there is one"
grain = "one row or none"

[columns]
registered_on = "day on which it was laid down"
question = "the question, in the town's words"
smallest = "the least association that would matter, in standard deviations for ten minutes more a day"
*/
SELECT
    registered_on,
    question,
    evidence,
    smallest
FROM marts.protocol
