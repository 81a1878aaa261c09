"""Where one writes: who will read it, what was begun, what has to be said before sending."""

from dataclasses import dataclass

from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.sql import rows
from unbroken.staffing.queries import AgentCard


@dataclass(frozen=True, slots=True)
class Composer:
    """The place to write an answer or a note."""

    to: tuple[str, ...]
    cc: tuple[str, ...]
    can_reach: bool
    mode: str = "reply"
    words: str = ""
    note: str = ""
    then: str = ""
    wrong: tuple[str, ...] = ()
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """Words that were not sent yet."""

    mode: str
    text: str


def composer_for(agent: AgentCard, number: TicketId) -> Composer:
    """Empty, or with what this agent had begun to write."""
    goes_to = record.reply_goes_to(number)
    begun = rows(Begun, "console/tickets/queries/drafts.sql", me=agent.id, number=number)
    drafts = {one.mode: one.text for one in begun}
    draft, note = drafts.get("reply", ""), drafts.get("note", "")
    return Composer(
        to=tuple(worded(one) for one in goes_to.to) if goes_to else (),
        cc=tuple(worded(one) for one in goes_to.cc) if goes_to else (),
        can_reach=goes_to is not None,
        words=draft,
        note=note,
        mode="note" if note and not draft else "reply",
    )


def worded(address: tuple[str, str]) -> str:
    """Anneke de Wit <anneke@home.example>"""
    name, at = address
    return f"{name} <{at}>" if name and at else name or at
