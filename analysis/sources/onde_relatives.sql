/*
title    = "ONDE responsible persons (CSVExtraction-responsables)"
titre    = "ONDE, extraction des responsables"
reads    = ["csv"]
needs    = ["Nom responsable", "Prénom responsable", "Nom de famille enfant", "Prénom enfant"]
may      = ["Civilité Responsable", "Nom usage responsable", "Adresse responsable", "CP responsable", "Commune responsable", "Pays", "Courriel", "Téléphone domicile", "Téléphone travail", "Numéro de poste", "Téléphone portable", "Nom d'usage enfant", "Classes enfants"]
nothing  = "It knows families by name alone, without an identifier that could be replaced, so nothing of it may be kept. Delete the file."
gives    = "nothing: names, addresses and telephones without an identifier; the file is refused"
export   = "Do not export it for Cartable."
*/
