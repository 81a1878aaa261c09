"""The portal's working state: keys sent by mail, and counting knocks at the door.

Nothing here is kept in the clear: keys are digests, and so is where a knock came from.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from unbroken.portal.limits import Limit
from unbroken.portal.models import DoorKey, Knock

LINK_LASTS = timedelta(hours=1)
INVITATION_LASTS = timedelta(days=7)
CODE_LASTS = timedelta(minutes=10)
CODE_TRIES_MAX = 5
CODE_DIGITS = 6

_COUNT = """
INSERT INTO portal_knock (key, since_at, count) VALUES (%(key)s, %(at)s, 1)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN portal_knock.since_at <= %(old)s THEN 1 ELSE portal_knock.count + 1 END,
    since_at = CASE WHEN portal_knock.since_at <= %(old)s THEN %(at)s
                    ELSE portal_knock.since_at END
RETURNING count
"""


def may_knock(limit: Limit, who: str, *, at: datetime) -> bool:
    """Count one more; False when it is one too many for this window."""
    key = f"{limit.what}:{salted_hmac('unbroken.portal.knock', who).hexdigest()[:32]}"
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "at": at, "old": at - limit.within})
        (count,) = cursor.fetchone()
    return int(count) <= limit.most


# ── a link by mail ────────────────────────────────────────────────────────────


def make_link_key(*, address: str, at: datetime) -> str:
    """A key for the link in a mail to this address; only the mail knows it."""
    key = secrets.token_urlsafe(32)
    DoorKey.objects.create(
        name=_name("link", key), kind="link", secret="", address=address, ends_at=at + LINK_LASTS
    )
    _sweep(at)
    return key


def address_of_link(key: str, *, at: datetime) -> str:
    """Whose mailbox the key was sent to; empty when it is unknown, over or used."""
    found = DoorKey.objects.filter(name=_name("link", key), kind="link", ends_at__gt=at)
    return found.filter(used_at=None).values_list("address", flat=True).first() or ""


def use_link(key: str, *, at: datetime) -> bool:
    """Use the key up; True for the one who was first."""
    found = DoorKey.objects.filter(name=_name("link", key), kind="link", ends_at__gt=at)
    return found.filter(used_at=None).update(used_at=at) == 1


# ── an invitation ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited, and to which mailbox the link went."""

    address: str
    contact_id: int


def make_invitation(*, address: str, contact_id: int, at: datetime) -> str:
    """A key for the link in an invitation; only the mail knows it."""
    key = secrets.token_urlsafe(32)
    DoorKey.objects.create(
        name=_name("invitation", key),
        kind="invitation",
        secret="",
        address=address,
        contact_id=contact_id,
        ends_at=at + INVITATION_LASTS,
    )
    _sweep(at)
    return key


def invitation_of(key: str, *, at: datetime) -> Invited | None:
    """Who was invited by this key; None when it is unknown, over or used."""
    found = _invitations(key, at=at).first()
    return Invited(found.address, found.contact_id or 0) if found else None


def use_invitation(key: str, *, at: datetime) -> bool:
    """Use the key up; True for the one who was first."""
    return _invitations(key, at=at).update(used_at=at) == 1


def _invitations(key: str, *, at: datetime) -> QuerySet[DoorKey]:
    return DoorKey.objects.filter(
        name=_name("invitation", key), kind="invitation", ends_at__gt=at, used_at=None
    )


# ── a code by mail ────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Challenge:
    """A code was asked for: `name` stays in the browser, `code` goes into the mail."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What the right code opens."""

    address: str
    ticket_id: int


def make_challenge(*, address: str, ticket_id: int | None, at: datetime) -> Challenge:
    """A new code. Without a ticket it opens nothing, but looks and wears out the same."""
    name = secrets.token_urlsafe(24)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    DoorKey.objects.create(
        name=_name("code", name),
        kind="code",
        secret=_mac(name, code),
        address=address,
        ticket_id=ticket_id,
        ends_at=at + CODE_LASTS,
    )
    _sweep(at)
    return Challenge(name, code)


def try_code(name: str, code: str, *, at: datetime) -> Opened | None:
    """One try: counted before the code is looked at, so that tries at once count one by one."""
    found = DoorKey.objects.filter(
        name=_name("code", name), kind="code", ends_at__gt=at, used_at=None
    )
    if not found.filter(tries__lt=CODE_TRIES_MAX).update(tries=F("tries") + 1):
        return None
    key = found.first()
    if key is None or not constant_time_compare(key.secret, _mac(name, code)):
        return None
    if key.ticket_id is None or not found.update(used_at=at):
        return None
    return Opened(key.address, key.ticket_id)


def has_tries_left(name: str, *, at: datetime) -> bool:
    """Whether it makes sense to ask for the code once more."""
    return DoorKey.objects.filter(
        name=_name("code", name),
        kind="code",
        ends_at__gt=at,
        used_at=None,
        tries__lt=CODE_TRIES_MAX,
    ).exists()


# ── what the above need ───────────────────────────────────────────────────────


def _name(kind: str, key: str) -> str:
    return hashlib.sha256(f"{kind}:{key}".encode()).hexdigest()


def _mac(name: str, code: str) -> str:
    return salted_hmac("unbroken.portal.code", f"{name}:{code}", algorithm="sha256").hexdigest()


def _sweep(at: datetime) -> None:
    """What has ended long ago is forgotten, a little at every new key."""
    DoorKey.objects.filter(ends_at__lt=at - timedelta(days=1)).delete()
    Knock.objects.filter(since_at__lt=at - timedelta(days=2)).delete()
