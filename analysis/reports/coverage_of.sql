-- How much of the tablets' data arrived, as published: pupils' own and shared ones; a bound is told as one.
SELECT
    measure,
    evidence,
    value,
    COALESCE(reason, '') AS bound
FROM published.values
WHERE uai = $uai AND period = $period AND measure IN ('coverage', 'coverage_shared') AND breakdown = 'all' AND shown
ORDER BY measure, evidence
