"""Mails handed to the server, each at most once.

Up to a mail's first byte whatever goes wrong is certain: nothing was sent, and it is tried once more. After it, a line that breaks leaves
open whether the server took the mail; that is told apart, for a second try could make two of it. The server's own words are never
repeated: they often hold the address.
"""

import re
import smtplib
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from typing import Self

from analysis.delivery.line import PassingError, ServerError, cause_of, connected
from analysis.delivery.settings import Mail

_PAUSE_SECONDS = 2.0  # before the second try
_ACCEPTED = {"sender": (250,), "recipient": (250, 251, 252), "message": (354,)}


class FailedError(Exception):
    """This mail was not sent; another run may try again."""


class RefusedError(Exception):
    """The server will not take this mail, now or later."""


class UnknownError(Exception):
    """Nobody knows whether this mail was sent."""


class Post:
    """The way to the mail server: opened for the first mail, opened again where the line has broken. Close it by leaving its block."""

    def __init__(self, mail: Mail, pause: Callable[[float], None] = time.sleep) -> None:
        self._mail, self._pause = mail, pause
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def open(self) -> smtplib.SMTP:
        """The line, made unless it stands; tried twice. Raises ServerError or another UserError that says what is wrong."""
        if self._line is None:
            try:
                self._line = connected(self._mail)
            except PassingError:
                self._pause(_PAUSE_SECONDS)
                try:
                    self._line = connected(self._mail)
                except PassingError as error:
                    raise ServerError(str(error)) from None
        return self._line

    def send(self, message: EmailMessage, address: str) -> None:
        """Hands one mail over. Raises FailedError, RefusedError or UnknownError, or UserError where the server cannot be used."""
        content = on_the_line(message)
        try:
            line = self._announced(address)
        except PassingError:
            self._pause(_PAUSE_SECONDS)
            try:
                line = self._announced(address)
            except PassingError as error:
                raise FailedError(str(error)) from None
        self._hand_over(line, content)

    def _announced(self, address: str) -> smtplib.SMTP:
        """The line, at the point where the server waits for the mail itself."""
        line = self.open()
        try:
            self._accepted("sender", line.mail(self._mail.sender)[0])
            self._accepted("recipient", line.rcpt(address)[0])
            self._accepted("message", line.docmd("DATA")[0])
        except OSError as error:
            self._hang_up()
            raise PassingError(f"the line broke before the mail ({cause_of(error)})") from None
        return line

    def _accepted(self, what: str, code: int) -> None:
        if code in _ACCEPTED[what]:
            return
        self._hang_up()
        if 500 <= code < 600:
            raise RefusedError(f"the server refuses the {what} (code {code})")
        raise PassingError(f"the server does not take the {what} now (code {code})")

    def _hand_over(self, line: smtplib.SMTP, content: bytes) -> None:
        try:
            line.send(content)
            code = line.getreply()[0]
        except OSError as error:
            self._hang_up()
            raise UnknownError(f"the line broke while the mail was handed over ({cause_of(error)})") from None
        if code != 250:
            self._hang_up()
            kind = RefusedError if 500 <= code < 600 else FailedError
            raise kind(f"the server does not take the message (code {code})")

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            try:
                line.quit()
            except OSError:
                line.close()


def on_the_line(message: EmailMessage) -> bytes:
    """A mail as it is handed over: lines that end as the protocol wants them, a dot that begins one doubled, a dot alone at its end."""
    content = message.as_bytes(policy=SMTP)
    whole = content if content.endswith(b"\r\n") else content + b"\r\n"
    return re.sub(rb"^\.", b"..", whole, flags=re.MULTILINE) + b".\r\n"
