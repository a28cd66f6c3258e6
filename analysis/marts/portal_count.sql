/*
title = "What the portal's own statistics count, each cell once, however often it was exported. Persons (unique_visitors, users) are never to be summed over cells"
grain = "one indicator of one profile and dimension in one school over one hour, day, week or month"
like = ["portal_counts"]

[columns]
is_additive = "whether cells may be summed; persons may not"
*/
SELECT
    source,
    uai,
    "date",
    hour,
    frequency,
    profile,
    indicator,
    dimension,
    -- a later export of the same cell counts more, where the first one came before the end of the time that it counts
    MAX(value) AS value,
    MAX(duration_text) AS duration_text,
    indicator IN ('logins', 'accesses', 'visits') AS is_additive
FROM lake.portal_counts
GROUP BY ALL
