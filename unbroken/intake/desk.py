"""Who we are on the mail's stage: our domain, our mark, our mailboxes."""

from urllib.parse import urlsplit

from django.conf import settings

from unbroken.intake.mail import Desk
from unbroken.intake.mailboxes import by_key, mailboxes


def secret() -> bytes:
    """What our marks are made with."""
    return str(settings.SECRET_KEY).encode()


def domain() -> str:
    """The right-hand side of our Message-IDs: the default mailbox's, else the portal's host."""
    box = by_key("")
    if box is not None:
        return box.address.rpartition("@")[2]
    return urlsplit(settings.BASE_URL).hostname or "unbroken.invalid"


def our_desk() -> Desk:
    """What reading needs to know our own mail when it comes back."""
    return Desk(
        secret=secret(),
        key=domain(),
        mailboxes=frozenset(box.address for box in mailboxes()),
    )
