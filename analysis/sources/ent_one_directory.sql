/*
title    = "ENT ONE / NEO directory (export of users)"
titre    = "ENT ONE, annuaire"
fills    = "people"
reads    = ["csv"]
needs    = ["Id", "Type", "Code d'activation"]
keys     = { person_key = ["Id", "ent"] }
drops    = ["Identifiant SIECLE", "Nom", "Prénom", "Identifiant", "Login personnalisé (Alias)", "Fonctions", "Établissements", "Classes", "Enfants", "Parents", "Dernière connexion", "Courriel", "Téléphone"]
columns  = { profile = ["Type", "Élève, Enseignant, Parent or Personnel"] }
gives    = "who has an account, and which kind of person it is: the number of accounts that shares are taken of. Names, classes and schools are never kept, so it places nobody in a school"
export   = "Administration console, users, export (it names people: take it only if no roster gives the profiles, and delete it from data/raw once it is read)"
*/
SELECT
    record,
    Id AS person_key,
    portal_profile("Type") AS profile
FROM raw
