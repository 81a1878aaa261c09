"""A mail of ours, as bytes: plain and HTML from one text, marked so that its answer finds home."""

from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.utils import format_datetime, formataddr
from typing import Any

from django.core.mail import EmailMultiAlternatives

from unbroken.intake.mail.facts import DESK_HEADER
from unbroken.intake.outgoing import Outgoing


def as_bytes(outgoing: Outgoing) -> bytes:
    """The whole mail. Django's own class encodes what the standard library folds wrongly."""
    mail = EmailMultiAlternatives(
        subject=_one_line(outgoing.subject),
        body=outgoing.text,
        from_email=_address(outgoing.sender),
        to=[_address(one) for one in outgoing.to],
        cc=[_address(one) for one in outgoing.cc],
        reply_to=[outgoing.reply_to] if outgoing.reply_to else None,
        headers=_headers(outgoing),
    )
    if outgoing.html:
        mail.attach_alternative(outgoing.html, "text/html")
    for file in outgoing.files:
        mail.attach(_part(file.name, file.media_type, file.data))
    return bytes(mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]


def _headers(outgoing: Outgoing) -> dict[str, str]:
    headers: dict[str, str] = {
        "Message-ID": f"<{outgoing.message_id}>",
        "Date": format_datetime(outgoing.at),
        "Content-Language": outgoing.language,
        DESK_HEADER: outgoing.message_id.partition("@")[2],
    }
    if outgoing.in_reply_to:
        headers["In-Reply-To"] = f"<{outgoing.in_reply_to}>"
    if outgoing.references:
        headers["References"] = " ".join(f"<{one}>" for one in outgoing.references)
    if outgoing.unsubscribe:
        headers["List-Unsubscribe"] = f"<{outgoing.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if outgoing.is_automatic:
        is_answer = outgoing.in_reply_to or not outgoing.unsubscribe
        headers["Auto-Submitted"] = "auto-replied" if is_answer else "auto-generated"
        headers["X-Auto-Response-Suppress"] = "All"
    return headers


def _part(name: str, media_type: str, data: bytes) -> Any:
    """A file as an attachment; never shown inside the mail, whatever its type says."""
    main, _, sub = media_type.partition("/")
    part = MIMEBase(main or "application", sub or "octet-stream")
    part.set_payload(data)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=_one_line(name))
    return part


def _address(address: tuple[str, str]) -> str:
    name, email = address
    return formataddr((_one_line(name), _one_line(email)))


def _one_line(text: str) -> str:
    """A header cannot be smuggled in with a line break."""
    return " ".join(text.split())
