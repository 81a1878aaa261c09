"""The desk's own addresses."""

from datetime import datetime
from typing import Any

from unbroken.ground.actor import Actor
from unbroken.ground.change import begin, change
from unbroken.intake.events import MailboxSet
from unbroken.intake.mailboxes import forget_mailboxes
from unbroken.intake.models import Mailbox


def set_mailbox(
    *,
    key: str,
    address: str,
    name: str = "",
    language: str = "en",
    plus_addressing: bool = False,
    is_default: bool = False,
    active: bool = True,
    imap: dict[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Add or change a mailbox. `imap`: host, port, tls, user, password, folder, seconds."""
    wanted: dict[str, Any] = {
        "key": key,
        "address": address.strip().lower(),
        "name": name,
        "language": language,
        "plus_addressing": plus_addressing,
        "is_default": is_default,
        "active": active,
        "imap": imap or {},
    }
    known = Mailbox.objects.filter(key=key).first()
    if known is not None and all(getattr(known, k) == v for k, v in wanted.items()):
        return
    opened = (
        begin(Mailbox, by=by, at=at) if known is None else change(Mailbox, known.pk, by=by, at=at)
    )
    with opened as mailbox:
        for field, value in wanted.items():
            setattr(mailbox, field, value)
        mailbox.tell(MailboxSet(key=key))
    forget_mailboxes()
