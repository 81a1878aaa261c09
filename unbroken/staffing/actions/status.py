"""How an agent can be reached: said by themselves, with an event each time they change it."""

from datetime import datetime

from django.db import transaction

from unbroken.ground.actor import Actor
from unbroken.ground.change import change
from unbroken.staffing import state as working
from unbroken.staffing.events import StatusSet
from unbroken.staffing.ids import AgentId
from unbroken.staffing.models import Agent, Presence


def set_status(*, agent_id: AgentId, status: str, words: str = "", by: Actor, at: datetime) -> None:
    """From now on they are available, only writing, in a call, away, or off.

    Their own words are working state; on record is only what staffing counts later: the status.
    """
    with transaction.atomic():
        was = Presence.objects.filter(agent_id=agent_id).values_list("state", flat=True).first()
        working.note_presence(agent_id=agent_id, availability=status, words=words, at=at)
        if was != status:
            with change(Agent, agent_id, by=by, at=at) as agent:
                agent.tell(StatusSet(status=status))
