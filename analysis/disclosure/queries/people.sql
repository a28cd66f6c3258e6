-- What each pupil adds to the figures of a school in a period, as a fingerprint: it tells that something changed, and nothing else.
WITH tablets AS (
    SELECT
        uai,
        period,
        person_key,
        BIT_XOR(HASH(evidence, days, days_used, days_under_5, days_5_30, days_over_30, ROUND(seconds), days_off, days_off_used)) AS print
    FROM marts.pupil_period
    WHERE breakdown = 'all' AND uai <> 'territory'
    GROUP BY ALL
),

portal AS (
    SELECT
        uai,
        period,
        person_key,
        BIT_XOR(HASH(profile, has_account, weeks, visits)) AS print
    FROM marts.portal_account
    WHERE uai <> 'territory'
    GROUP BY ALL
),

roster AS (
    SELECT
        uai,
        period,
        person_key,
        BIT_XOR(HASH(breakdown, category, days, days_equipped)) AS print
    FROM marts.enrolled_period
    WHERE uai <> 'territory'
    GROUP BY ALL
),

everything AS (
    SELECT uai, period, person_key, HASH('tablets', print) AS print FROM tablets
    UNION ALL
    SELECT uai, period, person_key, HASH('portal', print) AS print FROM portal
    UNION ALL
    SELECT uai, period, person_key, HASH('roster', print) AS print FROM roster
)

SELECT
    uai,
    period,
    person_key,
    BIT_XOR(print) AS print
FROM everything
GROUP BY ALL
ORDER BY ALL
