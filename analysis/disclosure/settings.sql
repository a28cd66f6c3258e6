/*
title = "Settings that reports print"
grain = "one setting"

[columns]
name = "name of the setting"
value = "its value, as text"
*/
SELECT
    name,
    value
FROM setting
