/*
title = "Every figure that the measures ask to show: how it is coded and rounded, what that leaves open, and what hides it from the start"
grain = "one measure of one school in one period, breakdown and category, per evidence class"

[columns]
statistic = "what kind of number it is: share, mean, median, quartile, count, gap, index, fifth"
unit = "unit of the value"
is_of_users = "whether `n` is itself a finding, and stays hidden"
bound = "share under which a figure is shown as `at most`"
n_step = "to what `n` is rounded"
step = "to what the value is rounded"
is_silent = "whether coverage is under the floor"
code = "at_most or at_least, where the share is shown as a bound"
rounded_value = "the value as it would be shown"
is_standing = "whether it has left the house as it stands"
hidden = "why it is hidden from the start; empty where it is not"
*/
WITH limits AS (
    SELECT
        MAX(CAST(value AS INTEGER)) FILTER (WHERE name = 'threshold') AS threshold,
        MAX(CAST(value AS DOUBLE)) FILTER (WHERE name = 'dominance') AS dominance,
        MAX(CAST(value AS DOUBLE)) FILTER (WHERE name = 'coverage_floor') AS coverage_floor
    FROM setting
    WHERE name IN ('threshold', 'dominance', 'coverage_floor')
),

coverage AS (
    SELECT uai, period, evidence, measure = 'coverage_shared' AS is_shared, value AS covered
    FROM measures."values"
    WHERE measure IN ('coverage', 'coverage_shared') AND breakdown = 'all'
),

school_years AS (
    SELECT DISTINCT period, school_year
    FROM marts.period
),

level_sizes AS (
    SELECT
        c.uai,
        y.school_year,
        c.period,
        c.category,
        COUNT(DISTINCT c.person_key) AS pupils
    FROM marts.pupil_cut AS c
    JOIN school_years AS y USING (period)
    WHERE c.breakdown = 'level' AND c.uai <> 'territory'
    GROUP BY ALL
),

largest_levels AS (
    SELECT
        uai,
        school_year,
        category,
        MAX(pupils) AS pupils
    FROM level_sizes
    GROUP BY ALL
),

in_cycles AS (
    -- coarsen first: a school in which more than half of the levels are too small shows its cycles instead, all year
    SELECT
        s.uai,
        s.school_year
    FROM largest_levels AS s
    CROSS JOIN limits AS l
    GROUP BY ALL
    HAVING 2 * COUNT_IF(s.pupils < l.threshold) > COUNT(*)
),

candidates AS (
    SELECT
        v.* REPLACE (
            -- stages of one way nest in pupils, even where their shares come from a model
            IF(v.numerator IS NULL AND m.is_nested, v.value * v.n, v.numerator) AS numerator,
            IF(v.numerator IS NULL AND m.is_nested, v.n, v.denominator) AS denominator
        ),
        y.school_year,
        m.statistic,
        m.unit,
        m.is_of_users,
        r.bound,
        r.n_step,
        CASE
            WHEN m.unit = 'share' THEN r.percent_step
            WHEN m.unit = 'minutes' AND m.statistic = 'gap' THEN r.gap_minutes_step
            WHEN m.unit = 'minutes' THEN r.minutes_step
            WHEN m.unit = 'EUR' THEN 5
            WHEN m.statistic = 'count' THEN 10
            WHEN m.unit = 'p' THEN 0.001
            WHEN m.statistic IN ('index', 'slope') THEN 0.01
            WHEN m.statistic = 'median' THEN 1
            ELSE 0.1
        END AS step,
        l.threshold,
        COALESCE(c.covered < l.coverage_floor, FALSE) AS is_silent,
        i.uai IS NOT NULL AS is_in_cycles,
        v.breakdown IN ('level', 'cycle', 'sex', 'social_band', 'home_internet', 'support', 'take_home')
        AND m.statistic <> 'gap' AS is_group,
        CASE
            WHEN r.from_n IS NULL THEN 'small'
            WHEN m.statistic = 'median' AND m.unit <> 'minutes' AND NOT r.has_medians THEN 'floor'
            WHEN m.statistic = 'quartile' AND NOT r.has_quartiles THEN 'floor'
            WHEN m.statistic IN ('index', 'slope') AND NOT r.has_index THEN 'floor'
            WHEN m.statistic = 'fifth' AND NOT r.has_fifths THEN 'floor'
            -- in a smaller school, a week less the few outside a group is a week of that group
            WHEN v.breakdown IN ('week', 'weekday') AND NOT r.has_weeks THEN 'floor'
            WHEN v.largest > l.dominance THEN 'dominance'
            WHEN c.covered < l.coverage_floor AND v.measure NOT IN ('coverage', 'coverage_shared') THEN 'coverage'
        END AS primary_reason
    FROM measures."values" AS v
    CROSS JOIN limits AS l
    JOIN measure_rule AS m ON v.measure = m.measure AND LIST_CONTAINS(m.shown_by, v.breakdown)
    JOIN school_years AS y ON v.period = y.period
    LEFT JOIN in_cycles AS i ON v.uai = i.uai AND y.school_year = i.school_year
    LEFT JOIN rule AS r ON v.n BETWEEN r.from_n AND r.to_n
    LEFT JOIN coverage AS c
        ON v.uai = c.uai AND v.period = c.period AND v.evidence = c.evidence
        AND c.is_shared = (v.measure IN ('minutes_per_device_day', 'share_device_days_used') OR v.category = 'shared')
    WHERE
        v.value IS NOT NULL
        -- where levels are shown, cycles are sums of them that nobody needs; what was released once stays in sight
        AND (
            v.breakdown <> 'cycle' OR i.uai IS NOT NULL
            OR (v.uai, v.period) IN (SELECT (p.uai, p.period) FROM past AS p WHERE p.breakdown = 'cycle')
        )
),

