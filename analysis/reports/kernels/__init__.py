"""Kernels that cost tenths of a second: each is forked from a process that has imported everything, and papermill uses it as any other.

manager.py   what papermill is given: it asks for a forked kernel, and starts an ordinary one where there is none to be had
warm.py      the side of the program: the server, started once, and a forked kernel as if it were a process started here
server.py    the process that kernels are forked from
"""
