-- The published figures of one school and period, shown and withheld.
SELECT
    measure,
    breakdown,
    category,
    evidence,
    shown,
    reason
FROM published.values
WHERE uai = $uai AND period = $period
ORDER BY measure, breakdown, category, evidence
