"""Persons forgotten on request: every row of theirs leaves the lake, and what a later export says of them does not come in.

Each SQL file that bears the name of a table of the lake says which of its rows go, in every file, those that a newer roster has replaced
included (schema `every`); the others say who is meant. A table without a file here holds nothing about one person.
"""
