/*
title = "Small functions that marts and measures share: who is counted, and how much of a sum one alone makes; run this file first to paste a measure in a DuckDB shell"
*/
CREATE OR REPLACE MACRO population_of(person_key) AS (
    -- the same persons give the same number, whatever their rows; one more or fewer gives another. Not the engine's own hash, which may
    -- change from one release to the next while figures of earlier years are remembered by their population
    BIT_XOR(DISTINCT md5_number_lower(person_key))
);
CREATE OR REPLACE MACRO largest_part(amount) AS (
    -- of rows that each hold all that one person (or one device) has; a sum of nothing has no parts
    MAX(amount) / NULLIF(SUM(amount), 0)
);
