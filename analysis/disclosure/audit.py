"""The audit: the attack on everything that stands in `published`, together with everything that was ever released."""

import duckdb

from analysis.config import Config
from analysis.disclosure.cells import Key, read_cells, rules_of
from analysis.disclosure.coincidences import find_coincidences
from analysis.disclosure.gate import Gate, Verdict
from analysis.disclosure.horizon import Horizon
from analysis.disclosure.ledger import ever_shown
from analysis.measures import load_measures


def gate_of(config: Config, connection: duckdb.DuckDBPyConnection) -> Gate:
    """The gate of a build: its rules, its numbers, its days, and what the ledger says has left the house."""
    rules = rules_of({name: measure.header for name, measure in load_measures().items()})
    past: dict[Key, list[tuple[float, float]]] = {}
    for *key, least, most in ever_shown(config).iter_rows():
        past.setdefault(Key(*key), []).append((least, most))
    coincidences = find_coincidences(connection, config.privacy.threshold)
    return Gate(rules, config.privacy, Horizon(connection), past, tuple(coincidences))


def audit(config: Config) -> Verdict:
    """Attacks what a warehouse publishes; `openings` of the verdict is empty when nothing can be opened, and `mask` what would close it."""
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        gate = gate_of(config, connection)
        return gate.verdict(read_cells(connection, gate.rules, is_published=True))
