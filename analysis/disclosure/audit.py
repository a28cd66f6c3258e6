"""The audit: the attack on everything that stands in `published`, together with everything that was ever released."""

from collections.abc import Collection

import duckdb
import polars as pl

from analysis.config import Config
from analysis.disclosure.cells import Key, read_cells, rules_of
from analysis.disclosure.crossings import find_crossings
from analysis.disclosure.gate import Gate, Verdict
from analysis.disclosure.horizon import Horizon
from analysis.disclosure.ledger import ever_shown, strangers
from analysis.errors import DisclosureError
from analysis.measures import load_measures

_NAMED = 5  # figures that one sentence names


def gate_of(config: Config, connection: duckdb.DuckDBPyConnection, shown: pl.DataFrame) -> Gate:
    """The gate of a build: its rules, its numbers, its days, and what has left the house (`ever_shown` of the ledger)."""
    rules = rules_of({name: measure.header for name, measure in load_measures().items()})
    past: dict[Key, list[tuple[float, float]]] = {}
    for *key, least, most in shown.iter_rows():
        past.setdefault(Key(*key), []).append((least, most))
    return Gate(rules, config.privacy, Horizon(connection), past, find_crossings(connection))


def audit(config: Config) -> Verdict:
    """Attacks what a warehouse publishes; `openings` of the verdict is empty when nothing can be opened, and `mask` what would close it."""
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        gate = gate_of(config, connection, ever_shown(config))
        return gate.verdict(read_cells(connection, gate.rules, is_published=True))


def refuse_openings(config: Config, places: Collection[tuple[str, str]]) -> None:
    """Raises DisclosureError when figures of these places (uai or `territory`, period) open a secret, and says what closes it.

    A build closes what the ledger of its day opens. So only two things are looked at: what no hiding could close when the warehouse was
    built, and everything again when something has left the house since that this warehouse did not publish.
    """
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        lost = connection.execute("SELECT DISTINCT uai, period FROM measures.opening WHERE is_lost").fetchall()
        has_strangers = strangers(config, connection).height > 0
    hit = sorted(set(lost) & set(places))
    if hit:
        named = ", ".join(f"{uai} in {period}" for uai, period in hit[:_NAMED])
        raise DisclosureError(
            f"What was released before opens a figure of fewer pupils than the threshold ({named}), and no figure that could still be "
            "hidden closes it. `cartable check` tells which. Leave these periods out, or ask your data protection officer."
        )
    found = words(audit(config)) if has_strangers else []
    if found:
        told = " ".join(dict.fromkeys((found[0], found[-1])))
        raise DisclosureError(f"{told} Run `cartable build`, which hides what has to be hidden, then `cartable report`.")


def words(verdict: Verdict) -> list[str]:
    """One sentence for each figure that opens, without its value; then the smallest change that closes them all."""
    opened = dict.fromkeys((opening.name, opening.key) for opening in verdict.openings)
    told = [f"{_figure(key)} can be told from the others: {name}." for name, key in opened]
    if verdict.mask:
        listed = sorted(map(_figure, verdict.mask))
        more = f" and {len(listed) - _NAMED} others" if len(listed) > _NAMED else ""
        told.append(f"The smallest change that closes them: hide {', '.join(listed[:_NAMED])}{more}.")
    return told


def _figure(key: Key) -> str:
    return " / ".join(part for part in key if part and part != "all")
