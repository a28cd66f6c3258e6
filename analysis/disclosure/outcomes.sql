/*
title = "Outcomes that were looked at: which test and domain, whether it was announced, when it was taken"
grain = "one domain of one test in one period, per evidence class"

[columns]
category = "test and domain as reports name them"
is_announced = "whether the protocol names it, for this evidence"
is_late = "whether the protocol is dated on or after the day of the test"
prior_from = "first day of the earlier test"
prior_to = "last day of the earlier test"
taken_from = "first day of the later test"
taken_to = "last day of the later test"
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
