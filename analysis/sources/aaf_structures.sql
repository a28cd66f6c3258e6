/*
title    = "AAF 1D: schools (EtabEducNat)"
titre    = "AAF 1D, écoles"
fills    = "structures"
reads    = ["xml"]
needs    = ["element", "id", "categorieStructure"]
may      = ["ENTStructureJointure", "ENTStructureUAI"]
drops    = ["ENTStructureSIREN", "ENTStructureNomCourant", "ENTStructureBoitePostale", "ENTStructureAdresse", "ENTStructureCodePostal", "ENTStructureVille", "ENTStructurePays", "ENTStructureTelephone", "ENTStructureFax", "ENTStructureEmail", "ENTStructureMailSI", "ENTEcoleCirconscription", "ENTEcoleCommune", "ENTStructureResponsable", "ENTEtablissementResponsable"]
columns  = { structure_id = ["id", "an addRequest: changes and deletions (delta files) are not read. Drop the complete file (Complet)"], uai = ["ENTStructureUAI", "the school's UAI"] }
gives    = "which structure of the directory has which UAI"
export   = "The nightly AAF 1D files of the académie for the ENT, complete ones (Complet), from whoever runs the ENT: ENT_..._Eleve_0000.xml, _EtabEducNat_, _PersEducNat_, _PersRelEleve_, loose or in a zip. Put them into a folder named by the school year, such as data/raw/2025-2026/, unless the name holds a date (_20251001_)."
*/
SELECT
    record,
    IF(element = 'addRequest', COALESCE(first_of(ENTStructureJointure), id), NULL) AS structure_id,
    UPPER(first_of(ENTStructureUAI)) AS uai
FROM raw
