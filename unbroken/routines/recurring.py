"""What recurs is written, paused, skipped once, and made when its time has come.

Making is one transaction under the lock of its row: the ticket and the next time are there
together or not at all, so a crash makes none twice and loses none.
"""

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from unbroken.conversation import actions as record
from unbroken.conversation import queries as asked
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.directory import queries as directory
from unbroken.directory.ids import CustomerId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import begin, change
from unbroken.routines.actions import as_before, check
from unbroken.routines.events import (
    RecurrenceMade,
    RecurrenceSet,
    RecurrenceSkipped,
    RecurrenceSwitched,
)
from unbroken.routines.ids import RecurrenceId
from unbroken.routines.models import Recurrence
from unbroken.routines.queries.recurrences import next_of
from unbroken.routines.sheets import RecurrenceSheet
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import TeamId


def set_recurrence(
    sheet: RecurrenceSheet, *, recurrence_id: RecurrenceId | None = None, by: Actor, at: datetime
) -> RecurrenceId:
    """Write what recurs, or change it. The same as before changes nothing."""
    check(sheet.wrong())
    body, model = sheet.write(), Recurrence
    opened = (
        change(model, recurrence_id, by=by, at=at) if recurrence_id else begin(model, by=by, at=at)
    )
    with opened as row:
        if recurrence_id and row.definition == body:
            return recurrence_id
        was = _said(row, row.definition) if recurrence_id else None
        row.name, row.definition, row.next_at = sheet.name, body, next_of(sheet, at)
        row.tell(RecurrenceSet(body=_said(row, body), was=was, next_at=row.next_at))
    return RecurrenceId(row.id)


def take_back_recurrence(
    *, recurrence_id: RecurrenceId, version: int, by: Actor, at: datetime
) -> None:
    """The last change is undone, if it is still the last."""
    before = as_before(f"recurrence:{recurrence_id}", version)
    set_recurrence(RecurrenceSheet.read(before), recurrence_id=recurrence_id, by=by, at=at)


def switch_recurrence(*, recurrence_id: RecurrenceId, on: bool, by: Actor, at: datetime) -> None:
    """It rests, or goes on with the next time that is still ahead."""
    with change(Recurrence, recurrence_id, by=by, at=at) as row:
        if row.active == on:
            return
        row.active = on
        row.next_at = next_of(RecurrenceSheet.read(row.definition), at)
        row.tell(RecurrenceSwitched(on=on, next_at=row.next_at))


def skip_once(*, recurrence_id: RecurrenceId, due: datetime, by: Actor, at: datetime) -> None:
    """The next one is not made. Asked twice for the same one it skips one only."""
    with change(Recurrence, recurrence_id, by=by, at=at) as row:
        if row.next_at is None or row.next_at != due:
            return
        row.next_at = next_of(RecurrenceSheet.read(row.definition), row.next_at)
        row.tell(RecurrenceSkipped(due=due, next_at=row.next_at))


def make(*, recurrence_id: RecurrenceId, at: datetime) -> TicketId | None:
    """Make the ticket that is due; None when somebody else did, or it is not due any more."""
    with transaction.atomic():
        row = Recurrence.objects.select_for_update(no_key=True).get(pk=recurrence_id)
        due = row.next_at
        if not row.active or due is None or due > at:
            return None
        sheet = RecurrenceSheet.read(row.definition)
        ticket = _open(sheet, recurrence_id, at)
        with change(Recurrence, recurrence_id, by=HOUSE, at=at) as changed:
            changed.next_at = next_of(sheet, at)
            changed.tell(RecurrenceMade(ticket=ticket, due=due, next_at=changed.next_at))
    return ticket


def _open(sheet: RecurrenceSheet, recurrence_id: RecurrenceId, at: datetime) -> TicketId:
    """A team or topic that is gone is left out: refused, it would hold up all that come after."""
    contacts = directory.contacts_of(CustomerId(sheet.customer)) if sheet.customer else ()
    speaking = (one for one in contacts if one.confirmed and not one.has_left)
    contact = next(speaking, None)
    opening = Opening(
        name=sheet.subject,
        channel="console",
        reported_at=at,
        ticket_type=sheet.type,
        language=contact.language if contact and contact.language else "en",
        contact_id=contact.id if contact else None,
        contact_confirmed=contact is not None,
        customer_id=sheet.customer or None,
        topic_id=sheet.topic if sheet.topic and asked.topic(sheet.topic) else None,
        may_answer=False,
    )
    words = sheet.text or sheet.subject
    by = Actor("house", f"recurrence:{recurrence_id}")
    said = Incoming(
        author=by, channel="console", words=words, at=at, audience="agents", kind="note"
    )
    ticket, _message = record.acknowledge_ticket(opening, said, by=by, at=at)
    team = staffing.team(TeamId(sheet.team)) if sheet.team else None
    if team is not None and team.active:
        record.assign_ticket(ticket_id=ticket, team_id=team.id, agent_id=None, by=by, at=at)
    if sheet.items:
        record.add_items(ticket_id=ticket, texts=sheet.items, by=by, at=at)
    return ticket


def _said(row: Any, body: dict[str, Any]) -> int:
    return int(row.said(json.dumps(body, ensure_ascii=False, sort_keys=True), whose=row.by))
