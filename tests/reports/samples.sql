CREATE SCHEMA published;
CREATE TABLE published.schools AS
SELECT uai, period, '2025-2026' AS school_year, name, 'Valmont' AS commune, TRUE AS is_invented
FROM (
    VALUES ('9980001A', 'École A'), ('9980002B', 'École B'), ('9980003C', 'École <C> & #c'), ('territory', 'Valmont')
) AS known (uai, name)
CROSS JOIN (VALUES ('2025-T1'), ('2025-10')) AS spans (period);
CREATE TABLE published.periods AS
SELECT uai, period, kind, from_date, to_date
FROM (VALUES ('9980001A'), ('9980002B'), ('9980003C'), ('territory')) AS known (uai)
CROSS JOIN (
    VALUES ('2025-T1', 'trimester', DATE '2025-09-01', DATE '2025-12-31'), ('2025-10', 'month', DATE '2025-10-01', DATE '2025-10-31')
) AS spans (period, kind, from_date, to_date);
CREATE TABLE published.values AS
SELECT 'minutes_per_pupil_day' AS measure, uai, period, 'level' AS breakdown, category, 'foreground' AS evidence,
    IF(shown, 9e0, NULL) AS value, shown, reason
FROM published.schools
CROSS JOIN (VALUES ('CP', TRUE, ''), ('CE1', FALSE, 'small')) AS cells (category, shown, reason);
CREATE TABLE published.settings AS SELECT 'territory' AS name, 'Valmont' AS value;
CREATE TABLE published.arrivals AS SELECT 'a_source' AS source, 12 AS files;
