/*
title = "Small functions that marts and measures share: who is counted, and how much of a sum one alone makes; run this file first to paste a measure in a DuckDB shell"
*/
CREATE OR REPLACE MACRO number_of(pseudonym) AS (
    -- the end of a pseudonym is a random number already: 12 characters are 9 bytes, of which 8 are kept. Not the engine's own hash, which
    -- may be another in its next release, while figures of earlier years are remembered by their population
    CAST(CAST(FROM_BASE64(RIGHT(pseudonym, 12))[2:] AS BIT) AS UBIGINT)
);
CREATE OR REPLACE MACRO population_of(person_key) AS (
    -- the same persons give the same number, whatever their rows; one more or fewer gives another
    BIT_XOR(DISTINCT number_of(person_key))
);
CREATE OR REPLACE MACRO people_in(person_key) AS (
    -- COUNT(DISTINCT person_key) in the same pass as population_of: where rows are many, half of the time
    COUNT(DISTINCT number_of(person_key))
);
CREATE OR REPLACE MACRO microseconds(seconds) AS (
    -- sums of whole numbers are the same in any order: SUM(microseconds(x)) / 1e6, on one machine or on several
    CAST(ROUND(1e6 * seconds) AS BIGINT)
);
CREATE OR REPLACE MACRO largest_part(amount) AS (
    -- of rows that each hold all that one person (or one device) has; a sum of nothing has no parts
    MAX(amount) / NULLIF(SUM(microseconds(amount)) / 1e6, 0)
);
CREATE OR REPLACE MACRO cycle_of(level) AS (
    -- the cycles of French primary schools, named by their first and last level there
    CASE
        WHEN level IN ('TPS', 'PS', 'MS', 'GS') THEN 'TPS–GS'
        WHEN level IN ('CP', 'CE1', 'CE2') THEN 'CP–CE2'
        WHEN level IN ('CM1', 'CM2') THEN 'CM1–CM2'
    END
);
CREATE OR REPLACE MACRO round_step(finest) AS (
    POWER(10, FLOOR(LOG10(finest))) * CASE
        WHEN finest <= POWER(10, FLOOR(LOG10(finest))) THEN 1
        WHEN finest <= 2 * POWER(10, FLOOR(LOG10(finest))) THEN 2
        WHEN finest <= 5 * POWER(10, FLOOR(LOG10(finest))) THEN 5
        ELSE 10
    END
);
CREATE OR REPLACE MACRO as_coarse(amount, step_of_n, n) AS (
    -- a count of days or of pupils, no finer than the number of pupils that stands beside it: to 1, 2 or 5 times a power of ten
    ROUND(amount / round_step(amount * step_of_n / n)) * round_step(amount * step_of_n / n)
);
