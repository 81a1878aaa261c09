"""What was taken in is read and enters the record: once, whoever asks first.

The letter of `intake.taken` asks; a face that cannot wait (the number must be on the page)
asks at once. Whoever comes second gets the first one's answer.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import change_held
from unbroken.ground.sql import planned_once
from unbroken.ground.statements import held
from unbroken.intake.asked import WebRequest
from unbroken.intake.channels import channels
from unbroken.intake.entering.mail import enter_mail
from unbroken.intake.entering.outcome import Outcome, Taken
from unbroken.intake.entering.web import enter_web
from unbroken.intake.events import IntakeRead
from unbroken.intake.foreseeing import RAWS, ROWS
from unbroken.intake.ids import IntakeId
from unbroken.intake.models import Intake


def said_in(intake_id: int) -> Any:
    """The raw thing as its channel reads it: slow, pure, done before any transaction."""
    found = RAWS.take(intake_id)
    if found is None:
        with planned_once() as cursor:
            cursor.execute("SELECT channel, raw, outcome FROM intake WHERE id = %s", [intake_id])
            found = cursor.fetchone()
    if found is None or found[2] or found[1] is None:
        return None
    return channels()[found[0]].read(bytes(found[1]))


def read_intake(
    intake_id: IntakeId, *, at: datetime, said: Any = None, may_wait: bool = True
) -> Outcome:
    """Enter it into the record; `said` is what `said_in` returned, if that was done before."""
    said = said if said is not None else said_in(intake_id)
    with transaction.atomic(savepoint=False):
        # While a face reads it the letter gives way and is opened again: its batch holds locks
        # that the face may need next, and waiting for one another would cost a second.
        row = ROWS.take(intake_id) or held(Intake, intake_id, may_wait=may_wait)
        if row.outcome:
            message = conversation.message_of_intake(intake_id)
            return Outcome(row.outcome, TicketId(row.ticket_id or 0), message, row.contact_id)
        taken = Taken(
            IntakeId(row.pk),
            row.channel,
            row.mailbox,
            row.envelope,
            bytes(row.sha256),
            row.taken_at,
        )
        entered = (
            enter_web(taken, said, at=at)
            if isinstance(said, WebRequest)
            else enter_mail(taken, said, at=at)
        )
        with change_held(row, by=HOUSE, at=at) as intake:
            intake.outcome = entered.outcome
            intake.ticket_id = entered.ticket_id or None
            intake.contact_id = entered.contact_id
            intake.tell(IntakeRead(outcome=entered.outcome, ticket=entered.ticket_id or None))
    return entered
