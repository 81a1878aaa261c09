"""The desk's own addresses, as reading and sending need them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unbroken.ground.kept import Kept
from unbroken.intake.models import Mailbox, MailboxMark


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


@dataclass(frozen=True, slots=True)
class StoredMailbox:
    """A mailbox as it is set up, without its password, and how fetching its mail goes."""

    id: int
    key: str
    address: str
    name: str
    language: str
    plus_addressing: bool
    is_default: bool
    active: bool
    imap: Mapping[str, Any]
    has_password: bool
    seen_at: datetime | None
    error: str


def stored_mailboxes() -> list[StoredMailbox]:
    """Every mailbox, also those not in use, the default first."""
    marks = {mark.mailbox_id: mark for mark in MailboxMark.objects.all()}
    every = Mailbox.objects.order_by("-active", "-is_default", "key")
    return [_stored(box, marks.get(box.pk)) for box in every]


def _stored(box: Mailbox, mark: MailboxMark | None) -> StoredMailbox:
    return StoredMailbox(
        id=box.pk,
        key=box.key,
        address=box.address,
        name=box.name,
        language=box.language,
        plus_addressing=box.plus_addressing,
        is_default=box.is_default,
        active=box.active,
        imap={name: value for name, value in box.imap.items() if name != "password"},
        has_password=bool(box.imap.get("password")),
        seen_at=mark.seen_at if mark else None,
        error=mark.error if mark else "",
    )


def sealed_password(mailbox_id: int) -> str:
    """The password as it is kept: sealed, to be kept on."""
    found = Mailbox.objects.filter(pk=mailbox_id).values_list("imap", flat=True).first()
    return str((found or {}).get("password") or "")


def may_keep_password(kept: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether the kept password would be told to the same server, at least as well protected."""
    if any(kept.get(name) != wanted.get(name) for name in ("host", "port", "user")):
        return False
    was, will = protection(kept), protection(wanted)
    is_verified = wanted.get("verify", True) or not kept.get("verify", True)
    return is_verified and will in ((was,) if was != "none" else ("tls", "starttls", "none"))


def protection(imap: Mapping[str, Any]) -> str:
    """`tls`, `starttls` or `none`; older rows and imports say it in short."""
    said = imap.get("tls")
    return {True: "tls", False: "none", None: "tls"}.get(said, str(said))


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
