"""The link in a mail that opens a ticket in the portal, signed by us.

A link names a ticket and the contact it was sent to, nothing else. It proves that we made it,
not that it still holds: whether that contact still takes part is asked when it is opened.
"""

from dataclasses import dataclass

from django.conf import settings

from unbroken.ground.signed import SignedNumbers

_TICKETS = SignedNumbers("unbroken.conversation.links", count=2)
_UNFOLLOW = SignedNumbers("unbroken.conversation.unfollow", count=2)
_APPROVALS = SignedNumbers("unbroken.conversation.approvals", count=2)


@dataclass(frozen=True, slots=True)
class LinkFor:
    """Which ticket a link opens, and for whom."""

    ticket_id: int
    contact_id: int


def ticket_link(ticket_id: int, contact_id: int) -> str:
    """The address that opens this ticket for this contact, as it stands in a mail."""
    return f"{settings.BASE_URL}/r/{link_token(ticket_id, contact_id)}"


def link_token(ticket_id: int, contact_id: int) -> str:
    """The signed part of the link. The same pair gives the same token, for ever."""
    return _TICKETS.token(ticket_id, contact_id)


def read_link(token: str) -> LinkFor | None:
    """What a link names; None when we did not make it."""
    found = _TICKETS.read(token)
    return LinkFor(*found) if found else None


def approval_link(approval_id: int, contact_id: int) -> str:
    """The address on which this contact decides about an order, once."""
    return f"{settings.BASE_URL}/approve/{_APPROVALS.token(approval_id, contact_id)}"


def read_approval(token: str) -> tuple[int, int] | None:
    """Which order, and who was asked; None when we did not make it."""
    found = _APPROVALS.read(token)
    return (found[0], found[1]) if found else None


def unfollow_link(ticket_id: int, contact_id: int) -> str:
    """The address at which one press, or a mail program for it, ends mail about a ticket."""
    return f"{settings.BASE_URL}/unfollow/{_UNFOLLOW.token(ticket_id, contact_id)}"


def read_unfollow(token: str) -> LinkFor | None:
    """Whom mail about which ticket is to be spared; None when we did not make it."""
    found = _UNFOLLOW.read(token)
    return LinkFor(*found) if found else None


def desk_link(ticket_id: int) -> str:
    """The request on an agent's screen: whoever follows it signs in first."""
    return f"{settings.BASE_URL}/console/tickets/{ticket_id}"
