/*
title = "Apps in front: when each app of each device came to the front and left it; or, without an app, when a device was unlocked and locked"
grain = "one stay of one app in front, or of one device unlocked, per evidence class"
month = "started_at"

[columns]
source = "the log format of the event that began it"
*/
-- Numbers stand for names and instants until the last step: sorting and comparing millions of texts is what would take the time.
WITH logged AS MATERIALIZED (
    SELECT source, evidence, device_key, app_id, activity, event, happened_at
    FROM lake.device_events
    WHERE
        happened_at >= getvariable('month_start') - INTERVAL 1 DAY
        AND happened_at < getvariable('month_end') + INTERVAL 2 DAY
),

tracks AS (
    -- what two agents on one device say is never mixed: each evidence is read by itself
    SELECT device_key, evidence, CAST(ROW_NUMBER() OVER (ORDER BY device_key, evidence) AS INTEGER) AS track
    FROM (SELECT DISTINCT device_key, evidence FROM logged) AS devices
),

screens AS MATERIALIZED (
    SELECT
        source,
        app_id,
        activity,
        CAST(ROW_NUMBER() OVER (ORDER BY app_id, activity, source) AS INTEGER) AS screen,
        CAST(DENSE_RANK() OVER (ORDER BY app_id) AS INTEGER) AS app
    FROM (SELECT DISTINCT source, app_id, activity FROM logged) AS shown
),

events AS (
    SELECT
        t.track,
        s.screen,
        l.event,
        epoch_us(l.happened_at) AS moment,
        -- what stands at the same millisecond: first what closes everything, then what closes, the rest, then what opens; types of
        -- events are 0 to 1000, so that kind, type and screen fit in one number
        (
            CASE
                WHEN l.event IN (16, 17, 26, 27) THEN 0
                WHEN l.event IN (2, 3) THEN 1
                WHEN l.event IN (23, 24) THEN l.event
                WHEN l.event IN (1, 4) THEN 1001
                ELSE 1000
            END * 1001 + l.event
        ) * CAST(4294967296 AS BIGINT) + s.screen AS turn
    FROM logged AS l
    JOIN tracks AS t USING (device_key, evidence)
    JOIN screens AS s
        ON l.source = s.source AND l.app_id IS NOT DISTINCT FROM s.app_id AND l.activity IS NOT DISTINCT FROM s.activity
),

followed AS (
    SELECT
        *,
        LAG(moment) OVER device AS moment_before,
        LAG(turn) OVER device AS turn_before
    FROM events
    WINDOW device AS (PARTITION BY track ORDER BY moment, turn)
),

cut AS (
    -- screen off 16, lock screen 17, shutdown 26 close every app. After a startup 27, or after three hours of silence that no closing
    -- event ends, whatever was open is taken to have ended with the last event before: minutes are never invented.
    SELECT
        track,
        screen,
        event,
        moment,
        turn,
        event IN (16, 17, 26) AS closes_all,
        IF(event IN (16, 17, 26, 27) OR (event NOT IN (2, 3, 23, 24) AND moment - moment_before > 10800000000), 1, 0) AS cuts
    FROM followed
    -- the same event in two files that overlap in time is one event
    WHERE moment IS DISTINCT FROM moment_before OR turn IS DISTINCT FROM turn_before
),

stretched AS (
    SELECT
        *,
        CAST(SUM(cuts) OVER (PARTITION BY track ORDER BY moment, turn ROWS UNBOUNDED PRECEDING) AS INTEGER) AS stretch
    FROM cut
),

stretch_bounds AS (
    SELECT
        track,
        stretch,
        MIN(moment) AS first_at,
        MAX(moment) AS last_at,
        BOOL_OR(closes_all) AS starts_by_closing
    FROM stretched
    GROUP BY track, stretch
),

stretch_ends AS (
    SELECT
        track,
        stretch,
        CASE WHEN LEAD(starts_by_closing) OVER device THEN LEAD(first_at) OVER device ELSE last_at END AS ends_at
    FROM stretch_bounds
    WINDOW device AS (PARTITION BY track ORDER BY stretch)
),

