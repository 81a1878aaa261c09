"""The desk's own addresses, and from where their mail is fetched."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.sealed import seal, unseal
from unbroken.ground.undo import restores, values_back
from unbroken.ground.words import _
from unbroken.intake.events import MailboxSet
from unbroken.intake.mailboxes import forget_mailboxes, may_keep_password
from unbroken.intake.models import Mailbox

TOLD = ("address", "name", "language", "plus_addressing", "is_default", "active")

refusals(
    {
        "mailbox.address_taken": _("{address} is the mailbox {key} already."),
        "mailbox.default_needed": _(
            "Mail to no address of ours has to go somewhere: choose another default mailbox first."
        ),
        "mailbox.other_server": _(
            "It was fetched from another server or user before: type that in, with its password."
        ),
    }
)


def set_mailbox(
    *,
    key: str,
    address: str,
    name: str = "",
    language: str = "en",
    plus_addressing: bool = False,
    is_default: bool = False,
    active: bool = True,
    imap: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Add or change a mailbox. `imap`: host, port, tls, user, password, folder, seconds.

    The password is kept sealed, and no event tells it. There is one default: whichever was it
    gives way.
    """
    wanted: dict[str, Any] = {
        "key": key,
        "address": address.strip().lower(),
        "name": name,
        "language": language,
        "plus_addressing": plus_addressing,
        "is_default": is_default,
        "active": active,
        "imap": dict(imap or {}),
    }
    known = Mailbox.objects.filter(key=key).first()
    if known is not None and known.is_default and not (is_default and active):
        raise Refused("mailbox.default_needed")
    taken = Mailbox.objects.filter(address=wanted["address"]).exclude(key=key).first()
    if taken is not None:
        raise Refused("mailbox.address_taken", address=wanted["address"], key=taken.key)
    with transaction.atomic():
        if is_default:
            for old in Mailbox.objects.filter(is_default=True).exclude(key=key):
                _write(old, {"is_default": False}, by=by, at=at)
        _write(known, wanted, by=by, at=at)
    forget_mailboxes()


def _write(known: Mailbox | None, wanted: dict[str, Any], *, by: Actor, at: datetime) -> None:
    if known is None:
        with begin(Mailbox, by=by, at=at) as mailbox:
            _put(mailbox, wanted)
            mailbox.tell(MailboxSet(key=mailbox.key))
        return
    before = {**{column: getattr(known, column) for column in wanted}}
    if "imap" in wanted and opened(known.imap) == opened(wanted["imap"]):
        wanted = wanted | {"imap": known.imap}
    if before == wanted:
        return
    with change(Mailbox, known.pk, by=by, at=at) as mailbox:
        was = _told(mailbox)
        _put(mailbox, wanted)
        now = _told(mailbox)
        changed = [column for column in was if was[column] != now[column]]
        mailbox.tell(
            MailboxSet(
                key=mailbox.key,
                was={column: was[column] for column in changed},
                now={column: now[column] for column in changed},
            )
        )


def _put(mailbox: Any, wanted: Mapping[str, Any]) -> None:
    for column, value in wanted.items():
        if column == "imap" and value:
            value = {**value, "password": seal(value.get("password") or "")}
        setattr(mailbox, column, value)


def opened(imap: Mapping[str, Any]) -> dict[str, Any]:
    """The settings with the password as it is typed: to compare and to log in, never to show."""
    return {**imap, "password": unseal(imap.get("password") or "")} if imap else {}


def _told(mailbox: Any) -> dict[str, Any]:
    """As events tell it: the password is not in it."""
    imap = {name: value for name, value in mailbox.imap.items() if name != "password"}
    return {**{column: getattr(mailbox, column) for column in TOLD}, "imap": imap}


def _mailbox_as_before(event: LoggedEvent, **told: Any) -> None:
    """As it was, with the password it has now: the record keeps none.

    Attack: the host was one's own server; taking back its correction would hand that server the
    password of the right one, or say it where others listen.
    """
    known = Mailbox.objects.get(key=event.data["key"])
    values = _told(known) | values_back(event)
    is_safe = may_keep_password(known.imap, values["imap"])
    if values["imap"] and known.imap.get("password") and not is_safe:
        raise Refused("mailbox.other_server")
    if values["imap"]:
        values["imap"] = values["imap"] | {"password": known.imap.get("password", "")}
    set_mailbox(key=known.key, **values, **told)


restores({"mailbox.set": _mailbox_as_before})
