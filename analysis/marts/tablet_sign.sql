/*
title = "Tablets in hand on the last school day that logs of their kind reach in each period, and the last sign that each gave by then"
grain = "one device with one pupil (individual) or with the classes that share it, in each period and place, per evidence class"
needs = ["device_day", "device_seen", "holding", "place"]

[columns]
days_held = "days, both ends included, that it has been held, or since the first log of its kind"
days_silent = "days since its last sign; empty where it never gave one"
*/
WITH reach AS (
    SELECT evidence, MIN(local_date) AS first_sign, MAX(local_date) AS last_sign
    FROM marts.device_seen
    GROUP BY evidence
),

last_days AS (
    -- not the last day of the calendar: on it, an export that is not there yet or a holiday would make every tablet silent
    SELECT
        d.uai,
        p.period,
        r.evidence,
        r.first_sign,
        MAX(d.local_date) AS last_day
    FROM marts.school_day AS d
    JOIN marts.period AS p ON d.uai = p.uai AND d.local_date BETWEEN p.from_date AND p.to_date
    JOIN reach AS r ON d.local_date BETWEEN r.first_sign AND r.last_sign
    WHERE d.is_school_day
    GROUP BY ALL
),

in_hand AS (
    SELECT DISTINCT l.*, d.kind, d.device_key, d.person_key
    FROM last_days AS l
    JOIN marts.device_day AS d ON l.uai = d.uai AND l.evidence = d.evidence AND l.last_day = d.local_date
    WHERE d.kind IN ('individual', 'shared')
),

held AS (
    SELECT device_key, person_key, MIN(from_date) AS held_from
    FROM marts.holding
    GROUP BY ALL
),

signs AS (
    SELECT i.device_key, i.last_day, MAX(s.local_date) AS seen_on
    FROM (SELECT DISTINCT device_key, last_day FROM in_hand) AS i
    JOIN marts.device_seen AS s ON i.device_key = s.device_key AND s.local_date <= i.last_day
    GROUP BY ALL
)

SELECT
    w.place AS uai,
    i.uai AS school_uai,
    i.period,
    i.evidence,
    i.kind,
    i.device_key,
    i.person_key,
    -- both days included; before the first log of its kind, silence says nothing
    i.last_day - GREATEST(h.held_from, i.first_sign) + 1 AS days_held,
    i.last_day - s.seen_on AS days_silent
FROM in_hand AS i
JOIN held AS h ON i.device_key = h.device_key AND i.person_key IS NOT DISTINCT FROM h.person_key
JOIN marts.place AS w USING (uai, period, evidence, kind)
LEFT JOIN signs AS s ON i.device_key = s.device_key AND i.last_day = s.last_day
