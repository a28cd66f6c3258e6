"""A mail as it leaves: plain text and the PDFs that it is about, nothing that tells whether it was read."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from analysis.delivery.letters import Letter
from analysis.delivery.record import Delivery
from analysis.delivery.released import Report
from analysis.delivery.settings import Mail

TEXT, BINARY = "quoted-printable", "base64"  # seven bits: whatever server it passes, it arrives as it left


def message_of(letter: Letter, address: str, attached: Sequence[Report], delivery: Delivery, mail: Mail) -> EmailMessage:
    """The mail with the PDF of each report attached. The same delivery has the same Message-ID, by which a mailbox knows a mail it has."""
    message = EmailMessage()
    message["From"], message["To"] = mail.sender, address
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(datetime.now(tz=UTC))
    message["Message-ID"] = f"<{hashlib.sha256(repr(delivery.key).encode()).hexdigest()[:40]}@{mail.sender.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # no machine answers it: no notice of absence comes back
    message.set_content(letter.text, charset="utf-8", cte=TEXT)
    for report in attached:
        name = f"{report.uai}-{report.period}-{report.kind}{'' if report.lang == 'fr' else f'.{report.lang}'}.pdf"
        content = report.files["pdf"].path.read_bytes()
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name, cte=BINARY)
    return message
