"""Questions that the gate and the ledger ask, one SQL file each."""

from pathlib import Path

_HERE = Path(__file__).parent


def query(name: str) -> str:
    """The statement of one file of this folder."""
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")
