"""Which side conversation a mail belongs to."""

from collections.abc import Sequence

from unbroken.conversation.models import Delivery, Message
from unbroken.conversation.models_beside import SideConversation
from unbroken.ground.sql import planned_once


def side_of(
    ticket_id: int, *, delivery_ids: Sequence[int], sender: str, is_of_ticket: bool
) -> int | None:
    """The talk that a mail on this ticket continues; None when it is none.

    Who was asked answers in it, also when they belong to the ticket. Anybody else who answers one
    of its mails does too, unless they are of the customer: then it is the customer who writes.
    """
    if not _has_sides(ticket_id):
        return None
    told = Delivery.objects.filter(pk__in=delivery_ids, ticket_id=ticket_id, kind="side")
    answered = set(told.values_list("message__side_id", flat=True))
    sides = SideConversation.objects.filter(ticket_id=ticket_id).order_by("-id")
    for side_id, to in sides.values_list("id", "to"):
        was_asked = sender.lower() in {str(one[1]).lower() for one in to}
        if side_id in answered and (was_asked or not is_of_ticket):
            return int(side_id)
        if was_asked and not is_of_ticket:
            return int(side_id)
    return None


def _has_sides(ticket_id: int) -> bool:
    with planned_once() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM side_conversation WHERE ticket_id = %s)", [ticket_id]
        )
        return bool(cursor.fetchone()[0])


def side_message_ids(ticket_id: int, side_id: int, version: int) -> list[str]:
    """The Message-IDs of one talk that were said before this version; never the customer's."""
    told = Message.objects.filter(
        ticket_id=ticket_id, side_id=side_id, version__lt=version, message_id__contains="@"
    )
    return [
        one.strip("<>") for one in told.order_by("version").values_list("message_id", flat=True)
    ]
