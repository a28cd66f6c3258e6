"""One small town for all that a researcher does: a class of pupils with a tablet each, used every school day for 10, 11, 12... minutes."""

import pytest

from analysis.config import Config
from tests.hand_made import Town, config_in, run

PUPILS = 24  # enough for a figure of the class to be published
DAYS = [f"2025-10-{day:02}" for day in (2, 3, 6, 7, 9, 10, 13, 14, 16, 17)]  # every school day of the month


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Config:
    config = config_in(tmp_path_factory.mktemp("lab-town"))
    written = Town(pupils=PUPILS)
    for i in range(PUPILS):
        for day in DAYS:
            written.app(f"d{i + 1}", "a", f"{day}T07:00", f"{day}T07:{10 + i}")
    written.write(config)
    run(config)
    return config
