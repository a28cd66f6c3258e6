/*
title = "Every key under which they may stand in the warehouse and in the ledger of releases"
grain = "one key"
needs = ["person", "account"]
*/
SELECT person_key AS named_key FROM erasing.person
UNION
-- as marts.portal_event names an account that belongs to nobody known
SELECT "system" || ':' || account_key AS named_key FROM erasing.account
