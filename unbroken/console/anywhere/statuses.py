"""How the ways of being reached are called. Lists, menus and sentences use them."""

from datetime import timedelta

from unbroken.ground.clock import now
from unbroken.ground.words import Phrase, _, in_language
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.shift_queries import plan_of

STATUSES: dict[str, Phrase] = {
    "here": _("Available"),
    "writing": _("Writing only"),
    "call": _("In a call"),
    "away": _("Away"),
    "off": _("Off"),
}
ON_UNTIL, NOT_ON, ON = _("on until {time}"), _("not on shift now"), _("on shift")
A_DAY = timedelta(days=1)
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
    """A name for a menu: how they can be reached, and until when their shift runs.

    What is not worth saying (available, never planned) is not said. The hour is on their wall.
    """
    is_plain = agent.availability == "here" and not agent.status_words
    told = [*([] if is_plain else [status_line(agent)]), *shift_words(agent)]
    return f"{agent.name} ({', '.join(told)})" if told else agent.name


def shift_words(agent: AgentCard) -> list[str]:
    """Until when somebody is on; that they are not, if anybody planned them at all."""
    plan, at = plan_of(agent.id, agent.timezone), now()
    until = plan.on_until(at)
    if until is not None and until - at > A_DAY:
        return [in_language(ON)]
    if until is not None:
        return [in_language(ON_UNTIL, time=f"{until:%H:%M}")]
    return [in_language(NOT_ON)] if plan.is_known else []


def warning(agent: AgentCard | None) -> str:
    """What the one who gives them work should know; empty: they are there to take it."""
    if agent is None or agent.takes_work:
        return ""
    return in_language(WARNING, name=agent.name, status=status_line(agent))
