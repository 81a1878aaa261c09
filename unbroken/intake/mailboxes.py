"""The desk's own addresses, as reading and sending need them."""

from collections.abc import Iterable
from dataclasses import dataclass

from unbroken.ground.kept import Kept
from unbroken.intake.models import Mailbox


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """One address of ours."""

    key: str
    address: str
    name: str
    language: str
    plus_addressing: bool
    is_default: bool


def mailboxes() -> tuple[MailboxRow, ...]:
    """All in use, the default first."""
    return kept_mailboxes()


def _mailboxes() -> tuple[MailboxRow, ...]:
    rows = Mailbox.objects.filter(active=True).order_by("-is_default", "key")
    columns = ("key", "address", "name", "language", "plus_addressing", "is_default")
    return tuple(MailboxRow(*row) for row in rows.values_list(*columns))


kept_mailboxes = Kept(_mailboxes)


def forget_mailboxes() -> None:
    """Read them anew: one was just changed."""
    kept_mailboxes.forget()


def without_plus(address: str) -> str:
    """`support+t100001.abc@isp.example` is the mailbox `support@isp.example`."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def mailbox_for(addresses: Iterable[str]) -> MailboxRow | None:
    """The first of these addresses that is ours, else the default mailbox."""
    ours = {box.address: box for box in mailboxes()}
    for address in addresses:
        found = ours.get(address.lower()) or ours.get(without_plus(address))
        if found:
            return found
    return next((box for box in mailboxes() if box.is_default), None)


def by_key(key: str) -> MailboxRow | None:
    """The mailbox with this key, else the default one."""
    named = next((box for box in mailboxes() if box.key == key), None)
    return named or next((box for box in mailboxes() if box.is_default), None)


def is_ours(address: str) -> bool:
    """Whether an address is one of our mailboxes."""
    return any(box.address in (address.lower(), without_plus(address)) for box in mailboxes())
