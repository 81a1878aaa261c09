"""Another team is asked aside: it gets a request of its own, and its answers flow back.

That request is nobody's outside: it has no customer, so no portal shows it and no mail leaves for
it. Notes made there stay there; answers stand on both, and one taken back is taken back on both.
"""

from datetime import datetime
from typing import Any

from unbroken.conversation.actions.keep import copy_files, keep_message
from unbroken.conversation.actions.receive import add_message
from unbroken.conversation.events import TicketAcknowledged
from unbroken.conversation.events_beside import (
    SideAnswered,
    SideEnded,
    SideOpened,
    SideSaid,
    SideWithdrawn,
)
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.conversation.incoming import Incoming
from unbroken.conversation.models import Message, TroubleTicket
from unbroken.conversation.models_beside import SideConversation
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.ground.log import words_of

_SHARED = ("ticket_type", "impact", "urgency", "priority", "topic_id", "language")


def ask_team(
    *,
    ticket_id: TicketId,
    team_id: int,
    team: str,
    subject: str,
    words: str,
    by: Actor,
    at: datetime,
) -> TicketId:
    """Returns the request that the team has now. `team`: how it is called."""
    if not words.strip():
        raise Refused("ticket.nothing_said")
    above = TroubleTicket.objects.get(pk=ticket_id)
    name = subject or above.name
    with begin(TroubleTicket, by=by, at=at) as child:
        for field in _SHARED:
            setattr(child, field, getattr(above, field))
        child.name, child.team_id, child.channel = name, team_id, "console"
        child.created_at = child.reported_at = child.customer_wrote_at = at
        message = keep_message(child, _question(words, by, at))
        child.tell(
            TicketAcknowledged(
                message=message.pk,
                reported_at=at,
                ticket_type=child.ticket_type,
                channel=child.channel,
                priority=child.priority,
                may_answer=False,
                topic=child.topic_id,
            )
        )
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        side: SideConversation = ticket.add(
            SideConversation(
                ticket_id=ticket_id, child_id=child.id, subject=name, to=[[team, ""]], asked_at=at
            )
        )
        asked = _keep(ticket, side, words, by=by, at=at)
        ticket.tell(SideOpened(side=side.pk, message=asked.pk, child=child.id))
    return TicketId(child.id)


def say_to_team(
    *, ticket_id: TicketId, side_id: int, words: str, by: Actor, at: datetime
) -> MessageId:
    """Write to the team again; what it had ended goes on."""
    if not words.strip():
        raise Refused("ticket.nothing_said")
    with change(TroubleTicket, ticket_id, by=by, at=at) as ticket:
        side = side_on(ticket_id, side_id)
        side.asked_at, side.answered_at, side.closed_at = at, None, None
        ticket.add(side)
        message = _keep(ticket, side, words, by=by, at=at)
        ticket.tell(SideSaid(side=side_id, message=message.pk))
    assert side.child_id is not None
    add_message(ticket_id=TicketId(side.child_id), said=_question(words, by, at), by=by, at=at)
    return MessageId(message.pk)


def flow_back(*, child_id: TicketId, message_id: MessageId, by: Actor, at: datetime) -> None:
    """What the team answered stands where it was asked; once, however often we are asked."""
    side = SideConversation.objects.filter(child_id=child_id).first()
    if side is None or _copy_of(side, message_id) is not None:
        return
    answer = Message.objects.get(pk=message_id)
    if answer.withdrawn_at is not None:
        return
    words = words_of([answer.words_id]).get(answer.words_id or 0) or ""
    with change(TroubleTicket, side.ticket_id, by=by, at=at) as ticket:
        side.answered_at = at
        ticket.add(side)
        said = Incoming(
            author=Actor.parse(answer.author),
            channel="console",
            words=words,
            at=answer.at,
            audience="agents",
            kind="side",
            subject=side.subject,
            message_id=_marker(message_id),
        )
        message = keep_message(ticket, said)
        message.side_id = side.pk
        copy_files(ticket, answer.pk, message.pk)
        ticket.tell(SideAnswered(side=side.pk, message=message.pk))


def take_back_aside(*, child_id: TicketId, message_id: MessageId, by: Actor, at: datetime) -> None:
    """The team took its answer back."""
    side = SideConversation.objects.filter(child_id=child_id).first()
    copy = _copy_of(side, message_id) if side else None
    if side is None or copy is None or copy.withdrawn_at is not None:
        return
    with change(TroubleTicket, side.ticket_id, by=by, at=at) as ticket:
        copy.withdrawn_at = at
        side.answered_at = None
        ticket.add(copy)
        ticket.add(side)
        ticket.tell(SideWithdrawn(side=side.pk, message=copy.pk))


def end_aside(*, child_id: TicketId, by: Actor, at: datetime) -> None:
    """The team's request is over. Told once."""
    side = SideConversation.objects.filter(child_id=child_id, closed_at__isnull=True).first()
    if side is None:
        return
    with change(TroubleTicket, side.ticket_id, by=by, at=at) as ticket:
        side.closed_at = at
        ticket.add(side)
        ticket.tell(SideEnded(side=side.pk))


def side_on(ticket_id: int, side_id: int) -> SideConversation:
    """A side conversation of this ticket."""
    found = SideConversation.objects.filter(pk=side_id, ticket_id=ticket_id).first()
    if found is None:
        raise Refused("side.not_here")
    return found


def _question(words: str, by: Actor, at: datetime) -> Incoming:
    """What the team reads: a colleague's words, which no customer ever sees."""
    return Incoming(
        author=by, channel="console", words=words, at=at, audience="agents", kind="note"
    )


def _keep(ticket: Any, side: SideConversation, words: str, *, by: Actor, at: datetime) -> Message:
    said = Incoming(
        author=by,
        channel="console",
        words=words,
        at=at,
        audience="agents",
        kind="side",
        subject=side.subject,
        to=tuple((one[0], one[1]) for one in side.to),
    )
    message = keep_message(ticket, said, direction="out")
    message.side_id = side.pk
    return message


def _marker(message_id: int) -> str:
    return f"aside:{message_id}"


def _copy_of(side: SideConversation, message_id: int) -> Message | None:
    return Message.objects.filter(ticket_id=side.ticket_id, message_id=_marker(message_id)).first()
