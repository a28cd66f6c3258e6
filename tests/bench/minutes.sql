/*
title = "Seconds of use per tablet and local day, in one query that somebody who knows the rules would write by hand"
*/
WITH turned AS (
    SELECT DISTINCT
        device_key,
        app_id,
        activity,
        event,
        happened_at,
        CASE
            WHEN event IN (16, 17, 26, 27) THEN 0
            WHEN event IN (2, 3) THEN 1
            WHEN event IN (23, 24) THEN event
            WHEN event IN (1, 4) THEN 1001
            ELSE 1000
        END AS turn
    FROM READ_PARQUET(getvariable('files'))
),

cut AS (
    SELECT
        *,
        event IN (16, 17, 26) AS closes,
        event = 27
        OR (event NOT IN (2, 3, 16, 17, 23, 24, 26) AND happened_at - LAG(happened_at) OVER device > INTERVAL 3 HOUR) AS breaks
    FROM turned
    WINDOW device AS (PARTITION BY device_key ORDER BY happened_at, turn, event, app_id, activity)
),

stretched AS (
    SELECT *, COUNT(*) FILTER (WHERE closes OR COALESCE(breaks, FALSE)) OVER device AS stretch
    FROM cut
    WINDOW device AS (PARTITION BY device_key ORDER BY happened_at, turn, event, app_id, activity ROWS UNBOUNDED PRECEDING)
),

bounds AS (
    SELECT device_key, stretch, MIN(happened_at) AS first_at, MAX(happened_at) AS last_at, BOOL_OR(closes) AS closes
    FROM stretched
    GROUP BY ALL
),

ends AS (
    SELECT device_key, stretch, IF(LEAD(closes) OVER device, LEAD(first_at) OVER device, last_at) AS ends_at
    FROM bounds
    WINDOW device AS (PARTITION BY device_key ORDER BY stretch)
),

counted AS (
    SELECT
        *,
        COUNT(*) FILTER (WHERE event = 2) OVER screen AS pauses,
        COUNT(*) FILTER (WHERE event = 23) OVER screen AS stops,
        COUNT(*) FILTER (WHERE event = 24) OVER screen AS destroys,
        LEAD(happened_at) OVER screen AS next_at
    FROM stretched
    WHERE event IN (1, 2, 3, 4, 23, 24)
    WINDOW screen AS (PARTITION BY device_key, stretch, app_id, activity ORDER BY happened_at, turn, event ROWS UNBOUNDED PRECEDING)
),

summed AS (
    SELECT
        *,
        SUM(
            CASE
                WHEN event IN (1, 4) THEN 1
                WHEN event IN (2, 3) THEN -1
                WHEN event = 23 AND stops > pauses THEN -1
                WHEN event = 24 AND destroys > GREATEST(pauses, stops) THEN -1
                ELSE 0
            END
        ) OVER screen AS balance
    FROM counted
    WINDOW screen AS (PARTITION BY device_key, stretch, app_id, activity ORDER BY happened_at, turn, event ROWS UNBOUNDED PRECEDING)
),

walked AS (
    SELECT *, balance - LEAST(0, MIN(balance) OVER screen) > 0 AS is_open
    FROM summed
    WINDOW screen AS (PARTITION BY device_key, stretch, app_id, activity ORDER BY happened_at, turn, event ROWS UNBOUNDED PRECEDING)
),

spans AS (
    SELECT w.device_key, w.happened_at AS started_at, COALESCE(w.next_at, e.ends_at) AS ended_at
    FROM walked AS w
    JOIN ends AS e USING (device_key, stretch)
    WHERE w.is_open AND COALESCE(w.next_at, e.ends_at) > w.happened_at
),

apart AS (
    SELECT *, COALESCE(started_at > MAX(ended_at) OVER device, TRUE) AS is_apart
    FROM spans
    WINDOW device AS (PARTITION BY device_key ORDER BY started_at, ended_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),

numbered AS (
    SELECT *, COUNT(*) FILTER (WHERE is_apart) OVER device AS island
    FROM apart
    WINDOW device AS (PARTITION BY device_key ORDER BY started_at, ended_at ROWS UNBOUNDED PRECEDING)
),

joined AS (
    SELECT
        device_key,
        timezone(getvariable('timezone'), MIN(started_at)) AS started_at,
        timezone(getvariable('timezone'), MAX(ended_at)) AS ended_at
    FROM numbered
    GROUP BY device_key, island
),

-- none is longer than a day, and no clock changes in this month
parts AS (
    SELECT device_key, CAST(started_at AS DATE) AS local_date, LEAST(ended_at, CAST(CAST(started_at AS DATE) + 1 AS TIMESTAMP)) - started_at AS part
    FROM joined
    UNION ALL
    SELECT device_key, CAST(ended_at AS DATE) AS local_date, ended_at - CAST(CAST(ended_at AS DATE) AS TIMESTAMP) AS part
    FROM joined
    WHERE CAST(ended_at AS DATE) > CAST(started_at AS DATE)
)

SELECT device_key, local_date, SUM(epoch_us(part)) / 1e6 AS seconds
FROM parts
GROUP BY device_key, local_date
