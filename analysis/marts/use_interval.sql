/*
title = "Apps in front: when each app of each device came to the front and left it; or, without an app, when a device was unlocked and locked"
grain = "one stay of one app in front, or of one device unlocked, per evidence class"
month = "started_at"
*/
WITH events AS (
    -- the same event in two files that overlap in time is one event
    SELECT DISTINCT
        source,
        evidence,
        device_key,
        app_id,
        activity,
        event,
        happened_at,
        -- what stands at the same millisecond: first what closes everything, then what closes, the rest, then what opens
        CASE
            WHEN event IN (16, 17, 26, 27) THEN 0
            WHEN event IN (2, 3) THEN 1
            WHEN event IN (23, 24) THEN event
            WHEN event IN (1, 4) THEN 1001
            ELSE 1000
        END AS turn
    FROM lake.device_events
    WHERE
        happened_at >= getvariable('month_start') - INTERVAL 1 DAY
        AND happened_at < getvariable('month_end') + INTERVAL 2 DAY
),

cut AS (
    -- what two agents on one device say is never mixed: each evidence is read by itself.
    -- screen off 16, lock screen 17, shutdown 26 close every app. After a startup 27, or after hours of silence that no closing
    -- event ends, whatever was open is taken to have ended with the last event before: minutes are never invented.
    SELECT
        *,
        event IN (16, 17, 26) AS closes_all,
        event = 27
        OR (event NOT IN (2, 3, 16, 17, 23, 24, 26) AND happened_at - LAG(happened_at) OVER device > INTERVAL 3 HOUR) AS breaks_off
    FROM events
    WINDOW device AS (PARTITION BY device_key, evidence ORDER BY happened_at, turn, event, app_id, activity)
),

stretched AS (
    SELECT
        *,
        COUNT(*) FILTER (WHERE closes_all OR COALESCE(breaks_off, FALSE)) OVER device AS stretch
    FROM cut
    WINDOW device AS (
        PARTITION BY device_key, evidence ORDER BY happened_at, turn, event, app_id, activity ROWS UNBOUNDED PRECEDING
    )
),

stretch_bounds AS (
    SELECT
        device_key,
        evidence,
        stretch,
        MIN(happened_at) AS first_at,
        MAX(happened_at) AS last_at,
        BOOL_OR(closes_all) AS starts_by_closing
    FROM stretched
    GROUP BY device_key, evidence, stretch
),

stretch_ends AS (
    SELECT
        device_key,
        evidence,
        stretch,
        CASE WHEN LEAD(starts_by_closing) OVER device THEN LEAD(first_at) OVER device ELSE last_at END AS ends_at
    FROM stretch_bounds
    WINDOW device AS (PARTITION BY device_key, evidence ORDER BY stretch)
),

counted AS (
    -- an app may show several screens, and the next one opens before the last one closes: count the open ones.
    -- A stop (23) or destroy (24) closes only a screen whose pause (2) is missing; the end of a day (3) is a pause that no stop follows.
    SELECT
        *,
        COUNT(*) FILTER (WHERE event = 2) OVER screen AS pauses,
        COUNT(*) FILTER (WHERE event = 23) OVER screen AS stops,
        COUNT(*) FILTER (WHERE event = 24) OVER screen AS destroys
    FROM stretched
    WHERE event IN (1, 2, 3, 4, 23, 24)
    WINDOW screen AS (
        PARTITION BY device_key, evidence, stretch, app_id, activity ORDER BY happened_at, turn, event ROWS UNBOUNDED PRECEDING
    )
),

stepped AS (
    SELECT
        *,
        CASE
            WHEN event IN (1, 4) THEN 1
            WHEN event IN (2, 3) THEN -1
            WHEN event = 23 AND stops > pauses THEN -1
            WHEN event = 24 AND destroys > GREATEST(pauses, stops) THEN -1
            ELSE 0
        END AS step
    FROM counted
),

summed AS (
    SELECT
        *,
        SUM(step) OVER screen AS balance
    FROM stepped
    WINDOW screen AS (
        PARTITION BY device_key, evidence, stretch, app_id, activity ORDER BY happened_at, turn, event ROWS UNBOUNDED PRECEDING
    )
),

opened AS (
    -- a close without an open leaves the count at zero: subtract the lowest balance so far where it is negative
    SELECT
        s.source,
        s.evidence,
        s.device_key,
        s.app_id,
        s.happened_at AS started_at,
        COALESCE(LEAD(s.happened_at) OVER screen, e.ends_at) AS ended_at,
        s.balance - LEAST(0, MIN(s.balance) OVER (screen ROWS UNBOUNDED PRECEDING)) > 0 AS is_open
    FROM summed AS s
    JOIN stretch_ends AS e USING (device_key, evidence, stretch)
    WINDOW screen AS (
        PARTITION BY s.device_key, s.evidence, s.stretch, s.app_id, s.activity ORDER BY s.happened_at, s.turn, s.event
    )
),

islands AS (
    SELECT
        *,
        started_at > MAX(ended_at) OVER (
            PARTITION BY device_key, evidence, app_id ORDER BY started_at, ended_at
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS is_apart
    FROM opened
    WHERE is_open AND ended_at > started_at
),

numbered AS (
    SELECT
        *,
        COUNT(*) FILTER (WHERE is_apart) OVER (
            PARTITION BY device_key, evidence, app_id ORDER BY started_at, ended_at ROWS UNBOUNDED PRECEDING
        ) AS island
    FROM islands
),

stays AS (
    SELECT
        MIN(source) AS source,
        evidence,
        device_key,
        app_id,
        MIN(started_at) AS started_at,
        MAX(ended_at) AS ended_at
    FROM numbered
    GROUP BY device_key, evidence, app_id, island
)

SELECT *
FROM stays
WHERE started_at >= getvariable('month_start') AND started_at < getvariable('month_end') + INTERVAL 1 DAY
