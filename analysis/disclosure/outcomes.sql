/*
title = "Outcomes that were looked at: which test and domain, whether it was announced, when it was taken"
grain = "one domain of one test in one period, per evidence class"
*/
SELECT
    period,
    outcome AS category,
    evidence,
    test,
    domain,
    role,
    role_rank,
    is_announced,
    is_late,
    prior_from,
    prior_to,
    taken_from,
    taken_to
FROM marts.progress_model
ORDER BY ALL
