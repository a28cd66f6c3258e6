"""Retention: rows about persons that are older than a day leave the lake, and what nothing refers to any more goes with them.

One SQL file per roster table says which of its rows go, by their key; logs are cut by their day. A table without a file here holds
nothing about persons, and stays.
"""
