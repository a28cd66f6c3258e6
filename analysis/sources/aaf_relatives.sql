/*
title    = "AAF 1D: relatives (PersRelEleve)"
titre    = "AAF 1D, responsables des élèves"
fills    = "people"
reads    = ["xml"]
needs    = ["element", "id", "categoriePersonne"]
may      = ["ENTPersonJointure"]
keys     = { person_key = ["id", "aaf"] }
drops    = ["ENTPersonDateNaissance", "ENTPersonNom", "ENTPersonPrenom", "ENTPersonAutresPrenoms", "ENTPersonNomPatro", "ENTPersonNomUsage", "ENTPersonCivilite", "ENTPersonSexe", "ENTPersonMail", "ENTPersonAdresse", "ENTPersonCodePostal", "ENTPersonVille", "ENTPersonPays", "ENTPersonTelPerso", "ENTPersonTelMobile", "ENTPersonAdresseDiffusion", "ENTPersonIdentifiant", "ENTPersonLogin", "ENTPersonAlias", "ENTPersonMotDePasse", "ENTPersonGroupes", "ENTPersonProfils", "sn", "givenName", "cn", "mail", "ENTPersRelEleveTelPro", "ENTPersRelEleveTelMobile"]
columns  = { person_key = ["id", "an addRequest: changes and deletions (delta files) are not read. Drop the complete file (Complet)"], profile = ["categoriePersonne", "PersRelEleve (of pupils and staff, the files with ENTPersonClasses and ENTPersonFonctions are read)"] }
gives    = "who is a relative; not of whom"
export   = "The nightly AAF 1D files of the académie for the ENT, complete ones (Complet), from whoever runs the ENT: ENT_..._Eleve_0000.xml, _EtabEducNat_, _PersEducNat_, _PersRelEleve_, loose or in a zip. Put them into a folder named by the school year, such as data/raw/2025-2026/, unless the name holds a date (_20251001_)."
*/
SELECT
    record,
    IF(element = 'addRequest', COALESCE(first_of(ENTPersonJointure), id), NULL) AS person_key,
    IF(first_of(categoriePersonne) = 'PersRelEleve', 'relative', NULL) AS profile
FROM raw
