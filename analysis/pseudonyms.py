"""Keyed pseudonyms: HMAC-SHA256 under a secret of 32 random bytes that never stands beside the data.

A plain hash of a pupil's number is undone in seconds by trying them all; only a secret key prevents it (methods, section on
pseudonymisation). Whoever holds key and data can link them again: the data stay personal data.
"""

import base64
import hashlib
import hmac
import os
import secrets
import stat
import tempfile
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from analysis.config import Config
from analysis.errors import UserError
from analysis.files import settle, write_beside
from analysis.retention import load_retention

KEY_VARIABLE = "CARTABLE_KEY"
KEY_BYTES = 32
PSEUDONYM = "[a-z2-7]{26}"  # what every pseudonym looks like, as a regular expression: 128 bits in base32
_PSEUDONYM_BYTES = 16  # 128 bits: no collision among any number of pupils
_VERSION = "v1"


class Pseudonyms:
    """Turns raw identifiers into pseudonyms; the same identifier always gives the same one under the same key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise UserError(f"The pseudonym key has {len(key)} bytes; it needs {KEY_BYTES}. Nothing was read.")
        self._key = key

    def of(self, domain: str, identifier: str) -> str:
        """The pseudonym of an identifier in a domain (`person`, `device`, `class`): 26 letters and digits."""
        message = f"{_VERSION}|{domain}|{_normal(identifier)}".encode()
        digest = hmac.new(self._key, message, hashlib.sha256).digest()
        return base64.b32encode(digest[:_PSEUDONYM_BYTES]).decode().rstrip("=").lower()

    def table(self, domain: str, identifiers: Iterable[str]) -> dict[str, list[str]]:
        """Columns `raw` and `pseudonym` for every identifier given."""
        raw = list(identifiers)
        return {"raw": raw, "pseudonym": [self.of(domain, identifier) for identifier in raw]}

    @property
    def fingerprint(self) -> str:
        """Tells one key from another without telling anything about it."""
        return self.of("fingerprint", "of this key")


def _normal(identifier: str) -> str:
    return unicodedata.normalize("NFC", identifier.strip()).casefold()


def load_pseudonyms(config: Config) -> Pseudonyms:
    """The pseudonyms under the key of the environment or of the key file, which is made on first use.

    Raises UserError when there is no usable key, when others could read it, when it stands under the data, or when the lake
    was written under another one.
    """
    pseudonyms = Pseudonyms(_key_of_environment() or _key_of_file(_key_path(config), config))
    _same_key_as_before(config.lake_dir / "key-fingerprint", pseudonyms)
    _same_key_as_of_those_forgotten(config, pseudonyms)
    return pseudonyms


@dataclass(frozen=True)
class KeyState:
    """Where the key is kept and what is wrong with it; never the key. `mode` is that of its file, empty for a variable or no file."""

    kept_in: str
    mode: str
    fingerprint: str
    is_of_lake: bool
    faults: tuple[str, ...]


def state_of_key(config: Config) -> KeyState:
    """Where the key is kept, whether others could read it, and whether the lake was written under it. Makes no key and writes nothing."""
    path, is_variable = _key_path(config), KEY_VARIABLE in os.environ
    mark = config.lake_dir / "key-fingerprint"
    mode = f"{stat.S_IMODE(path.stat().st_mode):03o}" if path.exists() and not is_variable else ""
    fingerprint, faults = "", []
    try:
        if is_variable or path.exists():
            key = _key_of_environment() or _key_of_file(path, config)
            fingerprint = Pseudonyms(key).fingerprint
        elif mark.exists():
            faults.append(f"{path}: the pseudonym key is gone. Restore it from your backup; without it nothing new can be read.")
    except (UserError, OSError) as error:
        faults.append(str(error))
    is_of_lake = mark.exists() and mark.read_text() == fingerprint
    if fingerprint and mark.exists() and not is_of_lake:
        faults.append("The key is not the one that the lake was written with. Bring the first key back, or start again from the raw files.")
    return KeyState(f"the variable {KEY_VARIABLE}" if is_variable else str(path), mode, fingerprint, is_of_lake, tuple(faults))


def _key_of_environment() -> bytes | None:
    if KEY_VARIABLE not in os.environ:
        return None
    try:
        key = base64.b64decode(os.environ[KEY_VARIABLE], validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise UserError(
            f"{KEY_VARIABLE} is set but is not {KEY_BYTES} bytes in base64, and data are never read without a key. "
            f"Make one with: python -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes({KEY_BYTES})).decode())'"
        )
    return key


def _key_path(config: Config) -> Path:
    if config.privacy.key_file is not None:
        return config.privacy.key_file.expanduser()
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "cartable" / "key"


def _key_of_file(path: Path, config: Config) -> bytes:
    if path.resolve().is_relative_to(config.data_dir):
        raise UserError("The pseudonym key would stand under the data that it protects. Set privacy.key_file to a place elsewhere.")
    if not path.exists():
        _make_key(path, config)
    for left in path.parent.glob(f".{escape(path.name)}.*.tmp"):
        left.unlink(missing_ok=True)  # by a run that was killed as it made the key: perhaps a second name of it
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise UserError(f"{path}: others than you can read the pseudonym key (mode {mode:03o}). Run: chmod 600 {path}")
    return path.read_bytes()


def _make_key(path: Path, config: Config) -> None:
    if (config.lake_dir / "key-fingerprint").exists():
        raise UserError(
            f"{path}: the pseudonym key is gone, and a new one would give every pupil a second identity. "
            f"Restore it from your backup, or start again from the raw files with an empty {config.lake_dir.name} folder."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_key(path)
    except OSError as error:
        raise UserError(
            f"{path}: the pseudonym key cannot be written ({error.strerror}). Set privacy.key_file or {KEY_VARIABLE}."
        ) from None


def _write_key(path: Path) -> None:
    """Whole or not at all, and never over a key that another run, of another data folder, has made in between."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError, FileNotFoundError):  # the other run may have tidied up here as well
            os.link(name, path)
        settle(path.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def _same_key_as_before(mark: Path, pseudonyms: Pseudonyms) -> None:
    if mark.exists() and mark.read_text() != pseudonyms.fingerprint:
        raise UserError(
            "The pseudonym key is not the one that the lake was written with: pupils would be counted twice. "
            "Bring the first key back, or start again from the raw files with an empty lake folder."
        )
    if not mark.exists():
        write_beside(mark, pseudonyms.fingerprint.encode())


def _same_key_as_of_those_forgotten(config: Config, pseudonyms: Pseudonyms) -> None:
    made_under = load_retention(config).on_request.key
    if made_under and made_under != pseudonyms.fingerprint:
        raise UserError(
            "Persons were forgotten on request under another pseudonym key, and under this one their rows would come back. Bring the first "
            'key back; or take them out of every raw file, then empty "on_request" ({}) in data/forgotten.json.'
        )
