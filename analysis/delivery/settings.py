"""`[mail]` and `[share]` of `cartable.toml`: how reports reach those whom they are for."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

# what Cartable writes to is a plain mailbox: no name before it, nothing that a header or a command could take for its own end
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_HOST = re.compile(r"[A-Za-z0-9.:-]*")
_VARIABLE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)?")


def is_address(text: str) -> bool:
    """Whether a text is an address that mail can be sent to as it stands."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def _address(text: str) -> str:
    if text and not is_address(text):
        raise PydanticCustomError("address", "an address alone is expected, such as numerique@ville.example")
    return text


def _host(text: str) -> str:
    if not _HOST.fullmatch(text):
        raise PydanticCustomError("host", "the name of a mail server alone is expected, such as smtp.ville.example; its port is mail.port")
    return text


def _variable(text: str) -> str:
    if not _VARIABLE.fullmatch(text):
        said = "the NAME of a variable is expected, such as CARTABLE_MAIL_PASSWORD; the password itself never stands in this file"
        raise PydanticCustomError("variable", said)
    return text


_Address = Annotated[str, AfterValidator(_address)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mail(_Section):
    """The mail server, who writes, and to whom. Without `host` there is no mail; without `send` a run only says what it would send."""

    send: bool = False
    host: Annotated[str, AfterValidator(_host)] = ""
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    security: Literal["starttls", "tls"] = "starttls"
    ca_file: Path | None = None
    user: str = ""
    password_variable: Annotated[str, AfterValidator(_variable)] = ""
    password_file: Path | None = None
    sender: _Address = ""
    operator: _Address = ""
    town: tuple[_Address, ...] = ()
    recipients: Path | None = None
    days: Annotated[int, Field(ge=1, le=366)] = 30
    timeout_seconds: Annotated[int, Field(ge=1, le=600)] = 30

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """What a mail cannot do without. Raises PydanticCustomError, as pydantic wants it."""
        if not self.user.isascii():
            raise PydanticCustomError("ascii", "user has letters with accents, which the login of a mail server does not know")
        if self.host and not self.sender:
            raise PydanticCustomError("sender", "sender is missing: the address that mails come from")
        if self.send and not self.host:
            raise PydanticCustomError("host", "host is missing: without the mail server nothing can be sent")
        if self.user and (not self.password_variable) == (self.password_file is None):
            raise PydanticCustomError("password", "user needs its password: give one of password_variable and password_file")
        if not self.user and (self.password_variable or self.password_file):
            raise PydanticCustomError("user", "user is missing: whose password is it?")
        return self

    @property
    def server_port(self) -> int:
        """The port given, or that of the way of securing: 587 for starttls, 465 for tls."""
        return self.port or {"starttls": 587, "tls": 465}[self.security]

    def beside(self, base: Path) -> "Mail":
        """The same with its paths relative to a folder."""
        paths = {name: _beside(base, getattr(self, name)) for name in ("ca_file", "password_file", "recipients")}
        return self.model_copy(update=paths)


class Share(_Section):
    """The folder of a file share that gets one folder for each school."""

    folder: Path | None = None

    def beside(self, base: Path) -> "Share":
        """The same with its path relative to a folder."""
        return self.model_copy(update={"folder": _beside(base, self.folder)})


def _beside(base: Path, path: Path | None) -> Path | None:
    return None if path is None else (base / path.expanduser()).resolve()
