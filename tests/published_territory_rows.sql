-- The rows of the territory, from those of the schools: as the disclosure does, near enough for a hand-made town.
INSERT INTO published.schools
SELECT
    'territory', period, school_year, (SELECT value FROM published.settings WHERE name = 'territory'), ANY_VALUE(commune), NULL, NULL, NULL,
    SUM(pupils), SUM(classes), ANY_VALUE(levels), SUM(individual_devices), SUM(shared_devices),
    ARG_MAX(device_evidence, individual_devices) FILTER (WHERE device_evidence IS NOT NULL),
    ARG_MAX(shared_evidence, shared_devices) FILTER (WHERE shared_evidence IS NOT NULL),
    'Android|ChromeOS|iPadOS', 'individual:active:chromebook|individual:checkin:ipad|individual:foreground:android|shared:foreground:android',
    BOOL_AND(is_invented)
FROM published.schools
GROUP BY period, school_year;
INSERT INTO published.periods
SELECT 'territory', period, kind, school_year, MIN(from_date), MAX(to_date), MAX(school_days), MIN(data_from), MAX(data_to)
FROM published.periods
GROUP BY period, kind, school_year;
INSERT INTO published.holidays SELECT DISTINCT 'territory', period, name, from_date, to_date FROM published.holidays;
INSERT INTO published.sources
SELECT 'territory', period, source, ANY_VALUE(title), ANY_VALUE(titre), evidence, MIN(first_day), MAX(last_day)
FROM published.sources
GROUP BY period, source, evidence;
