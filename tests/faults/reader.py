"""A researcher's program: opens the databases again and again, asks each connection more than once, and tells what it has seen.

python reader.py warehouse published        until its input ends; then one line of JSON
"""

import json
import sys
import threading
import time

import duckdb

_OF_WAREHOUSE = """
SELECT
    (SELECT build FROM marts.build_state) AS build,
    (SELECT SUM(minutes) FROM marts.pupil_day) AS minutes,
    (SELECT COUNT(*) FROM marts.use_interval) AS spans,
    (SELECT SUM(n) FROM measures."values") AS pupils,
    (SELECT COUNT(*) FROM published."values") AS figures
"""
_OF_PUBLISHED = 'SELECT (SELECT build FROM d.published.build_state) AS build, (SELECT COUNT(*) FROM d.published."values") AS figures'
_TIMES = 4


def main(warehouse: str, published: str) -> None:
    """Reads until standard input ends."""
    done = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), done.set()), daemon=True).start()
    seen: dict[str, set] = {"warehouse": set(), "published": set()}
    told = {"opened": 0, "changed": 0, "pairs_of_two_builds": 0, "errors": []}
    while not done.is_set():
        try:
            of_warehouse, of_published = answers(warehouse, _OF_WAREHOUSE), answers(published, _OF_PUBLISHED)
        except duckdb.Error as error:
            told["errors"].append(str(error))
            continue
        told["opened"] += 1
        told["changed"] += len(set(of_warehouse)) - 1 + len(set(of_published)) - 1
        told["pairs_of_two_builds"] += of_warehouse[0][0] != of_published[0][0]
        seen["warehouse"] |= set(of_warehouse)
        seen["published"] |= set(of_published)
    print(json.dumps(told | {name: sorted(map(list, rows)) for name, rows in seen.items()}, default=float))


def answers(path: str, query: str) -> list[tuple]:
    """What one connection answers, asked several times."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.execute(f"ATTACH '{path}' AS d (READ_ONLY)")
        if "marts" in query:
            connection.execute("USE d")
        found = []
        for _ in range(_TIMES):
            found += connection.execute(query).fetchall()
            time.sleep(0.005)
        return found


if __name__ == "__main__":
    main(*sys.argv[1:])
