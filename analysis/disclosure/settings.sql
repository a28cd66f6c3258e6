/*
title = "Settings that reports print"
grain = "one setting"
*/
SELECT
    name,
    value
FROM setting
