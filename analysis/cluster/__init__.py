"""Past one machine: monthly marts and reports made by the workers of an existing Dask cluster.

parts.py     which marts are made in one go, and which others each has to wait for
groups.py    devices and persons in groups of about equal size, of which no row of a mart needs two
away.py      the side of the build: what it lays down in the shared folder, and the rows that come back
errand.py    the side of a worker: one part, month and group, by the SQL files that a build on one machine runs
client.py    the cluster: who is there, what is under way, and a sentence for what goes wrong
work.py      what a worker does around each task
"""
