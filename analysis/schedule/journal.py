"""What every unattended run did, kept as JSON in `data/runs`, one file a run, and as plain lines in `data/runs/runs.log`."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from analysis.config import Config
from analysis.files import write_beside

DONE, IN_PART, FAILED, BROKEN_OFF = "done", "in part", "failed", "broken off"
_KEPT = 400  # runs: more than a year of nights


class Undone(NamedTuple):
    """A report that was due and could not be made; `is_refused`: the disclosure control did not let it out."""

    kind: str
    uai: str
    school: str
    period: str
    lang: str
    is_refused: bool


@dataclass(frozen=True)
class Step:
    """One part of a run (ingest, build, report, deliver): how it ended, what it did in a sentence, what failed, each with its cause, and
    which reports that concerns.
    """

    name: str
    outcome: str
    sentence: str
    faults: tuple[str, ...] = ()
    undone: tuple[Undone, ...] = ()


@dataclass(frozen=True)
class Run:
    """One run, by the instant at which it began. While `ended_at` is empty it runs, or it broke off."""

    started_at: str
    ended_at: str = ""
    steps: tuple[Step, ...] = field(default=())

    @property
    def outcome(self) -> str:
        """The worst of its steps; `broken off` for one that never ended."""
        outcomes = {step.outcome for step in self.steps}
        if not self.ended_at:
            return BROKEN_OFF
        return next((outcome for outcome in (FAILED, IN_PART) if outcome in outcomes), DONE)

    @property
    def faults(self) -> list[str]:
        """Everything that failed."""
        return [fault for step in self.steps for fault in step.faults]


class Journal:
    """The record of the runs of a data folder; each step is written down as it ends, so that a crash leaves what was done."""

    def __init__(self, config: Config) -> None:
        self._folder = config.data_dir / "runs"

    def begin(self) -> Run:
        """A new run, written down as begun."""
        return self._write(Run(_now()))

    def note(self, run: Run, step: Step) -> Run:
        """The run with one more step."""
        self._tell(f"{step.name}: {step.outcome}. {step.sentence}")
        for fault in step.faults:
            self._tell(f"{step.name}: {fault}")
        return self._write(replace(run, steps=(*run.steps, step)))

    def end(self, run: Run) -> Run:
        """The run, ended."""
        ended = self._write(replace(run, ended_at=_now()))
        self._tell(f"run: {ended.outcome}.")
        for path in sorted(self._folder.glob("*.json"))[:-_KEPT]:
            path.unlink()
        return ended

    def runs(self) -> Iterator[Run]:
        """Every run that is kept, the latest first."""
        for path in sorted(self._folder.glob("*.json"), reverse=True):
            content = json.loads(path.read_text(encoding="utf-8"))
            yield Run(content["started_at"], content["ended_at"], tuple(map(_step, content["steps"])))

    def _write(self, run: Run) -> Run:
        path = self._folder / f"{run.started_at.replace(':', '')}.json"
        content = {**asdict(run), "outcome": run.outcome if run.ended_at else "running"}
        write_beside(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
        return run

    def _tell(self, line: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        plain = " ".join(line.split())  # one line each, whatever stood in a name
        with (self._folder / "runs.log").open("a", encoding="utf-8") as log:
            log.write(f"{_now()} {plain}\n")


def _step(content: dict[str, Any]) -> Step:
    undone = tuple(Undone(*each) for each in content.get("undone", []))
    return Step(**{**content, "faults": tuple(content["faults"]), "undone": undone})


def _now() -> str:
    return datetime.now(tz=UTC).isoformat(timespec="milliseconds")
