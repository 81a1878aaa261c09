"""How the ways of being reached are called. Pure words: lists, menus and sentences use them."""

from unbroken.ground.words import Phrase, _, in_language
from unbroken.staffing.cards import AgentCard

STATUSES: dict[str, Phrase] = {
    "here": _("Available"),
    "writing": _("Writing only"),
    "call": _("In a call"),
    "away": _("Away"),
    "off": _("Off"),
}
WARNING = _("{name} may not begin soon: {status}.")


def status_word(availability: str) -> str:
    """How somebody can be reached, in the reader's language."""
    return in_language(STATUSES[availability])


def status_line(agent: AgentCard) -> str:
    """The same with their own words."""
    return " · ".join(
        part for part in (status_word(agent.availability), agent.status_words) if part
    )


def with_status(agent: AgentCard) -> str:
    """A name for a menu; what is not worth saying (available) is not said."""
    is_plain = agent.availability == "here" and not agent.status_words
    return agent.name if is_plain else f"{agent.name} ({status_line(agent)})"


def warning(agent: AgentCard | None) -> str:
    """What the one who gives them work should know; empty: they are there to take it."""
    if agent is None or agent.takes_work:
        return ""
    return in_language(WARNING, name=agent.name, status=status_line(agent))
