"""A ticket sleeps: it leaves the lists of what to do and comes back by itself.

Its state stays what it is and no promise stops: only a stated reason to wait (`ask_customer`,
`hold_ticket`) stops a clock, and putting work off is none.
"""

from datetime import datetime
from typing import Literal

from unbroken.conversation.events import TicketSnoozed, TicketWoken
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.states import ENDED, SLEEPS, Sleep
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused, change


def snooze_ticket(
    *,
    ticket_id: TicketId,
    until: datetime | None,
    sleep: Sleep = "answer",
    by: Actor,
    at: datetime,
) -> None:
    """Out of the lists until then; with "answer" also until the customer writes, if that is first.

    Without a time only the customer's answer wakes it. The same sleep again changes nothing.
    """
    if sleep not in SLEEPS or (until is None and sleep != "answer"):
        raise Refused("ticket.sleep_needs_end")
    if until is not None and until <= at:
        raise Refused("ticket.sleep_is_over")
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if ticket.merged_into_id:
            raise Refused("ticket.merged_away", into=ticket.merged_into_id)
        if ticket.status in ENDED:
            raise Refused("ticket.ended_needs_no_sleep")
        if (ticket.sleep, ticket.sleeps_until) == (sleep, until):
            return
        ticket.sleep, ticket.sleeps_until, ticket.back_version = sleep, until, None
        ticket.tell(TicketSnoozed(sleep=sleep, until=until))


def wake_ticket(
    *,
    ticket_id: TicketId,
    because: Literal["date", "answer", "somebody"] = "somebody",
    message: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Back into the lists, marked as back unless somebody fetched it. Awake changes nothing."""
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        if not ticket.sleep:
            return
        ticket.sleep, ticket.sleeps_until = "", None
        ticket.back_version = None if because == "somebody" else ticket.version
        ticket.tell(TicketWoken(because=because, message=message))


def end_sleep(*, ticket_id: TicketId, at: datetime) -> None:
    """Its time has come. One that was put off further meanwhile sleeps on."""
    with change(TroubleTicket, ticket_id, by=HOUSE, at=at) as ticket:
        if not ticket.sleep or ticket.sleeps_until is None or ticket.sleeps_until > at:
            return
        ticket.sleep, ticket.sleeps_until, ticket.back_version = "", None, ticket.version
        ticket.tell(TicketWoken(because="date"))
