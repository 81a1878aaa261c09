"""A mail that carries notices was read: each becomes a window, or waits for a person."""

from datetime import datetime

from unbroken.conversation.ids import TicketId
from unbroken.intake.actions import notices as actions
from unbroken.intake.ids import IntakeId
from unbroken.intake.inbound import Inbound
from unbroken.intake.notices.readings import checked, readings_of


def take_notices(mail: Inbound, *, intake_id: IntakeId, ticket_id: TicketId, at: datetime) -> None:
    """Each notice of the mail, once."""
    sender = mail.sender.email if mail.sender else ""
    for read in readings_of(mail)[:50]:
        actions.take_notice(
            checked(read, sender=sender, at=at), intake_id=intake_id, ticket_id=ticket_id, at=at
        )
