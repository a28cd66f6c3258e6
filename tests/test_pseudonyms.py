"""Keyed pseudonyms: the vector worked out by hand, and every key that is refused."""

import base64
import hashlib
import hmac
import re
import stat
from pathlib import Path

import pytest

from analysis.config import Config
from analysis.errors import UserError
from analysis.ingest import ingest
from analysis.pseudonyms import KEY_VARIABLE, Pseudonyms, load_pseudonyms
from tests.hand_made import config_in
from tests.reading import KEY


@pytest.fixture(autouse=True)
def _no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


def in_environment(monkeypatch: pytest.MonkeyPatch, key: bytes) -> None:
    monkeypatch.setenv(KEY_VARIABLE, base64.b64encode(key).decode())


def with_lake(folder: Path) -> Config:
    """A configuration whose lake was written under a key made on the way."""
    config = config_in(folder)
    config.raw_dir.mkdir(parents=True)
    (config.raw_dir / "structures.csv").write_text("structure_id,uai\ns-0001,0920001B\n")
    ingest(config, [])
    return config


def test_the_pseudonym_is_the_start_of_an_hmac_in_base32() -> None:
    digest = hmac.new(KEY, "v1|person|élève-1".encode(), hashlib.sha256).digest()
    expected = base64.b32encode(digest[:16]).decode().rstrip("=").lower()
    assert Pseudonyms(KEY).of("person", "  ÉLÈVE-1 ") == expected
    assert re.fullmatch("[a-z2-7]{26}", expected)


def test_same_identifier_same_pseudonym_and_domains_differ() -> None:
    names = Pseudonyms(KEY)
    assert names.of("person", "p-0001") == Pseudonyms(KEY).of("person", "p-0001")
    assert len({names.of(domain, "p-0001") for domain in ("person", "device", "class")}) == 3
    assert names.of("person", "p-0001") != Pseudonyms(KEY[::-1]).of("person", "p-0001")
    assert names.of("person", "e\u0301ve") == names.of("person", "\u00e9ve")


def test_a_key_is_made_on_first_use_for_its_owner_alone_and_outside_the_data(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    first = load_pseudonyms(config).of("person", "p-0001")
    assert config.privacy.key_file is not None
    assert not config.privacy.key_file.is_relative_to(config.data_dir)
    assert stat.S_IMODE(config.privacy.key_file.stat().st_mode) == 0o600
    assert len(config.privacy.key_file.read_bytes()) == 32
    assert load_pseudonyms(config).of("person", "p-0001") == first
    assert load_pseudonyms(config_in(tmp_path / "other")).of("person", "p-0001") != first


def test_the_default_place_is_the_users_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    load_pseudonyms(Config.model_validate({"data_dir": tmp_path / "data"}))
    assert stat.S_IMODE((tmp_path / "config/cartable/key").stat().st_mode) == 0o600


def test_the_key_may_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_environment(monkeypatch, KEY)
    assert load_pseudonyms(config_in(tmp_path)).of("person", "p") == Pseudonyms(KEY).of("person", "p")
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("value", ["", "no base64 at all", base64.b64encode(b"short").decode(), base64.b64encode(bytes(33)).decode()])
def test_a_useless_key_in_the_environment_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(KEY_VARIABLE, value)
    with pytest.raises(UserError, match=f"{KEY_VARIABLE} is set but is not 32 bytes in base64, and data are never read without a key"):
        ingest(config_in(tmp_path), [])
    assert not (tmp_path / "data/lake").exists()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    config = config_in(tmp_path)
    load_pseudonyms(config)
    (tmp_path / "key").chmod(mode)
    with pytest.raises(UserError, match=rf"others than you can read the pseudonym key \(mode {mode:03o}\). Run: chmod 600"):
        load_pseudonyms(config)


@pytest.mark.parametrize("place", ["data/key", "data/lake/../key", "data/secret/key"])
def test_a_key_under_the_data_is_refused(tmp_path: Path, place: str) -> None:
    config = config_in(tmp_path, privacy={"key_file": tmp_path / place})
    with pytest.raises(UserError, match="would stand under the data that it protects"):
        load_pseudonyms(config)
    assert not (tmp_path / "data/key").exists()


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_refused(tmp_path: Path, length: int) -> None:
    (tmp_path / "key").write_bytes(bytes(length))
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(UserError, match=f"has {length} bytes; it needs 32"):
        load_pseudonyms(config_in(tmp_path))


def test_a_lost_key_is_not_replaced(tmp_path: Path) -> None:
    config = with_lake(tmp_path)
    (tmp_path / "key").unlink()
    with pytest.raises(UserError, match="the pseudonym key is gone, and a new one would give every pupil a second identity"):
        ingest(config, [])
    assert not (tmp_path / "key").exists()


def test_another_key_than_the_lakes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = with_lake(tmp_path)
    in_environment(monkeypatch, KEY)
    with pytest.raises(UserError, match="not the one that the lake was written with: pupils would be counted twice"):
        ingest(config, [])


def test_no_message_repeats_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = with_lake(tmp_path)
    in_environment(monkeypatch, KEY)
    with pytest.raises(UserError) as refused:
        ingest(config, [])
    assert base64.b64encode(KEY).decode() not in str(refused.value)
    kept = b"".join(path.read_bytes() for path in config.lake_dir.rglob("*") if path.is_file())
    assert (tmp_path / "key").read_bytes() not in kept
