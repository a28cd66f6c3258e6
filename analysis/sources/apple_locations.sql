/*
title    = "Apple School Manager: places (locations.csv)"
titre    = "Apple School Manager, lieux"
reads    = ["csv"]
needs    = ["location_id", "location_name"]
may      = []
unused   = "It holds no UAI; where location_id is none either, structures.csv says which place is which school. No row of it is read."
gives    = "nothing: it is known and left alone"
export   = "See the other files of Apple School Manager."
*/
