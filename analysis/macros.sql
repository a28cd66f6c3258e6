/*
title = "Small functions that the sources and checks share; run this file first to paste one of them in a DuckDB shell"
*/
CREATE OR REPLACE MACRO is_uai(code) AS (
    -- the letter is number modulo 23 in an alphabet without I, O, Q
    regexp_full_match(code, '\d{7}[A-Z]')
    AND SUBSTR('ABCDEFGHJKLMNPRSTUVWXYZ', TRY_CAST(SUBSTR(code, 1, 7) AS INTEGER) % 23 + 1, 1) = SUBSTR(code, 8, 1)
);
CREATE OR REPLACE MACRO is_school_year(label) AS (
    regexp_full_match(label, '\d{4}-\d{4}')
    AND TRY_CAST(SUBSTR(label, 6, 4) AS INTEGER) = TRY_CAST(SUBSTR(label, 1, 4) AS INTEGER) + 1
);
CREATE OR REPLACE MACRO is_bells(hours) AS (
    -- each span ends after it starts
    regexp_full_match(hours, '([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d(,([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)*')
    AND LEN(LIST_FILTER(STR_SPLIT(hours, ','), LAMBDA span : span[1:5] >= span[7:11])) = 0
);
CREATE OR REPLACE MACRO instant_of_epoch_ms(written) AS (
    -- not by way of a local time: that would ask the calendar for each row
    TRY(make_timestamptz(1000 * CAST(TRY_CAST(written AS DOUBLE) AS BIGINT)))
);
CREATE OR REPLACE MACRO instant_of_local(local_time, zone_name) AS (
    -- in the night when clocks go forward an hour does not exist: no instant, rather than another one. In autumn an hour comes twice, and
    -- which of the two is meant cannot be known: the engine's choice stands
    IF(timezone(zone_name, TRY(timezone(zone_name, local_time))) = local_time, TRY(timezone(zone_name, local_time)), NULL)
);
CREATE OR REPLACE MACRO whole_number(written) AS (
    -- a cast alone would round 1.5
    IF(TRY_CAST(written AS DOUBLE) = FLOOR(TRY_CAST(written AS DOUBLE)), TRY_CAST(TRY_CAST(written AS DOUBLE) AS INTEGER), NULL)
);
CREATE OR REPLACE MACRO decimal_number(written) AS (
    -- French exports write 0,5
    TRY_CAST(REPLACE(written, ',', '.') AS DOUBLE)
);
CREATE OR REPLACE MACRO ent_one_profile(written) AS (
    CASE written
        WHEN 'Student' THEN 'student'
        WHEN 'Teacher' THEN 'teacher'
        WHEN 'Relative' THEN 'relative'
        WHEN 'Personnel' THEN 'personnel'
        WHEN 'Guest' THEN 'guest'
    END
);
CREATE OR REPLACE MACRO ent_one_module(written) AS (
    -- derived from a path or from a class name: "homeworks" and "Homeworks" are one module
    UPPER(LEFT(written, 1)) || SUBSTR(written, 2)
);
CREATE OR REPLACE MACRO ent_one_channel(event_type, written) AS (
    -- the mobile app logs in through OAuth, and its client's name stands where "Auth" stands for the web
    CASE WHEN event_type = 'LOGIN' THEN IF(written = 'Auth', 'web', 'app') END
);
CREATE OR REPLACE MACRO battery_percent(written) AS (
    -- a level that no battery has is none: never a reason to lose a sighting
    IF(TRY_CAST(written AS DOUBLE) BETWEEN 0 AND 100, TRY_CAST(written AS DOUBLE), NULL)
);
