"""The attack on everything published and released, as a check: each secret that opens is a complaint with what would close it."""

from analysis.checking.complaint import Complaint, leak
from analysis.config import Config
from analysis.disclosure.audit import audit, words

WHAT = "disclosure"


def disclosure(config: Config) -> list[Complaint]:
    """The secrets that what stands in the warehouse and in the ledger opens; none without a warehouse."""
    if not config.warehouse.is_file():
        return []
    return [leak(WHAT, config.warehouse.name, sentence) for sentence in words(audit(config))]
