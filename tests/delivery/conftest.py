"""One certificate for all tests of mail, and no pause before a second try."""

from pathlib import Path

import pytest

from analysis.delivery import post
from tests.delivery.mail_server import make_certificate


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "_PAUSE_SECONDS", 0.0)
