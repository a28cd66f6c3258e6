/*
title   = "Social position index of schools (open data, IPS)"
titre   = "Indice de position sociale des écoles (données ouvertes, IPS)"
fills   = "school_index"
reads   = ["csv"]
needs   = ["uai", "rentree_scolaire", "IPS"]
may     = ["code_insee_de_la_commune", "secteur", "effectifs"]
aliases = { rentree_scolaire = ["Rentrée scolaire"], code_insee_de_la_commune = ["Code INSEE de la commune"] }
drops   = [
    "num_ligne", "academie", "Académie", "code_region", "Code région", "region", "Région", "region_academique", "Région académique",
    "code_de_l_academie", "Code de l'académie", "code_academie", "Code académie", "code_du_departement", "Code du département",
    "departement", "Département", "nom_de_la_commune", "Nom de la commune", "nom_de_l_etablissment", "nom_de_l_etablissement",
    "Nom de l'établissment", "Nom de l'établissement", "ips_national", "ips_national_prive", "ips_national_public", "ips_academique",
    "ips_academique_prive", "ips_academique_public", "ips_departemental", "ips_departemental_prive", "ips_departemental_public",
    "IPS national", "IPS national privé", "IPS national public", "IPS académique", "IPS académique privé", "IPS académique public",
    "IPS départemental", "IPS départemental privé", "IPS départemental public", "ecart_type_de_l_ips", "Ecart type de l'IPS",
]
columns = { school_year = ["rentree_scolaire", "two years in a row, such as 2025-2026"], pupils = ["effectifs", "a whole number"] }
gives   = "the IPS of every school and year, where schools.csv leaves it empty; NS stays unknown. The method changed in 2022: no trend across it"
export  = "data.education.gouv.fr, data sets fr-en-ips_ecoles (until 2021-22) and fr-en-ips-ecoles-ap2022 (since 2022-23), export as CSV, one year or several. Files of collèges have the same columns; their rows meet no school of a roster."
*/
SELECT
    record,
    UPPER(uai) AS uai,
    school_year_from(rentree_scolaire) AS school_year,
    -- "not significant" is no number and no fault; what is neither becomes a number that no index has (the raw column is IPS, not ips,
    -- so that the check of the canonical one decides)
    CASE WHEN UPPER(IPS) NOT IN ('NS', 'ND', 'N.S.', '-') THEN COALESCE(decimal_number(IPS), -1) END AS ips,
    IF(school_year_from(rentree_scolaire) < '2022-2023', 'until 2021-2022', 'since 2022-2023') AS method,
    code_insee_de_la_commune AS commune_code,
    school_sector(secteur) AS sector,
    whole_number(effectifs) AS pupils
FROM raw
