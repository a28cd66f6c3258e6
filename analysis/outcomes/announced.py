"""The protocol as tables of the build, before the marts: without one they are there and empty."""

import duckdb
import polars as pl

from analysis.config import Config
from analysis.outcomes.registration import Cohort, Outcome, Protocol, read_protocol

_PROTOCOL = {"registered_on": pl.Date, "question": pl.String, "evidence": pl.String, "smallest": pl.Float64}
_OUTCOME = dict.fromkeys(("test", "domain", "prior_test", "prior_domain", "role"), pl.String)
_COHORT = {"test": pl.String, "domain": pl.String, "first_year": pl.String, "uai": pl.String}


def load_announced(config: Config, connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the marts that come from the protocol.

    protocol (registered_on, question, evidence, smallest: one row or none), announced_outcome (test, domain, prior_test, prior_domain,
    role: primary or secondary), announced_cohort (test, domain, first_year, uai: empty for every school of the rosters), never_equipped
    (uai). Raises UserError for a protocol that cannot be read.
    """
    protocol = read_protocol(config)
    frames = {
        "protocol": pl.DataFrame(_head(protocol), schema=_PROTOCOL, orient="row"),
        "announced_outcome": pl.DataFrame(_outcomes(protocol), schema=_OUTCOME, orient="row"),
        "announced_cohort": pl.DataFrame(_cohorts(protocol), schema=_COHORT, orient="row"),
        "never_equipped": pl.DataFrame([(uai,) for uai in protocol.adoption.never] if protocol else [], {"uai": pl.String}, orient="row"),
    }
    for name, frame in frames.items():
        connection.register("frame", frame)
        connection.execute(f"CREATE TABLE marts.{name} AS SELECT * FROM frame")


def _head(protocol: Protocol | None) -> list[tuple]:
    return [(protocol.registered_on, protocol.question, protocol.evidence, protocol.smallest)] if protocol else []


def _outcomes(protocol: Protocol | None) -> list[tuple]:
    if protocol is None:
        return []
    return [_outcome(protocol.primary, "primary"), *(_outcome(each, "secondary") for each in protocol.secondary)]


def _outcome(each: Outcome, role: str) -> tuple:
    return each.test, each.domain, each.prior_test or each.test, each.prior_domain or each.domain, role


def _cohorts(protocol: Protocol | None) -> list[tuple]:
    return [row for each in protocol.adoption.cohort for row in _places(each)] if protocol else []


def _places(cohort: Cohort) -> list[tuple]:
    return [(cohort.test, cohort.domain, cohort.first_year, uai) for uai in cohort.among or ("",)]