coded AS (
    -- the code that a share of this size bears when it is shown
    SELECT
        *,
        CASE
            WHEN statistic NOT IN ('share', 'fifth') THEN NULL
            WHEN value <= bound THEN 'at_most'
            WHEN value >= 1 - bound THEN 'at_least'
        END AS code
    FROM candidates
),

rounded AS (
    SELECT
        *,
        CASE code WHEN 'at_most' THEN bound WHEN 'at_least' THEN 1 - bound ELSE ROUND(value / step) * step END AS rounded_value
    FROM coded
),

ended AS (
    -- the least and the greatest value that the figure as shown leaves open
    SELECT
        *,
        -- a share that bears no code lies between the codes
        CASE
            WHEN code = 'at_most' THEN 0
            WHEN code = 'at_least' THEN 1 - bound
            WHEN statistic IN ('share', 'fifth') THEN GREATEST(bound, rounded_value - step / 2)
            ELSE rounded_value - step / 2
        END AS least,
        CASE
            WHEN code = 'at_most' THEN bound
            WHEN code = 'at_least' THEN 1
            WHEN statistic IN ('share', 'fifth') THEN LEAST(1 - bound, rounded_value + step / 2)
            ELSE rounded_value + step / 2
        END AS most
    FROM rounded
),

left_house AS (
    SELECT
        e.*,
        -- what has left the house as it stands cannot be called back: hiding it would protect nobody
        COALESCE(r.population = e.population AND ABS(r.least - e.least) < 1e-9 AND ABS(r.most - e.most) < 1e-9, FALSE) AS is_standing,
        CASE
            WHEN e.primary_reason IS NOT NULL THEN e.primary_reason
            -- an old and a new figure side by side would tell what has changed for a few
            WHEN f.uai IS NOT NULL AND (ABS(r.least - e.least) >= 1e-9 OR ABS(r.most - e.most) >= 1e-9) THEN 'revision'
        END AS first_reason
    FROM ended AS e
    LEFT JOIN last_release AS r USING (measure, uai, period, breakdown, category, evidence)
    LEFT JOIN few_changed AS f
        ON e.uai = f.uai AND e.period = f.period
        AND f.breakdown = IF(e.is_group, e.breakdown, 'all') AND f.category = IF(e.is_group, e.category, 'all')
),

steady AS (
    -- a group that hovers around the threshold is hidden all year: a mask that comes and goes tells what it hides
    SELECT
        *,
        CASE
            WHEN
                first_reason IS NULL AND is_group AND NOT is_standing
                AND MIN(n) OVER year_of_group < threshold AND MAX(n) OVER year_of_group < 2 * threshold THEN 'steady'
            WHEN first_reason IS NULL AND NOT is_standing AND breakdown = IF(is_in_cycles, 'level', 'cycle') THEN 'coarser'
            ELSE first_reason
        END AS steady_reason
    FROM left_house
    WINDOW year_of_group AS (PARTITION BY measure, uai, school_year, breakdown, category, evidence)
),

sized AS (
    SELECT
        *,
        steady_reason IN ('small', 'steady') AS is_small,
        -- the same neighbour in every period of a year: the one whose group is never large
        MAX(n) OVER (PARTITION BY measure, uai, school_year, breakdown, category, evidence) AS most_n
    FROM steady
),

complemented AS (
    -- the whole school minus the groups shown gives back a hidden group: hide the smallest neighbour with it
    SELECT
        *,
        CASE
            WHEN
                is_group AND steady_reason IS NULL AND NOT is_standing
                AND SUM(IF(is_small, n, 0)) OVER parts > 0
                AND SUM(IF(is_small, n, 0)) OVER parts < threshold
                AND ROW_NUMBER() OVER (
                    PARTITION BY measure, uai, period, breakdown, evidence
                    ORDER BY steady_reason IS NOT NULL OR is_standing, most_n, category
                ) = 1 THEN 'complement'
            ELSE steady_reason
        END AS hidden
    FROM sized
    WINDOW parts AS (PARTITION BY measure, uai, period, breakdown, evidence)
)

SELECT * EXCLUDE (threshold, is_group, primary_reason, first_reason, steady_reason, is_small, is_in_cycles, most_n)
FROM complemented
