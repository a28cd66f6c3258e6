/*
title = "Every figure that may be shown, and for each that may not, why"
grain = "one measure of one school in one period, breakdown and category, per evidence class"
needs = ["cells", "periods", "settings"]

[columns]
n = "how many persons are in the population, rounded; empty where it is withheld"
denominator = "what is divided by, rounded; empty where it is withheld"
value = "the value as it may be shown, rounded, or the bound that `reason` says"
shown = "whether it may be shown"
numerator = "formed from the value and the denominator as they are shown"
text = "the value, or why there is none, in French words"
*/
WITH withheld AS (
    SELECT
        c.*,
        COALESCE(c.hidden, m.reason) AS withheld,
        BOOL_OR(c.breakdown = 'cycle' AND c.hidden IS DISTINCT FROM 'coarser') OVER (
            PARTITION BY c.measure, c.uai, c.period, c.evidence
        ) AS is_in_cycles
    FROM measures.cell AS c
    LEFT JOIN measures.mask AS m USING (measure, uai, period, breakdown, category, evidence)
),

rounded AS (
    SELECT
        *,
        IF(withheld IS NULL, rounded_value, NULL) AS shown_value,
        -- an interval is shown wider, never narrower; that of a week says nothing to anybody;
        -- from two classes, value and interval would give both of them back
        withheld IS NULL AND code IS NULL AND breakdown <> 'week' AND COALESCE(clusters, 3) >= 3 AS has_interval
    FROM withheld
    -- of levels and cycles, a reader sees those that are used
    WHERE withheld IS NULL OR NOT (withheld = 'coarser' OR (is_in_cycles AND breakdown = 'level'))
),

published AS (
    SELECT
        measure,
        uai,
        period,
        breakdown,
        category,
        evidence,
        unit,
        statistic,
        -- how many pupils have used or visited at all, beside how many there are, would point at the few who have not;
        -- how many there are week by week would date one child's arrival; and two exact counts, one inside the other, give back the few between
        IF(withheld IS NULL AND NOT is_of_users AND breakdown NOT LIKE 'week%', CAST(ROUND(n / n_step) * n_step AS BIGINT), NULL) AS n,
        IF(withheld IS NULL AND NOT is_of_users, as_coarse(denominator, n_step, n), NULL) AS denominator,
        shown_value AS value,
        IF(has_interval, FLOOR(low / step) * step, NULL) AS low,
        IF(has_interval, CEIL(high / step) * step, NULL) AS high,
        withheld IS NULL AS shown,
        COALESCE(withheld, code) AS reason
    FROM rounded
),

positions AS (
    SELECT
        s.uai,
        p.period,
        p.evidence,
        p.value,
        s.ips / NULLIF(STDDEV_SAMP(s.ips) OVER peers, 0) AS ips_place,
        LN(p.n) / NULLIF(STDDEV_SAMP(LN(p.n)) OVER peers, 0) AS size_place
    FROM published AS p
    JOIN (SELECT uai, ARG_MAX(ips, school_year) AS ips FROM marts.school GROUP BY uai) AS s USING (uai)
    WHERE p.measure = 'minutes_per_pupil_day' AND p.breakdown = 'all' AND p.shown AND s.ips IS NOT NULL
    WINDOW peers AS (PARTITION BY p.period, p.evidence)
),

near AS (
    SELECT
        a.uai,
        a.period,
        a.evidence,
        b.value
    FROM positions AS a
    JOIN positions AS b ON a.period = b.period AND a.evidence = b.evidence AND a.uai <> b.uai
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY a.uai, a.period, a.evidence
        ORDER BY POWER(COALESCE(a.ips_place - b.ips_place, 0), 2) + POWER(COALESCE(a.size_place - b.size_place, 0), 2), b.uai
    ) <= 8
),

alike AS (
    SELECT
        uai,
        period,
        evidence,
        UNNEST([
            {'category': 'q1', 'value': QUANTILE_CONT(value, 0.25)},
            {'category': 'median', 'value': MEDIAN(value)},
            {'category': 'q3', 'value': QUANTILE_CONT(value, 0.75)},
            {'category': 'count', 'value': CAST(COUNT(*) AS DOUBLE)}
        ], recursive := TRUE)
    FROM near
    GROUP BY uai, period, evidence
    HAVING COUNT(*) >= 5
),

everything AS (
    SELECT * FROM published
    UNION ALL BY NAME
    SELECT
        'minutes_per_pupil_day' AS measure,
        uai,
        period,
        'similar_schools' AS breakdown,
        category,
        evidence,
        IF(category = 'count', 'schools', 'minutes') AS unit,
        'mean' AS statistic,
        value,
        TRUE AS shown
    FROM alike
)

SELECT
    measure,
    uai,
    period,
    breakdown,
    category,
    evidence,
    n,
    -- formed from what is shown: nobody can divide the exact value out
    value * denominator AS numerator,
    denominator,
    value,
    low,
    high,
    shown,
    CASE
        WHEN reason = 'coverage' THEN 'données insuffisantes'
        WHEN reason = 'small' THEN 'non publié (moins de ' || (SELECT s.value FROM setting AS s WHERE s.name = 'threshold') || ' élèves)'
        WHEN NOT shown THEN 'non publié'
        WHEN unit = 'share' AND statistic = 'gap' THEN CAST(CAST(ROUND(100 * value) AS INTEGER) AS VARCHAR) || ' points'
        WHEN unit = 'share' THEN
            CASE reason WHEN 'at_most' THEN '≤ ' WHEN 'at_least' THEN '≥ ' ELSE '' END
            || CAST(CAST(ROUND(100 * value) AS INTEGER) AS VARCHAR) || ' %'
        ELSE
            REPLACE(REGEXP_REPLACE(CAST(ROUND(value, IF(unit = 'p', 3, 2)) AS VARCHAR), '\.0$', ''), '.', ',')
            || CASE unit WHEN 'minutes' THEN ' min' WHEN 'EUR' THEN ' €' ELSE '' END
    END AS text,
    reason
FROM everything
ORDER BY ALL
