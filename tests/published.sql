-- The published tables, as a build leaves them, empty.
CREATE SCHEMA published;
CREATE TABLE published."values" (
    measure VARCHAR, uai VARCHAR, period VARCHAR, breakdown VARCHAR, category VARCHAR, evidence VARCHAR, n BIGINT,
    numerator DOUBLE, denominator DOUBLE, value DOUBLE, low DOUBLE, high DOUBLE, shown BOOLEAN, text VARCHAR, reason VARCHAR
);
CREATE TABLE published.schools (
    uai VARCHAR, period VARCHAR, school_year VARCHAR, name VARCHAR, commune VARCHAR, sector VARCHAR, ips DOUBLE, rep VARCHAR,
    pupils BIGINT, classes BIGINT, levels VARCHAR, individual_devices BIGINT, shared_devices BIGINT, device_evidence VARCHAR,
    shared_evidence VARCHAR, systems VARCHAR, kinds VARCHAR, is_invented BOOLEAN
);
CREATE TABLE published.periods (
    uai VARCHAR, period VARCHAR, kind VARCHAR, school_year VARCHAR, from_date DATE, to_date DATE, school_days BIGINT, data_from DATE, data_to DATE
);
CREATE TABLE published.holidays (uai VARCHAR, period VARCHAR, name VARCHAR, from_date DATE, to_date DATE);
CREATE TABLE published.notes (uai VARCHAR, period VARCHAR, code VARCHAR, from_date DATE, to_date DATE);
CREATE TABLE published.sources (
    uai VARCHAR, period VARCHAR, source VARCHAR, title VARCHAR, titre VARCHAR, evidence VARCHAR, first_day DATE, last_day DATE
);
CREATE TABLE published.settings (name VARCHAR, value VARCHAR);
CREATE TABLE published.arrivals (
    source VARCHAR, title VARCHAR, titre VARCHAR, files BIGINT, rows_read BIGINT, rows_loaded BIGINT, rows_set_aside BIGINT,
    rows_duplicate BIGINT, first_day DATE, last_day DATE
);
CREATE TABLE published.set_aside (source VARCHAR, title VARCHAR, titre VARCHAR, "column" VARCHAR, problem VARCHAR, row_count BIGINT);
CREATE TABLE published.unplaced (source VARCHAR, title VARCHAR, titre VARCHAR, devices BIGINT, row_count BIGINT);
CREATE TABLE published.clock_errors (source VARCHAR, title VARCHAR, titre VARCHAR, kind VARCHAR, row_count BIGINT);
CREATE TABLE published.questions (period VARCHAR, position INTEGER, question VARCHAR, is_answered BOOLEAN, reason VARCHAR);
CREATE TABLE published.outcomes (
    period VARCHAR, category VARCHAR, evidence VARCHAR, test VARCHAR, domain VARCHAR, role VARCHAR, role_rank INTEGER, is_announced BOOLEAN,
    is_late BOOLEAN, prior_from DATE, prior_to DATE, taken_from DATE, taken_to DATE
);
CREATE TABLE published.protocol (registered_on DATE, question VARCHAR, evidence VARCHAR, smallest DOUBLE);
