/*
title = "Small functions that marts and measures share: who is counted, and how much of a sum one alone makes; run this file first to paste a measure in a DuckDB shell"
*/
CREATE OR REPLACE MACRO population_of(person_key) AS (
    -- the same persons give the same number, whatever their rows; one more or fewer gives another. The end of a pseudonym is a random number
    -- already (12 characters are 9 bytes, of which 8 are kept): the engine's own hash may be another in its next release, and figures of
    -- earlier years are remembered by their population
    BIT_XOR(DISTINCT CAST(CAST(FROM_BASE64(RIGHT(person_key, 12))[2:] AS BIT) AS UBIGINT))
);
CREATE OR REPLACE MACRO largest_part(amount) AS (
    -- of rows that each hold all that one person (or one device) has; a sum of nothing has no parts
    MAX(amount) / NULLIF(SUM(amount), 0)
);
