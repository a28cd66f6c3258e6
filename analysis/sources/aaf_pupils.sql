/*
title    = "AAF 1D: pupils (Eleve)"
titre    = "AAF 1D, élèves"
fills    = "people"
reads    = ["xml"]
needs    = ["element", "id", "categoriePersonne", "ENTPersonClasses"]
may      = ["ENTPersonJointure", "ENTEleveINE", "ENTEleveNiveau", "ENTPersonStructRattach", "ENTEleveDateEntreeClasses", "ENTEleveDateSortieClasses"]
by_path  = ["school_year", "file_stem"]
keys     = { person_key = ["id", "ine"] }
drops    = ["ENTPersonDateNaissance", "ENTPersonNom", "ENTPersonPrenom", "ENTPersonAutresPrenoms", "ENTPersonNomPatro", "ENTPersonNomUsage", "ENTPersonCivilite", "ENTPersonSexe", "ENTPersonMail", "ENTPersonAdresse", "ENTPersonCodePostal", "ENTPersonVille", "ENTPersonPays", "ENTPersonTelPerso", "ENTPersonTelMobile", "ENTPersonAdresseDiffusion", "ENTPersonIdentifiant", "ENTPersonLogin", "ENTPersonAlias", "ENTPersonMotDePasse", "ENTPersonGroupes", "ENTPersonProfils", "sn", "givenName", "cn", "mail", "ENTEleveAutoriteParentale", "ENTElevePersRelEleve", "ENTElevePersRelEleve1", "ENTElevePersRelEleve2", "ENTEleveCycle", "ENTEleveTypeClasse", "ENTEleveDateEntreeStructRattach", "ENTEleveDateSortieStructRattach", "ENTEleveRestaurantScolaire", "ENTEleveTransport", "ENTEleveGarderieMatin", "ENTEleveGarderieSoir", "ENTEleveEtudesSurveillees", "ENTEleveAdresseRel1", "ENTEleveAdresseRel2", "ENTElevePersRelRoles"]
columns  = { person_key = ["id", "an addRequest: changes and deletions (delta files) are not read. Drop the complete file (Complet)"], profile = ["categoriePersonne", "Eleve"] }
gives    = "who is a pupil, known by the INE (or, without one, by the directory's own number); no sex"
export   = "The nightly AAF 1D files of the académie for the ENT, complete ones (Complet), from whoever runs the ENT: ENT_..._Eleve_0000.xml, _EtabEducNat_, _PersEducNat_, _PersRelEleve_, loose or in a zip. Put them into a folder named by the school year, such as data/raw/2025-2026/, unless the name holds a date (_20251001_)."
*/
SELECT
    record,
    aaf_pupil(element, ENTEleveINE, ENTPersonJointure, id) AS person_key,
    IF(first_of(categoriePersonne) = 'Eleve', 'student', NULL) AS profile
FROM raw
