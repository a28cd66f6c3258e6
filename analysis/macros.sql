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
    TRY(timezone('UTC', epoch_ms(CAST(TRY_CAST(written AS DOUBLE) AS BIGINT))))
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
CREATE OR REPLACE MACRO host_of(url) AS (
    -- "https://www.lumni.fr/video", or "www.lumni.fr:443", all that a proxy sees of an encrypted connection
    RTRIM(LOWER(regexp_extract(url, '^(?:[A-Za-z][A-Za-z0-9+.-]*://)?(?:[^/@]*@)?([^/:?#\[\]]+)', 1)), '.')
);
CREATE OR REPLACE MACRO site_on(sites, host) AS (
    -- the site of the list that a host belongs to, the longest where one is below another (the list is sorted so); NULL for any other
    LIST_LAST(LIST_FILTER(sites, LAMBDA site : host = site OR ENDS_WITH(host, '.' || site)))
);
CREATE OR REPLACE MACRO instant_of_any(written) AS (
    -- seconds or milliseconds since 1970 by their number of digits, else ISO 8601; without an offset it is taken as UTC
    CASE
        WHEN regexp_full_match(written, '\d{9,10}') THEN instant_of_epoch_ms(TRY_CAST(written AS BIGINT) * 1000)
        WHEN regexp_full_match(written, '\d{12,13}') THEN instant_of_epoch_ms(written)
        WHEN regexp_full_match(written, '\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*') THEN TRY_CAST(written AS TIMESTAMPTZ)
    END
);
