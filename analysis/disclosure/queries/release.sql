-- The figures of one place in one period as they leave the house, with what the attack must know of them later.
SELECT
    v.measure,
    v.uai,
    v.period,
    v.breakdown,
    v.category,
    v.evidence,
    c.unit,
    v.n,
    v.value,
    v.low,
    v.high,
    v.denominator,
    v.shown,
    v.reason,
    v.text,
    c.step,
    CAST(c.population AS VARCHAR) AS population,
    c.least,
    c.most,
    p.data_to
FROM published."values" AS v
LEFT JOIN measures.cell AS c USING (measure, uai, period, breakdown, category, evidence)
JOIN published.periods AS p ON v.uai = p.uai AND v.period = p.period
WHERE v.period = getvariable('period') AND (v.uai = getvariable('place') OR getvariable('place') = 'territory')
ORDER BY ALL
