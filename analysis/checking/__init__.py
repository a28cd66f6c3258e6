"""What `cartable check` looks at: one module per thing checked, each a function from a configuration to complaints.

contracts.py     the lake and the warehouse hold what the tables and records say
conservation.py  rows read = loaded + set aside + duplicates, and each of them is really there
disclosure.py    no secret opens to whoever combines all that is published and was ever released
outputs.py       everything under the folder of reports: keys, identifiers, rows about persons, figures that were never released
"""
