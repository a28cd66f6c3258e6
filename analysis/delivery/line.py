"""A line to the mail server: encrypted, the server's certificate checked, logged in; or one sentence on what is wrong with which key."""

import os
import smtplib
import ssl
import stat
from pathlib import Path

from analysis.delivery.settings import Mail
from analysis.errors import UserError


class ServerError(UserError):
    """The server cannot be used at all, and a second try would end alike; every mail waits for the next run."""


class PassingError(Exception):
    """What a second try may mend."""


def connected(mail: Mail) -> smtplib.SMTP:
    """A line that mails can be handed to. Raises ServerError, or PassingError where the server does not answer or says "later"."""
    where = f"The mail server {mail.host}:{mail.server_port}"
    context, password = _context(mail), password_of(mail)
    try:
        return _logged_in(mail, context, password)
    except ssl.SSLCertVerificationError as error:
        said = f"{where} has a certificate that cannot be trusted ({error.verify_message}). Nothing was sent."
        raise ServerError(f"{said} Check mail.host; for an authority of your own, give mail.ca_file.") from None
    except smtplib.SMTPNotSupportedError:
        said = f"{where} offers no encryption, or no login once encrypted; without them nothing is sent."
        raise ServerError(f"{said} Check mail.security and mail.port.") from None
    except smtplib.SMTPAuthenticationError as error:
        if 400 <= error.smtp_code < 500:
            raise PassingError(f"{where} cannot check the login now (code {error.smtp_code}).") from None
        raise ServerError(f"{where} refuses the login (code {error.smtp_code}). Check mail.user and its password.") from None
    except OSError as error:  # every error of smtplib is one
        said = f"{where} cannot be used ({cause_of(error)})."
        raise PassingError(f"{said} Check mail.host, mail.port, mail.security and the network.") from None


def cause_of(error: OSError) -> str:
    """What broke, in the system's words; never in those of the server, which may hold an address."""
    match error:
        case smtplib.SMTPResponseException():
            return f"code {error.smtp_code}"
        case smtplib.SMTPServerDisconnected():
            return "the server hung up, or gave no answer in time"
        case TimeoutError():
            return "no answer in time"
        case ssl.SSLError():
            return "no encrypted line"
    return error.strerror or type(error).__name__


def password_of(mail: Mail) -> str:
    """The password, from the variable or the file that the configuration names. Raises UserError; says nothing of it."""
    if mail.password_variable:
        return _plain(os.environ.get(mail.password_variable, ""), f"the variable {mail.password_variable}")
    return _plain(_read_password(mail.password_file), str(mail.password_file)) if mail.password_file else ""


def _plain(password: str, where: str) -> str:
    if not password:
        raise UserError(f"{where} holds no mail password. Set it, or change [mail] in cartable.toml.")
    if not password.isascii():
        raise UserError(
            f"{where}: the mail password has letters with accents, which the login of a mail server does not know. Choose another."
        )
    return password


def _read_password(path: Path) -> str:
    if not path.is_file():
        raise UserError(f"cartable.toml, mail.password_file: there is no file {path}. Write the password into it, with mode 600.")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise UserError(f"{path}: others than you can read the mail password (mode {mode:03o}). Run: chmod 600 {path}")
    return path.read_text(encoding="utf-8", errors="replace").strip("\r\n")


def _context(mail: Mail) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=mail.ca_file)
    except OSError as error:
        raise UserError(f"cartable.toml, mail.ca_file: {mail.ca_file} is no file of certificates in PEM ({cause_of(error)}).") from None


def _logged_in(mail: Mail, context: ssl.SSLContext, password: str) -> smtplib.SMTP:
    line = _secured(mail, context)
    try:
        line.ehlo_or_helo_if_needed()
        if mail.user:
            line.login(mail.user, password)
    except BaseException:
        line.close()
        raise
    return line


def _secured(mail: Mail, context: ssl.SSLContext) -> smtplib.SMTP:
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.server_port, timeout=mail.timeout_seconds, context=context)
    line = smtplib.SMTP(mail.host, mail.server_port, timeout=mail.timeout_seconds)
    try:
        line.starttls(context=context)
    except BaseException:
        line.close()
        raise
    return line
