"""A real mail server on the loopback, with TLS and a login, that keeps what it is given; and what a server can do wrong."""

import asyncio
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from analysis.config import Config
from tests.hand_made import config_in

USER, PASSWORD = "cartable", "geheim-7"
needs_openssl = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl, which makes the server's certificate, is not on this machine"
)


def make_certificate(folder: Path, host: str = "localhost") -> Path:
    """A certificate that signs itself, for a host, and its key, in one file each."""
    folder.mkdir(parents=True, exist_ok=True)
    words = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN={host} -addext subjectAltName=DNS:{host}"
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(["openssl", *words.split(), *files], check=True, capture_output=True)
    return folder / "certificate.pem"


@dataclass
class Box:
    """What arrived, and with which login; `codes` answers a recipient with something else than yes, `breaks` cuts the line at the end."""

    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    connections: int = 0
    codes: dict[str, list[str]] = field(default_factory=dict)
    breaks: bool = False
    port: int = 0

    def to(self, address: str) -> list[EmailMessage]:
        return [message for recipient, message in self.mails if recipient == address]

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]) -> list[str]:  # noqa: N802
        self.connections += session.host_name is None
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        if self.codes.get(address):
            return self.codes[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert is_encrypted(server), "a mail came in clear"
        assert session.authenticated
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.mails += [(recipient, message) for recipient in envelope.rcpt_tos]
        if self.breaks:
            server.transport.abort()
        return "250 OK"

    def login(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
        assert is_encrypted(server), "a password came in clear"
        is_right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        self.logins.append(mechanism)
        return AuthResult(success=is_right, handled=is_right)


def text_of(mail: EmailMessage) -> str:
    """What is read of a mail, with the ends of lines that a mailbox shows."""
    body = mail.get_body()
    assert isinstance(body, EmailMessage)
    return body.get_content().replace("\r\n", "\n")


def is_encrypted(server: SMTP) -> bool:
    return server.transport is not None and server.transport.get_extra_info("ssl_object") is not None


@contextmanager
def mail_server(certificate: Path, security: str = "starttls") -> Iterator[Box]:
    """A server that takes mail over an encrypted line alone, after a login alone."""
    box, context = Box(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    is_tls = security == "tls"
    # of TLS, aiosmtpd knows what STARTTLS told it: where the whole line is encrypted it must not ask again
    ways = {"auth_require_tls": False} if is_tls else {"tls_context": context, "require_starttls": True}
    loop = asyncio.new_event_loop()

    def line() -> SMTP:
        return SMTP(box, hostname="localhost", loop=loop, auth_required=True, authenticator=box.login, **ways)

    server = loop.run_until_complete(loop.create_server(line, "127.0.0.1", 0, ssl=context if is_tls else None))
    box.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield box
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


def mail_to(box: Box, folder: Path, certificate: Path, **settings: object) -> Config:
    """A configuration that mails to the server, with a list of one head teacher; reports and data stand in the folder."""
    secret, listed = folder / "secret", folder / "own" / "recipients.csv"
    listed.parent.mkdir(parents=True, exist_ok=True)
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    secret.chmod(0o600)
    listed.write_text(f"uai,email\n{SCHOOL},{HEAD}\n", encoding="utf-8")
    listed.chmod(0o600)
    mail = {
        "send": True,
        "host": "localhost",
        "port": box.port,
        "ca_file": certificate,
        "user": USER,
        "password_file": secret,
        "sender": "cartable@valmont.example",
        "operator": OPERATOR,
        "town": [TOWN],
        "recipients": listed,
        "timeout_seconds": 5,
    }
    return config_in(folder, territory="Valmont", mail={**mail, **settings})


SCHOOL, OTHER = "0990001A", "0990002B"
HEAD, TOWN, OPERATOR = "ce.0990001a@academie.example", "ecoles@valmont.example", "si@valmont.example"
