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
CREATE OR REPLACE MACRO any_date(written) AS (
    -- registers write 2019-03-01 or 01/03/2019, alone or in a longer value
    COALESCE(
        TRY_CAST(NULLIF(regexp_extract(written, '\d{4}-\d{2}-\d{2}'), '') AS DATE),
        CAST(TRY(strptime(NULLIF(regexp_extract(written, '\d{2}/\d{2}/\d{4}'), ''), '%d/%m/%Y')) AS DATE)
    )
);
CREATE OR REPLACE MACRO school_year_of(day) AS (
    -- from August on: teachers and some pupils begin before September
    CAST(YEAR(day - INTERVAL 7 MONTH) AS VARCHAR) || '-' || CAST(YEAR(day - INTERVAL 7 MONTH) + 1 AS VARCHAR)
);
CREATE OR REPLACE MACRO first_day_of(school_year) AS (
    IF(is_school_year(school_year), MAKE_DATE(TRY_CAST(LEFT(school_year, 4) AS BIGINT), 9, 1), NULL)
);
CREATE OR REPLACE MACRO last_day_of(school_year) AS (
    IF(is_school_year(school_year), MAKE_DATE(TRY_CAST(LEFT(school_year, 4) AS BIGINT) + 1, 8, 31), NULL)
);
CREATE OR REPLACE MACRO first_of(written) AS (
    -- a value of an XML export that stands there several times is read as a list
    IF(written LIKE '[%', COALESCE(json_extract_string(TRY_CAST(written AS JSON), '$[0]'), written), written)
);
CREATE OR REPLACE MACRO plain_words(written) AS (
    TRIM(regexp_replace(UPPER(strip_accents(written)), '[^A-Z0-9]+', ' ', 'g'))
);
CREATE OR REPLACE MACRO pupil_of_register(national_number, family_name, given_name, birth_date) AS (
    -- without a national number, name and date of birth together; what stands here becomes a keyed pseudonym at once
    COALESCE(
        national_number,
        plain_words(family_name) || '|' || plain_words(given_name) || '|' || CAST(any_date(birth_date) AS VARCHAR)
    )
);
CREATE OR REPLACE MACRO french_level(written) AS (
    -- codes and words; what is no level of French primary schools (ULIS, UPE2A, grades of other countries) is none
    CASE
        WHEN regexp_full_match(plain_words(written), 'TPS|T(OUTE|RES) PETITE SECTION') THEN 'TPS'
        WHEN regexp_full_match(plain_words(written), 'PS|PETITE SECTION') THEN 'PS'
        WHEN regexp_full_match(plain_words(written), 'MS|MOYENNE SECTION') THEN 'MS'
        WHEN regexp_full_match(plain_words(written), 'GS|GRANDE SECTION') THEN 'GS'
        WHEN regexp_full_match(plain_words(written), 'CP|COURS PREPARATOIRE') THEN 'CP'
        WHEN regexp_full_match(plain_words(written), 'CE ?1|COURS ELEMENTAIRE (1|1RE|1ERE|PREMIERE)( ANNEE)?') THEN 'CE1'
        WHEN regexp_full_match(plain_words(written), 'CE ?2|COURS ELEMENTAIRE (2|2E|2EME|2NDE|DEUXIEME|SECONDE)( ANNEE)?') THEN 'CE2'
        WHEN regexp_full_match(plain_words(written), 'CM ?1|COURS MOYEN (1|1RE|1ERE|PREMIERE)( ANNEE)?') THEN 'CM1'
        WHEN regexp_full_match(plain_words(written), 'CM ?2|COURS MOYEN (2|2E|2EME|2NDE|DEUXIEME|SECONDE)( ANNEE)?') THEN 'CM2'
    END
);
CREATE OR REPLACE MACRO levels_in(written) AS (
    -- of a list of levels in any order, such as "CE2, CE1"
    NULLIF(ARRAY_TO_STRING(LIST_FILTER(
        ['TPS', 'PS', 'MS', 'GS', 'CP', 'CE1', 'CE2', 'CM1', 'CM2'],
        LAMBDA level : LIST_CONTAINS(LIST_TRANSFORM(STR_SPLIT_REGEX(written, '[,;|]'), LAMBDA part : french_level(part)), level)
    ), '|'), '')
);
CREATE OR REPLACE MACRO register_of(source) AS (
    regexp_extract(source, '^[a-z]+')
);
CREATE OR REPLACE MACRO register_rank(source) AS (
    -- what the town wrote itself goes before what it exported
    LIST_POSITION(['roster', 'onde', 'aaf', 'oneroster', 'apple'], register_of(source))
);
