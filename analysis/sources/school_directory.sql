/*
title   = "School directory (open data)"
titre   = "Annuaire de l’éducation (données ouvertes)"
fills   = "school_directory"
reads   = ["csv"]
needs   = ["identifiant_de_l_etablissement", "nom_etablissement", "type_etablissement", "statut_public_prive"]
may     = ["nom_commune", "code_commune", "appartenance_education_prioritaire", "nombre_d_eleves", "etat", "date_maj_ligne"]
drops   = [
    "adresse_1", "adresse_2", "adresse_3", "code_postal", "telephone", "fax", "web", "mail", "position", "coordx_origine", "coordy_origine",
    "epsg_origine", "latitude", "longitude", "precision_localisation", "siren_siret", "fiche_onisep", "code_departement", "code_academie",
    "code_region", "ecole_maternelle", "ecole_elementaire", "voie_generale", "voie_technologique", "voie_professionnelle", "restauration",
    "hebergement", "ulis", "apprentissage", "segpa", "section_arts", "section_cinema", "section_theatre", "section_sport",
    "section_internationale", "section_europeenne", "lycee_agricole", "lycee_militaire", "lycee_des_metiers", "post_bac", "greta",
    "type_contrat_prive", "code_type_contrat_prive", "libelle_departement", "libelle_academie", "libelle_region", "nom_circonscription",
    "code_circonscription", "date_ouverture", "ministere_tutelle", "multi_uai", "rpi_concentre", "rpi_disperse", "code_nature",
    "libelle_nature", "pial", "etablissement_mere", "type_rattachement_etablissement_mere", "code_zone_animation_pedagogique",
    "libelle_zone_animation_pedagogique", "code_bassin_formation", "libelle_bassin_formation",
]
columns = { uai = ["identifiant_de_l_etablissement", "each school once: of two rows of one school the open one is kept, then the newer"], pupils = ["nombre_d_eleves", "a whole number"] }
lacks   = { uai = "a row without the code of a school" }
gives   = "name, town, sector and REP of every school, where schools.csv leaves them empty; no day, no use"
export  = "data.education.gouv.fr, data set “Annuaire de l'éducation” (fr-en-annuaire-education), export as CSV, whole or filtered to your département or académie. With labels or with API names, both are read."
*/
WITH ranked AS (
    -- the directory holds some schools twice
    SELECT
        *,
        UPPER(identifiant_de_l_etablissement) AS uai,
        ROW_NUMBER() OVER (
            PARTITION BY UPPER(identifiant_de_l_etablissement)
            ORDER BY COALESCE(UPPER(etat) = 'OUVERT', FALSE) DESC, date_maj_ligne DESC NULLS LAST, record ASC
        ) AS row_rank
    FROM raw
)

SELECT
    record,
    IF(row_rank = 1, uai, NULL) AS uai,
    nom_etablissement AS name,
    type_etablissement AS kind,
    nom_commune AS commune,
    code_commune AS commune_code,
    school_sector(statut_public_prive) AS sector,
    CASE WHEN UPPER(appartenance_education_prioritaire) IN ('REP', 'REP+') THEN UPPER(appartenance_education_prioritaire) END AS rep,
    whole_number(nombre_d_eleves) AS pupils,
    CASE UPPER(etat)
        WHEN 'OUVERT' THEN 'open'
        WHEN 'A OUVRIR' THEN 'opening'
        WHEN 'A FERMER' THEN 'closing'
        WHEN 'FERME' THEN 'closed'
    END AS state
FROM ranked
