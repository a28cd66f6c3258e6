-- The figures that a warehouse publishes, and what each leaves open.
SELECT
    c.measure,
    c.uai,
    c.period,
    c.breakdown,
    c.category,
    c.evidence,
    c.least,
    c.most
FROM measures.cell AS c
LEFT JOIN measures.mask AS m USING (measure, uai, period, breakdown, category, evidence)
WHERE c.hidden IS NULL AND m.reason IS NULL
