"""The socket for handing a request over with words: what was done, what is needed, by when.

The room that counts work leg by leg (routing) says how when it starts: `handed_over_by(how)`. Its
neighbours, and mail, ask `hand_over`; without such a room nothing can be handed over so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import Actor


@dataclass(frozen=True, slots=True)
class Handed:
    """To whom it goes and the three parts; `language` is the one they are written in."""

    team_id: int
    agent_id: int | None
    done: str
    needed: str
    due_at: datetime | None
    language: str = ""


How = Callable[[TicketId, Handed, Actor, datetime], None]

_how: list[How] = []


def handed_over_by(how: How) -> How:
    """From now on requests are handed over so; said once, at the start."""
    _how[:] = [how]
    return how


def hand_over(*, ticket_id: TicketId, handed: Handed, by: Actor, at: datetime) -> None:
    """It is in their hands, with the words; refused where one of the three parts is missing."""
    assert _how, "no room counts work leg by leg"
    _how[0](ticket_id, handed, by, at)
