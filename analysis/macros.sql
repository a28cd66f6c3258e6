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
CREATE OR REPLACE MACRO portal_profile(written) AS (
    -- the words of the portal's menus, of its exports and of its events, in French and in English
    CASE
        WHEN LOWER(strip_accents(written)) IN ('eleve', 'eleves', 'student', 'students') THEN 'student'
        WHEN LOWER(strip_accents(written)) IN ('enseignant', 'enseignants', 'teacher', 'teachers') THEN 'teacher'
        WHEN LOWER(strip_accents(written)) IN ('parent', 'parents', 'relative', 'relatives') THEN 'relative'
        WHEN LOWER(strip_accents(written)) IN ('personnel', 'personnels') THEN 'personnel'
        WHEN LOWER(strip_accents(written)) IN ('invite', 'invites', 'guest', 'guests') THEN 'guest'
    END
);
CREATE OR REPLACE MACRO last_part(iri) AS (
    -- http://adlnet.gov/expapi/verbs/launched and launched are one verb
    NULLIF(regexp_extract(iri, '([^/#]+)[/#]*$', 1), '')
);
CREATE OR REPLACE MACRO host_in_iri(iri) AS (
    -- a bare IP address names nothing that a reader knows
    NULLIF(LOWER(regexp_extract(iri, '^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?([^/:?#]*[A-Za-z][^/:?#]*)', 1)), '')
);
CREATE OR REPLACE MACRO iri_of(written) AS (
    -- a thing is told whole, or by its id alone
    COALESCE(json_extract_string(TRY_CAST(written AS JSON), '$.id'), IF(written LIKE '{%', NULL, written))
);
CREATE OR REPLACE MACRO iso_part(written, pattern) AS (
    COALESCE(decimal_number(NULLIF(regexp_extract(written, pattern, 1), '')), 0)
);
CREATE OR REPLACE MACRO iso_seconds(written) AS (
    -- a year or a month has no length of its own
    IF(
        regexp_full_match(written, 'P(\d+W|(\d+D)?(T(\d+([.,]\d+)?H)?(\d+([.,]\d+)?M)?(\d+([.,]\d+)?S)?)?)')
        AND regexp_matches(written, '[WDHMS]$'),
        iso_part(written, '([\d.,]+)W') * 604800
        + iso_part(written, '([\d.,]+)D') * 86400
        + iso_part(written, '([\d.,]+)H') * 3600
        + iso_part(written, '([\d.,]+)M') * 60
        + iso_part(written, '([\d.,]+)S'),
        NULL
    )
);
CREATE OR REPLACE MACRO xapi_account(homepage, written) AS (
    -- a name is an account on its own home page only
    IF(written IS NULL, NULL, CONCAT_WS('|', homepage, written))
);
CREATE OR REPLACE MACRO xapi_person(agent) AS (
    -- a group is nobody
    CASE WHEN COALESCE(json_extract_string(agent, '$.objectType'), 'Agent') = 'Agent' THEN NULLIF(COALESCE(
        xapi_account(json_extract_string(agent, '$.account.homePage'), json_extract_string(agent, '$.account.name')),
        LOWER(regexp_replace(json_extract_string(agent, '$.mbox'), '^mailto:', '')),
        LOWER(json_extract_string(agent, '$.mbox_sha1sum')),
        json_extract_string(agent, '$.openid')
    ), '') END
);
CREATE OR REPLACE MACRO caliper_person(deed, actor, thing) AS (
    -- it is the platform that times a session out: the person is the session's
    CASE
        WHEN deed = 'TimedOut' THEN COALESCE(
            iri_of(json_extract_string(TRY_CAST(thing AS JSON), '$.user')),
            iri_of(json_extract_string(TRY_CAST(thing AS JSON), '$.actor'))
        )
        WHEN COALESCE(last_part(json_extract_string(TRY_CAST(actor AS JSON), '$.type')), 'Person') = 'Person' THEN iri_of(actor)
    END
);
CREATE OR REPLACE MACRO school_sector(written) AS (
    -- PUBLIC, Public, privé sous contrat, Privé hors contrat, PRIVE
    CASE WHEN written ILIKE 'publi%' THEN 'public' WHEN written ILIKE 'priv%' THEN 'private' END
);
CREATE OR REPLACE MACRO school_year_from(written) AS (
    -- "2022" and "2022-01-01" are the year in which it begins; anything else is left to the check
    IF(
        regexp_full_match(written, '\d{4}(-\d\d-\d\d.*)?'),
        written[1:4] || '-' || CAST(CAST(written[1:4] AS INTEGER) + 1 AS VARCHAR),
        written
    )
);
CREATE OR REPLACE MACRO scale_end(scale, which) AS (
    -- 1 is the lowest, 2 the highest
    TRY_CAST(regexp_extract(scale, '^(-?[\d.]+)-(-?[\d.]+)$', which) AS DOUBLE)
);
CREATE OR REPLACE MACRO is_scale(scale) AS (
    COALESCE(scale_end(scale, 1) < scale_end(scale, 2), FALSE)
);
CREATE OR REPLACE MACRO scale_written(written) AS (
    -- "20" is 0-20; "0 - 12,5" and "0..12.5" are 0-12.5
    IF(regexp_full_match(written, '\d+'), '0-' || written, REPLACE(REPLACE(REPLACE(written, ' ', ''), '..', '-'), ',', '.'))
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
    LIST_POSITION(['roster', 'onde', 'aaf', 'oneroster', 'apple', 'ent'], register_of(source))
);
CREATE OR REPLACE MACRO battery_level(written) AS (
    -- a share in some answers, a percentage in others
    IF(TRY_CAST(written AS DOUBLE) BETWEEN 0 AND 1, 100 * TRY_CAST(written AS DOUBLE), battery_percent(written))
);
CREATE OR REPLACE MACRO oneroster_profile(written) AS (
    CASE
        WHEN LOWER(written) = 'student' THEN 'student'
        WHEN LOWER(written) = 'teacher' THEN 'teacher'
        WHEN LOWER(written) IN ('parent', 'guardian', 'relative') THEN 'relative'
        WHEN
            LOWER(written) IN (
                'administrator',
                'aide',
                'counselor',
                'districtadministrator',
                'principal',
                'proctor',
                'siteadministrator',
                'systemadministrator'
            )
            THEN 'personnel'
    END
);
CREATE OR REPLACE MACRO aaf_class(written) AS (
    -- structure$..$..$class$label: a label may hold a teacher's name. A pupil in several classes is taken in the first
    IF(LEN(STR_SPLIT(first_of(written), '$')) = 5, STR_SPLIT(first_of(written), '$')[4], first_of(written))
);
CREATE OR REPLACE MACRO aaf_structure(written, attached_to) AS (
    COALESCE(IF(LEN(STR_SPLIT(first_of(written), '$')) > 1, STR_SPLIT(first_of(written), '$')[1], NULL), first_of(attached_to))
);
CREATE OR REPLACE MACRO aaf_pupil(element, national_number, directory_number, id) AS (
    -- changes and deletions (delta files) are nobody
    IF(element = 'addRequest', COALESCE(first_of(national_number), first_of(directory_number), id), NULL)
);
CREATE OR REPLACE MACRO told_school_year(path_year, file_stem) AS (
    -- the folder's, or that of the day in the name of a file: _20251001_
    COALESCE(path_year, school_year_of(CAST(TRY(strptime(regexp_extract(file_stem, '_(20\d{6})(?:_|$)', 1), '%Y%m%d')) AS DATE)))
);
