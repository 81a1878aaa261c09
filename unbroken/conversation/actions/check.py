"""What is left to do on a ticket, item by item; and the lists that topics bring."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from unbroken.conversation.events_beside import (
    ChecklistAdded,
    ChecklistSet,
    ItemDropped,
    ItemTicked,
    ItemUnticked,
)
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.models_beside import Checklist, ChecklistItem
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change

ITEMS_MAX = 50
"""Things to do on one ticket."""

TEXT_MAX = 300


def add_items(
    *,
    ticket_id: TicketId,
    texts: Sequence[str],
    by: Actor,
    at: datetime,
    checklist_id: int | None = None,
) -> None:
    """More is to be done. What stands there already, and is not done, is not added twice."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        there = list(ChecklistItem.objects.filter(ticket_id=ticket_id, dropped_at__isnull=True))
        open_texts = {item.text for item in there if item.done_at is None}
        given = (" ".join(text.split())[:TEXT_MAX] for text in texts)
        wanted = [text for text in dict.fromkeys(given) if text and text not in open_texts]
        if not wanted:
            return
        if len(there) + len(wanted) > ITEMS_MAX:
            raise Refused("ticket.too_many_items", most=ITEMS_MAX)
        items = [ticket.add(ChecklistItem(ticket_id=ticket_id, text=text)) for text in wanted]
        told = tuple(int(item.pk) for item in items)
        ticket.tell(ChecklistAdded(items=told, checklist=checklist_id))


def tick_item(
    *, ticket_id: TicketId, item_id: int, is_done: bool, agent_id: int, by: Actor, at: datetime
) -> None:
    """It is done, or not after all. As it is already changes nothing."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        item = _item(ticket_id, item_id)
        if (item.done_at is not None) == is_done:
            return
        item.done_at, item.done_by_id = (at, agent_id) if is_done else (None, None)
        ticket.add(item)
        ticket.tell(ItemTicked(item=item_id) if is_done else ItemUnticked(item=item_id))


def drop_item(*, ticket_id: TicketId, item_id: int, by: Actor, at: datetime) -> None:
    """It need not be done here."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        item = _item(ticket_id, item_id)
        item.dropped_at = at
        ticket.add(item)
        ticket.tell(ItemDropped(item=item_id))


def _item(ticket_id: int, item_id: int) -> ChecklistItem:
    found = ChecklistItem.objects.filter(
        pk=item_id, ticket_id=ticket_id, dropped_at__isnull=True
    ).first()
    if found is None:
        raise Refused("ticket.no_such_item")
    return found


def set_checklist(
    *,
    topic_id: int,
    names: Mapping[str, str],
    items: Mapping[str, Sequence[str]],
    active: bool = True,
    checklist_id: int | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Add, change or retire a list of things to do under a topic."""
    wanted: dict[str, Any] = {
        "topic_id": topic_id,
        "names": dict(names),
        "items": {language: list(texts) for language, texts in items.items() if texts},
        "active": active,
    }
    if not wanted["names"] or not wanted["items"]:
        raise Refused("checklist.empty")
    opened = (
        begin(Checklist, by=by, at=at)
        if checklist_id is None
        else change(Checklist, checklist_id, by=by, at=at)
    )
    with opened as checklist:
        if all(getattr(checklist, name) == value for name, value in wanted.items()):
            return int(checklist.id)
        for name, value in wanted.items():
            setattr(checklist, name, value)
        checklist.tell(
            ChecklistSet(
                topic=topic_id, names=wanted["names"], items=wanted["items"], active=active
            )
        )
    return int(checklist.id)
