"""One press that spares somebody news of trouble and planned work: in a mail program, or on a page.

It says nothing of their own requests: what is answered there they get all the same.
"""

from datetime import datetime

from django.conf import settings

from unbroken.directory import actions as directory
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import Actor
from unbroken.ground.signed import SignedNumbers

_LINKS = SignedNumbers("unbroken.intake.less")


def less_link(contact: int) -> str:
    """Where one press ends it."""
    return f"{settings.BASE_URL}/less/{less_token(contact)}"


def less_token(contact: int) -> str:
    """The signed part of it."""
    return _LINKS.token(contact)


def read_less(token: str) -> int | None:
    """Who wants less; None when we did not make the link."""
    found = _LINKS.read(token)
    return found[0] if found else None


def look_themselves(contact: int, *, at: datetime) -> None:
    """From now on they look in the portal. They may choose otherwise in their settings."""
    directory.change_contact(
        contact_id=ContactId(contact), news_by="portal", by=Actor.contact(contact), at=at
    )
