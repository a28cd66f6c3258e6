/*
title = "Schools and periods of which a portal sent anything at all"
grain = "one school in one period"
needs = ["portal_day"]
*/
SELECT DISTINCT p.uai, p.period
FROM marts.period AS p
JOIN marts.portal_day AS d ON p.uai = d.uai AND d.local_date BETWEEN p.from_date AND p.to_date
