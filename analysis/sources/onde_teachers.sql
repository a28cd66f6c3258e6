/*
title    = "ONDE teachers (CSVExtraction-enseignants)"
titre    = "ONDE, extraction des enseignants"
reads    = ["csv"]
needs    = ["Civilité", "Nom usage", "Nom", "Prénom", "Directeur"]
may      = ["Adresse", "CP", "Commune", "Pays", "Courriel", "Téléphone domicile", "Téléphone portable", "Classe"]
nothing  = "It knows teachers by name alone, without an identifier that could be replaced, so nothing of it may be kept. Delete the file; teachers are named in people.csv by an identifier of yours."
gives    = "nothing: names, addresses and telephones without an identifier; the file is refused"
export   = "Do not export it for Cartable."
*/
