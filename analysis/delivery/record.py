"""`data/deliveries/deliveries.jsonl`: what was sent to whom and how it ended, one line for each step, written at its end only.

"about to send" is on the disk before a mail leaves. Where it is the last that stands of a delivery, nobody knows whether that mail went
out (the run broke off, or the line did after the last byte): it is told once, and never repeated by itself. No address stands here, but
its SHA-256.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from analysis.config import Config
from analysis.files import settle

ABOUT, SENT, FAILED, REFUSED, UNKNOWN, AGAIN = "about to send", "sent", "failed", "refused", "unknown", "to be sent again"
_OVER = (ABOUT, SENT, REFUSED, UNKNOWN)  # nothing of them is sent by itself again


@dataclass(frozen=True)
class Piece:
    """One thing that a mail tells or holds: a report (`name` kind, period and language), its bytes and its figures as SHA-256."""

    name: str
    sha256: str
    figures: str


@dataclass(frozen=True)
class Delivery:
    """One mail to one address. `what`: report, digest or notice; `uai`: of a report's school; `recipient`: the SHA-256 of the address."""

    what: str
    uai: str
    recipient: str
    pieces: tuple[Piece, ...]
    state: str = ABOUT
    cause: str = ""
    at: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same mail."""
        return (self.what, self.uai, self.recipient, *sorted(piece.sha256 for piece in self.pieces))


class Deliveries:
    """The record of a data folder. Call it under the lock."""

    def __init__(self, config: Config) -> None:
        self._path = config.deliveries
        self._last: dict[tuple[str, ...], Delivery] = {}
        for delivery in self._read():
            self._keep(delivery)

    def write(self, delivery: Delivery, state: str, cause: str = "") -> Delivery:
        """Adds a line, on the disk when this returns."""
        now = datetime.now(tz=UTC).isoformat(timespec="seconds")
        noted = replace(delivery, state=state, cause=cause, at=now)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not self._path.exists()
        with self._path.open("a", encoding="utf-8") as record:
            # a line that a crash cut short stays by itself
            record.write(("" if is_new or self._ends_whole() else "\n") + json.dumps(asdict(noted), ensure_ascii=False) + "\n")
        settle(self._path)
        if is_new:
            settle(self._path.parent)
        self._keep(noted)
        return noted

    def told(self, what: str, recipient: str, uai: str = "") -> dict[str, Piece]:
        """By name, what a recipient was told last: in mails that went out, or may have, or were refused for good."""
        return {piece.name: piece for each in self._to(what, recipient, uai) if each.state in _OVER for piece in each.pieces}

    def waiting(self, what: str, recipient: str, uai: str = "") -> set[str]:
        """The names of what could not be sent so far, or is to be sent again."""
        return {piece.name for each in self._to(what, recipient, uai) if each.state in (FAILED, AGAIN) for piece in each.pieces}

    def of_state(self, *states: str) -> list[Delivery]:
        """Those that stand at one of these states now."""
        return [each for each in self._last.values() if each.state in states]

    def close_open(self) -> list[Delivery]:
        """Those of a run that broke off between sending and recording, now marked as unknown."""
        return [self.write(each, UNKNOWN, "the run broke off") for each in self.of_state(ABOUT)]

    def _to(self, what: str, recipient: str, uai: str) -> list[Delivery]:
        return [each for each in self._last.values() if (each.what, each.recipient, each.uai) == (what, recipient, uai)]

    def _keep(self, delivery: Delivery) -> None:
        self._last.pop(delivery.key, None)  # in the order of their last lines
        self._last[delivery.key] = delivery

    def _ends_whole(self) -> bool:
        with self._path.open("rb") as record:
            record.seek(0, 2)
            if record.tell() == 0:
                return True
            record.seek(-1, 2)
            return record.read() == b"\n"

    def _read(self) -> Iterable[Delivery]:
        if not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                content = json.loads(line)
                yield Delivery(**{**content, "pieces": tuple(Piece(**piece) for piece in content["pieces"])})
            except (ValueError, TypeError, KeyError):
                continue  # cut short by a crash: the line before it says what is known


def hidden(address: str) -> str:
    """The SHA-256 of an address, as the record keeps it."""
    return hashlib.sha256(address.casefold().encode()).hexdigest()
