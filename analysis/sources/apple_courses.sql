/*
title    = "Apple School Manager: courses (courses.csv)"
titre    = "Apple School Manager, matières"
reads    = ["csv"]
needs    = ["course_id", "course_number", "course_name", "location_id"]
may      = []
unused   = "Nothing in it is of use to Cartable; no row of it is read."
gives    = "nothing: it is known and left alone"
export   = "See the other files of Apple School Manager."
*/
