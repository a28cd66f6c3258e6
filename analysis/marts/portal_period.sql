/*
title = "Periods for which the portal sent anything at all"
grain = "one period"
needs = ["portal_day"]
*/
SELECT DISTINCT p.period
FROM marts.period AS p
JOIN marts.portal_day AS d ON d.local_date BETWEEN p.from_date AND p.to_date
