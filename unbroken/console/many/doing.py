"""Doing something to many requests, each by itself, and taking it back where nobody went on.

Each request is locked, changed and committed alone: one refusal stops no other. Undoing is a
change like any other, told as such; it is refused for a request that somebody touched since.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from unbroken.console.macros import deed as macro
from unbroken.console.many.deeds import Deed
from unbroken.console.many.levels import levels_for
from unbroken.console.sleep import sleeping
from unbroken.conversation import actions as record
from unbroken.conversation.ending import ENDS, check_ending
from unbroken.conversation.ids import TicketId
from unbroken.conversation.states import ENDED
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, refusals
from unbroken.ground.sql import row
from unbroken.ground.words import _
from unbroken.routing import actions as routing

refusals(
    {
        "many.not_there": _("It is not there any more, or not yours to see."),
        "many.no_way_back": _("From here there is no way back to where it was."),
        "many.touched": _("Somebody has gone on with it since."),
    }
)


BEGUN = ("acknowledged", "inProgress")
"""A request that was begun stays begun: there is no way back to new."""


@dataclass(frozen=True, slots=True)
class Stood:
    """How a request stood before the deed."""

    version: int
    status: str
    waiting_for: str
    pending_until: datetime | None
    team_id: int | None
    assignee_id: int | None
    impact: str
    urgency: str
    tags: list[str]
    sleep: str
    sleeps_until: datetime | None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one request: changed (with how it stood), refused, or nothing to do."""

    number: int
    version: int = 0
    stood: dict[str, Any] = field(default_factory=dict)
    refused: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        """Whether the deed did something to it."""
        return bool(self.stood)

    @property
    def why(self) -> str:
        """Why not, in the reader's language."""
        return Refused(self.refused, **self.values).in_words()


@dataclass(frozen=True, slots=True)
class _Touched:
    is_touched: bool


def do_to(numbers: Iterable[int], deed: Deed, *, by: Actor, at: datetime) -> list[Result]:
    """One after the other, each in a transaction of its own."""
    return [_one(number, lambda n, _s: _deed(n, deed, by, at)) for number in sorted(set(numbers))]


def take_back(results: Iterable[Result], deed: Deed, *, by: Actor, at: datetime) -> list[Result]:
    """Each as it stood before, unless somebody went on with it since."""
    return [_one(one.number, _back(one, deed, by, at)) for one in results if one.is_changed]


def _one(number: int, change: Callable[[TicketId, Stood], dict[str, Any] | None]) -> Result:
    try:
        with transaction.atomic():
            before = _locked(number)
            if before is None:
                raise Refused("many.not_there")
            more = change(TicketId(number), before) or {}
            after = _locked(number)
            assert after is not None
    except Refused as refusal:
        values = {name: str(value) for name, value in refusal.values.items()}
        return Result(number, refused=refusal.key, values=values)
    if after.version == before.version:
        return Result(number)
    stood = asdict(before)
    times = {name: one.isoformat() for name, one in stood.items() if isinstance(one, datetime)}
    return Result(number, after.version, stood | times | more)


def _locked(number: int) -> Stood | None:
    return row(Stood, "console/many/queries/lock_ticket.sql", number=number)


def _deed(ticket: TicketId, deed: Deed, by: Actor, at: datetime) -> dict[str, Any] | None:
    match deed.kind:
        case "agent":
            routing.give_to_agent(ticket_id=ticket, agent_id=deed.number, by=by, at=at)
        case "team":
            routing.give_to_team(ticket_id=ticket, team_id=deed.number, by=by, at=at)
        case "priority":
            impact, urgency = levels_for(deed.value)
            record.classify_ticket(ticket_id=ticket, impact=impact, urgency=urgency, by=by, at=at)
        case "tag":
            words = {"add" if deed.value == "add" else "remove": [deed.word]}
            record.tag_ticket(ticket_id=ticket, **words, by=by, at=at)
        case "sleep":
            sleeping.put_off(ticket, deed.value, deed.word, by=by, at=at)
        case "macro":
            return macro.do(ticket, deed.number, by=by, at=at)
        case _:
            if deed.value in ENDS:
                check_ending(ticket)
            _move(ticket, deed.value, by, at)
    return None


def _move(ticket: TicketId, to: str, by: Actor, at: datetime) -> None:
    if to.startswith("hold-"):
        why: Any = to.removeprefix("hold-")
        record.hold_ticket(ticket_id=ticket, waiting_for=why, by=by, at=at)
        return
    move: Callable[..., None] = {
        "start": record.start_work,
        "ask": record.ask_customer,
        "resume": record.resume_ticket,
        "resolve": record.resolve_ticket,
        "close": record.close_ticket,
        "reopen": record.reopen_ticket,
    }[to]
    move(ticket_id=ticket, by=by, at=at)


def _back(one: Result, deed: Deed, by: Actor, at: datetime) -> Callable[[TicketId, Stood], None]:
    def back(ticket: TicketId, now: Stood) -> None:
        touched = row(
            _Touched,
            "console/many/queries/touched_since.sql",
            number=one.number,
            version=one.version,
        )
        if touched is None or touched.is_touched:
            raise Refused("many.touched")
        was = one.stood
        if deed.kind in ("agent", "team"):
            record.assign_ticket(
                ticket_id=ticket,
                team_id=was["team_id"],
                agent_id=was["assignee_id"],
                by=by,
                at=at,
            )
        elif deed.kind == "priority":
            record.classify_ticket(
                ticket_id=ticket, impact=was["impact"], urgency=was["urgency"], by=by, at=at
            )
        elif deed.kind == "macro":
            macro.undo(ticket, was, now, by=by, at=at)
            if now.status != was["status"] and (was["status"], now.status) != BEGUN:
                _move_back(ticket, now, was, by, at)
        elif deed.kind == "sleep":
            sleeping.as_before(ticket, was["sleep"], was["sleeps_until"], by=by, at=at)
        elif deed.kind == "tag":
            add, remove = set(was["tags"]) - set(now.tags), set(now.tags) - set(was["tags"])
            record.tag_ticket(ticket_id=ticket, add=add, remove=remove, by=by, at=at)
        else:
            _move_back(ticket, now, was, by, at)

    return back


def _move_back(ticket: TicketId, now: Stood, was: dict[str, Any], by: Actor, at: datetime) -> None:
    """Into the state it was in; a new one that was begun stays begun."""
    if was["status"] in ENDED:
        _move(ticket, "resolve" if was["status"] == "resolved" else "close", by, at)
        return
    if was["status"] == "acknowledged" and now.status == "inProgress":
        raise Refused("many.no_way_back")
    if now.status in ENDED:
        record.reopen_ticket(ticket_id=ticket, by=by, at=at)
    elif was["status"] in ("inProgress", "acknowledged"):
        record.resume_ticket(ticket_id=ticket, by=by, at=at)
    until = datetime.fromisoformat(was["pending_until"]) if was["pending_until"] else None
    if was["status"] == "pending":
        record.ask_customer(ticket_id=ticket, until=until, by=by, at=at)
    elif was["status"] == "held":
        why: Any = was["waiting_for"] or "other"
        record.hold_ticket(ticket_id=ticket, waiting_for=why, until=until, by=by, at=at)
