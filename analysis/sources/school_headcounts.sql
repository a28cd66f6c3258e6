/*
title   = "Pupils and classes of schools (open data)"
titre   = "Élèves et classes par école (données ouvertes)"
fills   = "headcounts"
reads   = ["csv"]
needs   = ["rentree_scolaire", "numero_ecole", "nombre_total_eleves"]
may     = [
    "secteur", "REP", "rep_plus", "nombre_total_classes", "nombre_eleves_preelementaire_hors_ulis", "nombre_eleves_elementaire_hors_ulis",
    "nombre_eleves_ulis", "nombre_eleves_ueea", "nombre_eleves_cp_hors_ulis", "nombre_eleves_ce1_hors_ulis", "nombre_eleves_ce2_hors_ulis",
    "nombre_eleves_cm1_hors_ulis", "nombre_eleves_cm2_hors_ulis",
]
drops   = [
    "Région académique", "region_academique", "Académie", "academie", "Département", "departement", "Code département",
    "code_departement", "Commune", "commune", "code_commune_insee", "Code commune INSEE", "Dénomination principale",
    "denomination_principale", "Patronyme", "patronyme", "tri", "Code Postal", "code_postal",
]
columns = { uai = ["numero_ecole", "a UAI"], school_year = ["rentree_scolaire", "the year in which it begins"], pupils = ["nombre_total_eleves", "a whole number"], classes = ["nombre_total_classes", "a whole number"], pupils_nursery = ["nombre_eleves_preelementaire_hors_ulis", "a whole number"], pupils_elementary = ["nombre_eleves_elementaire_hors_ulis", "a whole number"], pupils_ulis = ["nombre_eleves_ulis", "a whole number"], pupils_ueea = ["nombre_eleves_ueea", "a whole number"], pupils_cp = ["nombre_eleves_cp_hors_ulis", "a whole number"], pupils_ce1 = ["nombre_eleves_ce1_hors_ulis", "a whole number"], pupils_ce2 = ["nombre_eleves_ce2_hors_ulis", "a whole number"], pupils_cm1 = ["nombre_eleves_cm1_hors_ulis", "a whole number"], pupils_cm2 = ["nombre_eleves_cm2_hors_ulis", "a whole number"] }
gives   = "how many pupils and classes each school has in September, by level, beside which `cartable status` looks at the rosters; REP of the year"
export  = "data.education.gouv.fr, data set “Effectifs d'élèves par école” (fr-en-ecoles-effectifs-nb_classes), export as CSV, whole or filtered to your département. With labels or with API names, both are read; the label of the UEEA column is unsure."

[aliases]
rentree_scolaire = ["Rentrée scolaire"]
numero_ecole = ["Numéro de l'école"]
rep_plus = ["REP +", "REP+"]
nombre_total_classes = ["Nombre total de classes"]
nombre_total_eleves = ["Nombre total d'élèves"]
nombre_eleves_preelementaire_hors_ulis = ["Nombre d'élèves en pré-élémentaire hors ULIS"]
nombre_eleves_elementaire_hors_ulis = ["Nombre d'élèves en élémentaire hors ULIS"]
nombre_eleves_ulis = ["Nombre d'élèves en ULIS"]
nombre_eleves_ueea = ["Nombre d'élèves en UEEA"]
nombre_eleves_cp_hors_ulis = ["Nombre d'élèves en CP hors ULIS"]
nombre_eleves_ce1_hors_ulis = ["Nombre d'élèves en CE1 hors ULIS"]
nombre_eleves_ce2_hors_ulis = ["Nombre d'élèves en CE2 hors ULIS"]
nombre_eleves_cm1_hors_ulis = ["Nombre d'élèves en CM1 hors ULIS"]
nombre_eleves_cm2_hors_ulis = ["Nombre d'élèves en CM2 hors ULIS"]
*/
SELECT
    record,
    UPPER(numero_ecole) AS uai,
    school_year_from(rentree_scolaire) AS school_year,
    school_sector(secteur) AS sector,
    CASE WHEN rep_plus IN ('1', '1.0') THEN 'REP+' WHEN "REP" IN ('1', '1.0') THEN 'REP' END AS rep,
    whole_number(nombre_total_classes) AS classes,
    whole_number(nombre_total_eleves) AS pupils,
    whole_number(nombre_eleves_preelementaire_hors_ulis) AS pupils_nursery,
    whole_number(nombre_eleves_elementaire_hors_ulis) AS pupils_elementary,
    whole_number(nombre_eleves_ulis) AS pupils_ulis,
    whole_number(nombre_eleves_ueea) AS pupils_ueea,
    whole_number(nombre_eleves_cp_hors_ulis) AS pupils_cp,
    whole_number(nombre_eleves_ce1_hors_ulis) AS pupils_ce1,
    whole_number(nombre_eleves_ce2_hors_ulis) AS pupils_ce2,
    whole_number(nombre_eleves_cm1_hors_ulis) AS pupils_cm1,
    whole_number(nombre_eleves_cm2_hors_ulis) AS pupils_cm2
FROM raw
