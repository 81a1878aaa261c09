"""Mail of the house's own: a link to sign in, a code, a report, a notice to an agent.

It leaves as a job with a Message-ID of its own, the same at every attempt. No customer answers it,
and it is worth nothing after a while, so it is not tried for days.
"""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from unbroken.ground.clock import now
from unbroken.intake.channels import channels
from unbroken.intake.desk import domain
from unbroken.intake.mailboxes import by_key
from unbroken.intake.outgoing import (
    Address,
    Outgoing,
    OutgoingFile,
    PermanentFailure,
    TemporaryFailure,
)
from unbroken.intake.sending import in_html

ATTEMPTS_MAX = 6
_RETRY = RetryStrategy(
    max_attempts=ATTEMPTS_MAX, exponential_wait=4, retry_exceptions=[TemporaryFailure]
)


def send_service_mail(
    *,
    to: Address,
    subject: str,
    words: str,
    language: str,
    until: datetime,
    files: Sequence[OutgoingFile] = (),
    message_id: str = "",
    reply_to: str = "",
) -> None:
    """Queue one mail; it leaves when the caller's transaction has been committed."""
    deliver_service_mail.defer(
        message_id=message_id or f"s.{secrets.token_hex(16)}@{domain()}",
        to=list(to),
        subject=subject,
        words=words,
        language=language,
        at=now().isoformat(),
        until=until.isoformat(),
        files=[[one.name, one.media_type, b64encode(one.data).decode()] for one in files],
        reply_to=reply_to,
    )


@app.task(queue="outgoing", name="intake.service_mail", retry=_RETRY)
def deliver_service_mail(
    message_id: str,
    to: list[str],
    subject: str,
    words: str,
    language: str,
    at: str,
    until: str,
    files: Sequence[Sequence[str]] = (),
    reply_to: str = "",
) -> None:
    """Hand it over, unless it is too late to be of use or nobody will ever take it, or to whom
    it went was forgotten meanwhile."""
    if now() >= datetime.fromisoformat(until) or not to[1]:
        return
    try:
        outgoing = _outgoing(message_id, (to[0], to[1]), subject, words, language, at, files)
        channels()["mail"].deliver(replace(outgoing, reply_to=reply_to))
    except PermanentFailure:
        return


def _outgoing(
    message_id: str,
    to: Address,
    subject: str,
    words: str,
    language: str,
    at: str,
    files: Sequence[Sequence[str]],
) -> Outgoing:
    box = by_key("")
    return Outgoing(
        message_id=message_id,
        sender=(box.name, box.address) if box else ("", f"support@{domain()}"),
        to=(to,),
        cc=(),
        subject=subject,
        text=words,
        html=in_html(words, language),
        at=datetime.fromisoformat(at),
        language=language,
        is_automatic=True,
        files=tuple(OutgoingFile(name, kind, b64decode(data)) for name, kind, data in files),
    )
