/*
title   = "National assessments of an académie, a département or a collège (open data)"
titre   = "Évaluations nationales d’une académie, d’un département ou d’un collège (données ouvertes)"
fills   = "public_results"
reads   = ["csv"]
melts   = '(?i)taux[ _]de[ _]ma[iî]trise|score[ _]moyen|groupe[ _][1-6]'
needs   = ["discipline", "melted.name", "melted.value"]
may     = ["annee", "competence", "caracteristique", "libelle_academie", "code_dept", "libelle_departement", "uai", "effectif"]
by_path = ["file_stem"]
drops   = ["libelle_region_academique", "ips_moyen", "_id", "code_academie"]
columns = { result = ["melted.value", "a number"], pupils = ["effectif", "a whole number"] }
gives   = "shares and means of whole territories, each with its grain: the same for every school of a département, so nothing about any of them"
export  = "data.education.gouv.fr, data sets fr-en-evaluations_nationales_cp_academie, ..._ce2_departement, ..._6eme_departement, ..._6eme_par_etablissement, export as CSV; keep the file's name, which alone says the class. No result of an école is published: those come as assessments.csv or not at all. Read after what others wrote of these files, not after the files: with labels as headers, which nobody described, it may not be recognised; export it with API names (use_labels=false)."

[aliases]
annee = ["année"]
caracteristique = ["caractéristique"]
competence = ["compétence"]
code_dept = ["code_departement", "Code département"]
libelle_academie = ["académie", "academie", "Libellé académie"]
libelle_departement = ["département", "departement", "Libellé département"]
effectif = ["effectifs"]
*/
WITH placed AS (
    SELECT
        *,
        -- a row of a whole country has no code and no name of a place, or NATIONAL in the place of one
        NULLIF(UPPER(code_dept), 'NATIONAL') AS departement,
        IF(UPPER(libelle_academie) IN ('NATIONAL', 'FRANCE'), NULL, libelle_academie) AS academie,
        LOWER(getvariable('path_file_stem')) AS file_stem,
        strip_accents(LOWER(REPLACE("melted.name", ' ', '_'))) AS statistic_name
    FROM raw
)

SELECT
    record,
    TRY_CAST(annee[1:4] AS INTEGER) AS year,
    -- the columns do not say which class it was
    CASE regexp_extract(file_stem, '(?:^|[^a-z0-9])(cp|ce1|ce2|cm1|cm2|6e|4e)(?:me)?(?:$|[^a-z0-9])', 1)
        WHEN '6e' THEN '6e'
        WHEN '4e' THEN '4e'
        WHEN '' THEN NULL
        ELSE UPPER(regexp_extract(file_stem, '(?:^|[^a-z0-9])(cp|ce1|ce2|cm1|cm2)(?:$|[^a-z0-9])', 1))
    END AS grade,
    CASE
        WHEN uai IS NOT NULL THEN 'college'
        WHEN departement IS NOT NULL THEN 'departement'
        WHEN academie IS NOT NULL THEN 'academie'
        ELSE 'country'
    END AS place_kind,
    COALESCE(UPPER(uai), departement, academie) AS place,
    caracteristique AS pupil_group,
    discipline,
    competence,
    CASE
        WHEN statistic_name LIKE 'taux%' THEN 'share_mastered'
        WHEN statistic_name LIKE 'score%' THEN 'mean_score'
        ELSE 'share_group_' || RIGHT(statistic_name, 1)
    END AS statistic,
    decimal_number("melted.value") AS result,
    whole_number(effectif) AS pupils
FROM placed
