"""One ticket with everything around it: promises, the chain of hands, the timeline."""

from collections.abc import Sequence
from datetime import datetime

from unbroken.api.tickets.hands import Hands
from unbroken.api.tickets.options import WHOLE
from unbroken.api.tickets.promises import promises_of
from unbroken.api.tickets.queries import (
    COUNTED,
    Json,
    TicketRow,
    as_json,
    hands_by_number,
    iso,
    ticket_row,
)
from unbroken.conversation.queries.told import told_ahead
from unbroken.ground.log import events_of
from unbroken.ground.words import current_language, supported
from unbroken.routing.chain.happening import Standing, at_wall, happening
from unbroken.routing.chain.reading import ChainView, LegView, chain_view

WORK = frozenset({"chain", "happening"})
HANDS = COUNTED | WORK


def whole_ticket(
    number: int, fields: Sequence[str] = WHOLE, *, at: datetime, is_new: bool = False
) -> Json:
    """One ticket, which the caller has found for a reader who may see it.

    One that is new was in nobody's hands yet, so nobody looks for them.
    """
    hands = Hands()
    if not is_new and HANDS.intersection(fields):
        hands = hands_by_number([number]).get(number, hands)
    found = ticket_row(number)
    ticket = as_json(found, hands, fields)
    if "promises" in fields:
        ticket["promises"] = promises_of(number, at=at)
    if is_new or not WORK.intersection(fields):
        return ticket | ({"chain": []} if "chain" in fields else {})
    legs = chain_view(number)
    if "chain" in fields:
        ticket["chain"] = links_of(hands, legs)
    if "happening" in fields:
        ticket["happening"] = _happening(found, hands, legs, at)
    return ticket


def links_of(hands: Hands, legs: ChainView) -> list[Json]:
    """Who had it, in order: the hands it went through, and since its work is counted its legs."""
    given = [one for one in legs.legs if one.given_at is not None]
    first = min((one.given_at for one in given if one.given_at), default=None)
    before = [one for one in hands.chain if first is None or one.since < first]
    return [_link(one.group, one.person, one.since, one.until) for one in before] + [
        _leg(one) for one in legs.legs
    ]


def _link(
    group: str | None, person: str | None, since: datetime | None, until: datetime | None
) -> Json:
    return {"group": group, "person": person, "since": iso(since), "until": iso(until)}


def _leg(leg: LegView) -> Json:
    outside = leg.kind in ("side", "child")
    who = leg.whom if outside else leg.agent
    group = None if outside else leg.team_key
    return _link(group, who or None, leg.given_at, leg.ended_at) | {
        "kind": leg.kind,
        "state": leg.state,
        "needed": leg.needed,
        "due": iso(leg.due_at),
        "done": leg.done,
        "facts": dict(leg.raw_facts),
        "progress": {"done": leg.done_count, "of": leg.of_count, "unit": leg.unit}
        if leg.of_count
        else None,
    }


def _happening(row: TicketRow, hands: Hands, legs: ChainView, at: datetime) -> Json:
    """In the customer's language what is meant for them; for colleagues in the reader's."""
    last = hands.chain[-1] if hands.chain else None
    standing = Standing(
        status=row.status,
        waiting_for=row.waiting_for,
        team=(last.group if last else None) or "",
        agent=(last.person if last else None) or "",
        told_by=told_ahead(row.number, at=at),
        looked_at=row.status != "acknowledged",
    )
    wall = at_wall(at, "UTC")
    theirs = happening(legs, standing, at=at, at_words=wall, language=supported(row.language))
    ours = happening(legs, standing, at=at, at_words=wall, language=current_language())
    return {"agent": ours.agent, "customer": theirs.customer, "phone": theirs.phone}


def timeline_of(number: int) -> list[Json]:
    """Every event of a ticket, in order. Who did it is named by kind and number."""
    return [
        {"at": iso(event.at), "by": event.by, "kind": event.kind, "data": dict(event.data)}
        for event in events_of([f"ticket:{number}"])
    ]
