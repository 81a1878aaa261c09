"""When an answer leaves, the articles in it were used."""

from datetime import datetime

from unbroken.ground.actor import Actor
from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when
from unbroken.knowledge import state


@when("ticket.replied")
def count_use(event: LoggedEvent, *, at: datetime) -> None:
    """The articles an agent took into this answer were used in it."""
    by = Actor.parse(event.by)
    if by.kind == "agent" and by.id is not None:
        state.note_answered(
            ticket_id=event.subject_id,
            agent_id=by.id,
            message_id=event.data["message"],
            at=event.at,
        )


@when("ticket.reply_withdrawn")
def forget_use(event: LoggedEvent, *, at: datetime) -> None:
    """An answer that was taken back used nothing."""
    state.note_withdrawn(message_id=event.data["message"])
