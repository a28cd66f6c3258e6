-- In which groups of whole schools each school counts: REP or other, the thirds by social index.
SELECT DISTINCT
    school_uai AS uai,
    period,
    breakdown,
    category
FROM marts.pupil_cut
WHERE uai = 'territory' AND breakdown IN ('rep', 'ips')
ORDER BY ALL
