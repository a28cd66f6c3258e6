/*
title    = "OneRoster: demographics (demographics.csv)"
titre    = "OneRoster, données démographiques"
reads    = ["csv"]
needs    = ["sourcedId", "birthDate", "sex"]
may      = ["status", "dateLastModified"]
unused   = "It says what Cartable has no need to know of a child (birth, origin), and no row of it is read. Better export without it."
gives    = "nothing: it is known and left alone"
export   = "The OneRoster CSV export of whoever runs the school's register or the ENT (a zip of CSV files). Drop the zip as it is, in a folder named by the school year, such as data/raw/2025-2026/, if it has no academicSessions.csv."
*/
