/*
title    = "ONDE pupils (CSVExtraction-eleves)"
titre    = "ONDE, extraction des élèves"
fills    = "people"
reads    = ["csv"]
needs    = ["Nom élève", "Prénom élève", "Date naissance", "Niveau", "Libellé classe"]
may      = ["INE", "Sexe", "Identifiant classe"]
aliases  = { "Nom élève" = ["Nom Elève"], "Prénom élève" = ["Prénom Elève"], "Libellé classe" = ["Classe"] }
by_path  = ["uai", "school_year"]
keys     = { person_key = ["INE", "ine"] }
drops    = ["Nom d'usage élève", "Nom d'usage Elève", "Adresse1", "Cp1", "Commune1", "Pays1", "Adresse2", "Cp2", "Commune2", "Pays2", "Cycle", "Attestation fournie", "Autorisation associations", "Autorisations associations", "Autorisation photo", "Autorisations photos", "Décision de passage"]
lacks    = { person_key = "neither an INE nor a name and a date of birth" }
gives    = "who is a pupil, and of which sex. The pupil is known by the INE; in the older form, which has none, by name and date of birth together. Either becomes a keyed pseudonym and is never kept in clear: without INE, two pupils of one name born on one day are taken for one, and a name that was corrected makes a second pupil"
export   = "The head teacher, in ONDE: Listes et documents, Extractions, Élèves. The file names neither school nor year: put it into data/raw/2025-2026/0920001B/, with your school year and the school's UAI."
*/
SELECT
    record,
    pupil_of_register(INE, "Nom élève", "Prénom élève", "Date naissance") AS person_key,
    'student' AS profile,
    CASE UPPER(LEFT(Sexe, 1)) WHEN 'F' THEN 'F' WHEN 'M' THEN 'M' WHEN 'G' THEN 'M' END AS sex
FROM raw
