/*
title    = "OneRoster 1.2: profiles of accounts (userProfiles.csv)"
titre    = "OneRoster 1.2, profils de comptes"
reads    = ["csv"]
needs    = ["sourcedId", "userSourcedId", "profileType", "vendorId"]
may      = ["status", "dateLastModified", "applicationId", "description", "credentialType", "username", "password"]
unused   = "Nothing in it is of use to Cartable; no row of it is read."
gives    = "nothing: it is known and left alone"
export   = "The OneRoster CSV export of whoever runs the school's register or the ENT (a zip of CSV files). Drop the zip as it is, in a folder named by the school year, such as data/raw/2025-2026/, if it has no academicSessions.csv."
*/