screened AS MATERIALIZED (
    SELECT track, stretch, screen, event, moment, turn
    FROM stretched
    WHERE event IN (1, 2, 3, 4, 23, 24)
),

screenings AS (
    SELECT
        track,
        stretch,
        screen,
        COUNT(CASE WHEN event IN (1, 4) THEN 1 END) AS opens,
        MIN(CASE WHEN event IN (1, 4) THEN moment END) AS opened_at,
        MIN(CASE WHEN event NOT IN (1, 4) THEN moment END) AS closed_at
    FROM screened
    GROUP BY track, stretch, screen
),

counted AS (
    -- A screen that opens again before the last stretch ends, or that something closed before it opened, has its open and close counted.
    -- A stop (23) or destroy (24) closes only a screen whose pause (2) is missing; the end of a day (3) is a pause that no stop follows.
    SELECT
        *,
        SUM(IF(event = 2, 1, 0)) OVER screening AS pauses,
        SUM(IF(event = 23, 1, 0)) OVER screening AS stops,
        SUM(IF(event = 24, 1, 0)) OVER screening AS destroys,
        LEAD(moment) OVER screening AS next_at
    FROM screened
    SEMI JOIN (FROM screenings WHERE opens > 1 OR closed_at <= opened_at) AS intricate USING (track, stretch, screen)
    WINDOW screening AS (PARTITION BY track, stretch, screen ORDER BY moment, turn ROWS UNBOUNDED PRECEDING)
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
        SUM(step) OVER (PARTITION BY track, stretch, screen ORDER BY moment, turn ROWS UNBOUNDED PRECEDING) AS balance
    FROM stepped
),

walked AS (
    -- a close without an open leaves the count at zero: subtract the lowest balance so far where it is negative
    SELECT
        *,
        balance - LEAST(0, MIN(balance) OVER screening) > 0 AS is_open
    FROM summed
    WINDOW screening AS (PARTITION BY track, stretch, screen ORDER BY moment, turn ROWS UNBOUNDED PRECEDING)
),

opened AS (
    SELECT track, stretch, screen, moment AS started_at, next_at AS closed_at
    FROM walked
    WHERE is_open
    UNION ALL
    -- most screens open once in a stretch, and then the first thing that closes them ends the stay: nothing has to be counted
    SELECT track, stretch, screen, opened_at AS started_at, closed_at
    FROM screenings
    WHERE opens = 1 AND COALESCE(closed_at > opened_at, TRUE)
),

spans AS (
    SELECT
        o.track,
        s.app,
        o.screen,
        o.started_at,
        COALESCE(o.closed_at, e.ends_at) AS ended_at
    FROM opened AS o
    JOIN stretch_ends AS e USING (track, stretch)
    JOIN screens AS s USING (screen)
    WHERE COALESCE(o.closed_at, e.ends_at) > o.started_at
),

reached AS (
    -- an app may show several screens, and the next one opens before the last one closes
    SELECT
        *,
        MAX(ended_at) OVER (
            PARTITION BY track, app ORDER BY started_at, ended_at, screen ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reach,
        MAX(ended_at) OVER (PARTITION BY track, app) AS last_reach
    FROM spans
),

stays AS (
    SELECT
        track,
        screen,
        started_at,
        COALESCE(LEAD(reach) OVER (PARTITION BY track, app ORDER BY started_at), last_reach) AS ended_at
    FROM reached
    WHERE COALESCE(started_at > reach, TRUE)
)

SELECT
    s.source,
    t.evidence,
    t.device_key,
    s.app_id,
    make_timestamptz(stays.started_at) AS started_at,
    make_timestamptz(stays.ended_at) AS ended_at
FROM stays
JOIN tracks AS t USING (track)
JOIN screens AS s USING (screen)
WHERE
    stays.started_at >= epoch_us(CAST(getvariable('month_start') AS TIMESTAMPTZ))
    AND stays.started_at < epoch_us(CAST(getvariable('month_end') + 1 AS TIMESTAMPTZ))
