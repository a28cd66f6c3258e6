/*
title = "The protocol that was laid down before the results, if there is one"
grain = "one row or none"
*/
SELECT
    registered_on,
    question,
    evidence,
    smallest
FROM marts.protocol
