/*
title = "Every figure that may be shown, and for each that may not, why"
grain = "one measure of one school in one period, breakdown and category, per evidence class"
*/
WITH limits AS (
    SELECT
        MAX(CAST(value AS INTEGER)) FILTER (WHERE name = 'threshold') AS threshold,
        MAX(CAST(value AS DOUBLE)) FILTER (WHERE name = 'coverage_floor') AS coverage_floor
    FROM setting
    WHERE name IN ('threshold', 'coverage_floor')
),

coverage AS (
    SELECT uai, period, evidence, measure = 'coverage_shared' AS is_shared, value AS covered
    FROM measures."values"
    WHERE measure IN ('coverage', 'coverage_shared') AND breakdown = 'all'
),

candidates AS (
    SELECT
        v.*,
        m.statistic,
        m.unit,
        m.is_of_users,
        LIST_CONTAINS(m.whole, v.breakdown) AS is_part,
        r.bound,
        CASE
            WHEN m.unit = 'share' THEN r.percent_step
            WHEN m.unit = 'minutes' AND m.statistic = 'gap' THEN r.gap_minutes_step
            WHEN m.unit = 'minutes' THEN r.minutes_step
            WHEN m.unit = 'EUR' THEN 5
            WHEN m.statistic = 'count' THEN 10
            WHEN m.statistic = 'index' THEN 0.01
            WHEN m.statistic = 'median' THEN 1
            ELSE 0.1
        END AS step,
        l.threshold,
        CASE
            WHEN r.from_n IS NULL THEN 'small'
            WHEN m.statistic = 'quartile' AND NOT r.has_quartiles THEN 'floor'
            WHEN m.statistic = 'index' AND NOT r.has_index THEN 'floor'
            WHEN m.statistic = 'fifth' AND NOT r.has_fifths THEN 'floor'
            WHEN c.covered < l.coverage_floor AND v.measure NOT IN ('coverage', 'coverage_shared') THEN 'coverage'
        END AS primary_reason
    FROM measures."values" AS v
    CROSS JOIN limits AS l
    JOIN measure_rule AS m ON v.measure = m.measure AND LIST_CONTAINS(m.shown_by, v.breakdown)
    LEFT JOIN rule AS r ON v.n BETWEEN r.from_n AND r.to_n
    LEFT JOIN coverage AS c
        ON v.uai = c.uai AND v.period = c.period AND v.evidence = c.evidence
        AND c.is_shared = (v.measure IN ('minutes_per_device_day', 'share_device_days_used') OR v.category = 'shared')
    WHERE v.value IS NOT NULL
),

complemented AS (
    -- the whole school minus the groups shown gives back a hidden group: hide the smallest neighbour with it
    SELECT
        *,
        CASE
            WHEN
                breakdown IN ('level', 'sex', 'social_band', 'home_internet', 'support', 'take_home') AND statistic <> 'gap'
                AND primary_reason IS NULL
                AND SUM(IF(primary_reason = 'small', n, 0)) OVER parts > 0
                AND SUM(IF(primary_reason = 'small', n, 0)) OVER parts < threshold
                AND ROW_NUMBER() OVER (
                    PARTITION BY measure, uai, period, breakdown, evidence ORDER BY primary_reason IS NOT NULL, n, category
                ) = 1 THEN 'complement'
            ELSE primary_reason
        END AS hidden
    FROM candidates
    WINDOW parts AS (PARTITION BY measure, uai, period, breakdown, evidence)
),

coded AS (
    SELECT
        *,
        CASE
            WHEN hidden IS NOT NULL OR statistic NOT IN ('share', 'fifth') THEN NULL
            WHEN value <= bound THEN 'at_most'
            WHEN value >= 1 - bound THEN 'at_least'
        END AS code
    FROM complemented
),

whole_days AS (
    -- which parts of the whole "none, under 5, 5 to 30, over 30" are coded
    SELECT
        uai,
        period,
        breakdown,
        category,
        evidence,
        MAX(code) FILTER (WHERE measure = 'share_pupil_days_used') AS used,
        MAX(code) FILTER (WHERE measure = 'share_pupil_days_under_5') AS under_5,
        MAX(code) FILTER (WHERE measure = 'share_pupil_days_5_30') AS from_5_to_30,
        MAX(code) FILTER (WHERE measure = 'share_pupil_days_over_30') AS over_30
    FROM coded
    GROUP BY uai, period, breakdown, category, evidence
),

composed AS (
    -- one coded part of a whole is given back by the others: a second part goes with it
    SELECT
        c.*,
        CASE
            WHEN c.code IS NOT NULL OR c.hidden IS NOT NULL THEN c.hidden
            WHEN c.measure = 'share_pupil_days_5_30' AND (w.over_30 IS NOT NULL OR w.under_5 IS NOT NULL) THEN 'complement'
            WHEN c.measure = 'share_pupil_days_over_5' AND (w.under_5 IS NOT NULL OR w.from_5_to_30 IS NOT NULL) THEN 'complement'
            WHEN c.measure = 'share_pupil_days_under_5' AND (w.used IS NOT NULL OR w.from_5_to_30 IS NOT NULL) THEN 'complement'
        END AS reason_hidden
    FROM coded AS c
    LEFT JOIN whole_days AS w USING (uai, period, breakdown, category, evidence)
),

wholes AS (
    -- parts that make up a whole: one alone that is coded or hidden is given back by the others, and the smallest of them goes with it
    SELECT
        *,
        CASE
            WHEN
                is_part AND code IS NULL AND reason_hidden IS NULL
                AND COUNT(*) FILTER (WHERE code IS NOT NULL OR reason_hidden IS NOT NULL) OVER parts = 1
                AND ROW_NUMBER() OVER (
                    PARTITION BY measure, uai, period, breakdown, evidence
                    ORDER BY code IS NOT NULL OR reason_hidden IS NOT NULL, value, category
                ) = 1 THEN 'complement'
            ELSE reason_hidden
        END AS withheld
    FROM composed
    WINDOW parts AS (PARTITION BY measure, uai, period, breakdown, evidence)
),

rounded AS (
    SELECT
        *,
        CASE
            WHEN withheld IS NOT NULL THEN NULL
            WHEN code = 'at_most' THEN bound
            WHEN code = 'at_least' THEN 1 - bound
            ELSE ROUND(value / step) * step
        END AS shown_value,
        -- an interval is shown wider, never narrower; that of a week says nothing to anybody
        IF(withheld IS NULL AND code IS NULL AND breakdown <> 'week', FLOOR(low / step) * step, NULL) AS shown_low,
        IF(withheld IS NULL AND code IS NULL AND breakdown <> 'week', CEIL(high / step) * step, NULL) AS shown_high
    FROM wholes
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
        -- how many there are week by week would date one child's arrival
        IF(withheld IS NULL AND NOT is_of_users AND breakdown NOT LIKE 'week%', n, NULL) AS n,
        -- formed again from what is shown: nobody can divide the exact value out
        IF(withheld IS NULL AND NOT is_of_users, shown_value * denominator, NULL) AS numerator,
        IF(withheld IS NULL AND NOT is_of_users, denominator, NULL) AS denominator,
        shown_value AS value,
        shown_low AS low,
        shown_high AS high,
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
    numerator,
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
            REPLACE(REGEXP_REPLACE(CAST(ROUND(value, 2) AS VARCHAR), '\.0$', ''), '.', ',')
            || CASE unit WHEN 'minutes' THEN ' min' WHEN 'EUR' THEN ' €' ELSE '' END
    END AS text,
    reason
FROM everything
ORDER BY ALL
