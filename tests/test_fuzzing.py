"""Files damaged at random: never a traceback, never a row that is not accounted for, never a personal value in a sentence.

`make test` tries a few. `make test-slow` is guided by coverage: damage that reaches lines of the code that nothing reached before is
damaged further, as in a fuzzer. What is counted are steps from line to line of our Python; the SQL of a format is one line to it.
"""

import os
import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzzing import SAMPLES, Damaged, complaints, damaged, samples
from tests.reading import packed, read_one
from tests.steps import Steps

SECONDS = float(os.environ.get("FUZZ_SECONDS", "240"))
SEED = int(os.environ.get("FUZZ_SEED", "5"))
READERS = ("ingest.py", "checks.py", "gatekeeper.py", "quarantine.py", "reading")


@given(st.sampled_from(samples()), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_file_is_told_and_accounted_for(name: str, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert complaints(damaged(name, chance), Path(folder)) == []


# the second is read by three sources, each of which sets rows aside
@pytest.mark.parametrize("name", ["schools.csv", "CSVExtraction-eleves.csv"])
def test_an_undamaged_file_has_no_complaint(name: str, tmp_path: Path) -> None:
    assert complaints(_whole(name), tmp_path) == []


def test_a_zip_whose_table_of_contents_points_outside_is_told(tmp_path: Path) -> None:
    _, content = packed("schools.csv", (SAMPLES / "schools.csv").read_bytes(), "zip")
    at = content.rindex(b"PK\x05\x06") + 16  # where the table begins
    moved = int.from_bytes(content[at : at + 4], "little") + 1000
    _, record = read_one(tmp_path, "schools.csv.zip", content[:at] + moved.to_bytes(4, "little") + content[at + 4 :])
    assert "damaged" in record.message


@pytest.mark.slow
def test_damage_guided_by_coverage(capsys: pytest.CaptureFixture[str]) -> None:
    chance, steps = random.Random(SEED), Steps(READERS)
    kept = list(map(_whole, samples()))
    for file in kept:
        assert _complaints(file, steps) == []
    of_samples, runs, end = steps.count, 0, time.monotonic() + SECONDS
    while time.monotonic() < end:
        parent = kept[-1 - int(len(kept) * chance.random() ** 2)]  # what was found last is the most promising
        file = damaged(parent.name, chance, parent.unpacked)
        known, runs = steps.count, runs + 1
        assert _complaints(file, steps) == [], f"FUZZ_SEED={SEED}, run {runs}, {file.name}: {file.content[:3000]!r}"
        if steps.count > known:
            kept.append(replace(file, name=parent.name))
    with capsys.disabled():
        print(f"\n{runs} damaged files, {len(kept)} kept; steps of the reading: {of_samples} by the samples, {steps.count} in the end")
    assert steps.count > of_samples


def _whole(name: str) -> Damaged:
    content = (SAMPLES / name).read_bytes()
    return Damaged(name, content, content)


def _complaints(file: Damaged, steps: Steps) -> list[str]:
    with tempfile.TemporaryDirectory() as folder, steps.watched():
        return complaints(file, Path(folder))
