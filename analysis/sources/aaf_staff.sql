/*
title    = "AAF 1D: teachers and staff (PersEducNat)"
titre    = "AAF 1D, enseignants et personnels"
fills    = "people"
reads    = ["xml"]
needs    = ["element", "id", "categoriePersonne", "ENTPersonFonctions"]
may      = ["ENTPersonJointure", "ENTPersonCategorieEnseignant"]
keys     = { person_key = ["id", "aaf"] }
drops    = ["ENTPersonDateNaissance", "ENTPersonNom", "ENTPersonPrenom", "ENTPersonAutresPrenoms", "ENTPersonNomPatro", "ENTPersonNomUsage", "ENTPersonCivilite", "ENTPersonSexe", "ENTPersonMail", "ENTPersonAdresse", "ENTPersonCodePostal", "ENTPersonVille", "ENTPersonPays", "ENTPersonTelPerso", "ENTPersonTelMobile", "ENTPersonAdresseDiffusion", "ENTPersonIdentifiant", "ENTPersonLogin", "ENTPersonAlias", "ENTPersonMotDePasse", "ENTPersonGroupes", "ENTPersonProfils", "sn", "givenName", "cn", "mail", "ENTPersonStructRattach", "ENTEnsFonctionDir", "ENTEnsSpecialites", "ENTPersonTelPro", "ENTPersEducNatPresenceDevantEleves"]
columns  = { person_key = ["id", "an addRequest: changes and deletions (delta files) are not read. Drop the complete file (Complet)"], profile = ["categoriePersonne", "PersEducNat"] }
gives    = "who teaches and who is other staff; neither class nor school"
export   = "The nightly AAF 1D files of the académie for the ENT, complete ones (Complet), from whoever runs the ENT: ENT_..._Eleve_0000.xml, _EtabEducNat_, _PersEducNat_, _PersRelEleve_, loose or in a zip. Put them into a folder named by the school year, such as data/raw/2025-2026/, unless the name holds a date (_20251001_)."
*/
SELECT
    record,
    IF(element = 'addRequest', COALESCE(first_of(ENTPersonJointure), id), NULL) AS person_key,
    CASE
        WHEN COALESCE(first_of(categoriePersonne), '') <> 'PersEducNat' THEN NULL
        WHEN ENTPersonCategorieEnseignant IS NOT NULL
            THEN IF(UPPER(first_of(ENTPersonCategorieEnseignant)) IN ('O', 'OUI', 'TRUE', '1'), 'teacher', 'personnel')
        -- the codes of functions, as portals read them
        ELSE IF(regexp_matches(ENTPersonFonctions, 'ENS|DOC'), 'teacher', 'personnel')
    END AS profile
FROM raw
