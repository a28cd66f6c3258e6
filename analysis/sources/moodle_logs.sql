/*
title    = "Moodle (Éléa) course logs"
titre    = "Moodle (Éléa), journaux des cours"
fills    = "portal_events"
evidence = "estimated"
reads    = ["csv"]
needs    = ["Time", "Component", "Event name", "Description"]
may      = ["Origin"]
aliases  = { "Time" = ["Heure", "Date et heure"], "Component" = ["Composant"], "Event name" = ["Nom de l'évènement", "Nom de l'événement"], "Origin" = ["Origine"], "IP address" = ["Adresse IP"], "User full name" = ["Nom complet", "Nom complet de l'utilisateur"], "Affected user" = ["Utilisateur touché", "Utilisateur concerné"], "Event context" = ["Contexte de l'évènement", "Contexte de l'événement"] }
keys     = { person_key = ["Description", "moodle"] }
drops    = ["User full name", "Affected user", "Event context", "IP address"]
columns  = { person_key = ["Description", "the user with id '...'"], happened_at = ["Time", "day/month/year, hour:minute"], event_type = ["Event name", "a text"] }
gives    = "visits, and time as a lower bound, to the minute"
export   = "in each course: Reports, Logs, Get these logs, then Download table data as CSV"
*/
SELECT
    record,
    -- the only trace of the person; -1 and 0 stand for the machine itself and for nobody
    NULLIF(regexp_extract("Description", '[Uu]ser with id ''?([1-9][0-9]*)\b', 1), '') AS person_key,
    "Event name" AS event_type,
    "Component" AS module,
    instant_of_local(
        try_strptime("Time", ['%d/%m/%y, %H:%M', '%d/%m/%Y, %H:%M', '%d/%m/%y, %H:%M:%S', '%d/%m/%Y, %H:%M:%S', '%d/%m/%Y %H:%M']),
        getvariable('timezone')
    ) AS happened_at,
    CASE Origin WHEN 'web' THEN 'web' WHEN 'ws' THEN 'app' END AS channel
FROM raw
