/*
title    = "OneRoster 1.2: accounts (users.csv)"
titre    = "OneRoster 1.2, comptes"
reads    = ["csv"]
needs    = ["sourcedId", "enabledUser", "username", "userMasterIdentifier"]
may      = ["status", "dateLastModified", "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password", "userIds", "resourceSourcedIds", "preferredGivenName", "preferredMiddleName", "preferredFamilyName", "primaryOrgSourcedId", "pronouns"]
unused   = "Names and accounts are never kept; who is a pupil stands in roles.csv."
gives    = "nothing: it is known and left alone"
export   = "The OneRoster CSV export of whoever runs the school's register or the ENT (a zip of CSV files). Drop the zip as it is, in a folder named by the school year, such as data/raw/2025-2026/, if it has no academicSessions.csv."
*/
