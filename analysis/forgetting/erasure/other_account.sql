/*
title = "Accounts that the rosters, as they stand, give to somebody who is not forgotten"
grain = "one account in one system"
needs = ["person"]
*/
SELECT
    i."system",
    i.identifier AS account_key
FROM lake.identifiers AS i
ANTI JOIN erasing.person USING (person_key)
WHERE i."system" <> 'roster'
