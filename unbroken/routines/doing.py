"""Steps are done to a request, all or none, as if an agent had done them one after the other.

What they say is worked out first (`ready`), so that a preview shows the very words that are sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from unbroken.calendars import soon
from unbroken.calendars.working_time import Calendar
from unbroken.conversation import actions as record
from unbroken.conversation import queries as asked
from unbroken.conversation.actions.reply import HELD
from unbroken.conversation.ending import ENDS, check_ending
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.conversation.incoming import ReplyTo
from unbroken.conversation.queries import TicketFacts
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused
from unbroken.knowledge.variables import filled, named_in
from unbroken.routines import handing
from unbroken.routines import words as words
from unbroken.routines.levels import levels_for
from unbroken.routines.parts import HANDS, PARTS, due_at
from unbroken.routines.steps import ME, WORDED, Step, in_order, worded
from unbroken.routines.values import Values, values_of
from unbroken.staffing import queries as staffing
from unbroken.staffing.ids import AgentId, TeamId


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does the steps: an agent, or a rule in the name of the desk."""

    by: Actor
    name: str = ""
    agent_id: int | None = None
    zone: str = "UTC"
    hours: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """One step as it will be done: its own value, or the words as the reader will see them."""

    kind: str
    value: Any = None
    language: str = ""
    text: str = ""
    missing: tuple[str, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A message that a step made, so that it can be taken back."""

    kind: str
    message_id: MessageId


def ready(
    ticket: TicketFacts, definition: Mapping[str, Any], doer: Doer, *, at: datetime
) -> tuple[Ready, ...]:
    """Every step with what it will really do to this request."""
    steps = in_order(definition)
    values = values_of(ticket, doer.name, at=at) if any(_speaks(one) for one in steps) else None
    return tuple(_ready(one, ticket, doer, values, at) for one in steps)


def perform(
    ticket: TicketFacts,
    steps: Sequence[Ready],
    doer: Doer,
    *,
    at: datetime,
    hold: timedelta = HELD,
) -> tuple[Said, ...]:
    """Do them all, or none: a refusal of one undoes the others."""
    with transaction.atomic():
        left = _hand_over(steps, ticket, doer, at)
        said = [_do(one, ticket, doer, at, hold) for one in left]
    return tuple(one for one in said if one is not None)


def who_is_away(steps: Sequence[Ready]) -> str:
    """The name of whom it would be given to, if they take nothing new now."""
    for one in steps:
        agent = staffing.agent(AgentId(int(one.value or 0))) if one.kind == "agent" else None
        if agent is not None and not agent.takes_work:
            return agent.name
    return ""


def _speaks(step: Step) -> bool:
    return step.kind in WORDED


def _ready(
    step: Step, ticket: TicketFacts, doer: Doer, values: Values | None, at: datetime
) -> Ready:
    if values is not None and _speaks(step):
        wish = values.language if step.kind == "reply" else "en"
        language, text = worded(step.value, wish)
        known = values.in_language(language)
        # Asked of our text, never of what was filled in: customers write braces too.
        missing = tuple(dict.fromkeys(name for name in named_in(text) if not known.get(name)))
        return Ready(step.kind, None, language, filled(text, known), missing)
    if step.kind == "due":
        return Ready(step.kind, step.value, until=due_at(step.value, at))
    if step.kind == "sleep" and step.value != "answer":
        until = soon.when_is(step.value, at, zone=doer.zone, hours=doer.hours)
        return Ready(step.kind, step.value, until=until)
    value = doer.agent_id if step.kind == "agent" and step.value == ME else step.value
    return Ready(step.kind, value)


def _do(step: Ready, ticket: TicketFacts, doer: Doer, at: datetime, hold: timedelta) -> Said | None:
    number = TicketId(ticket.id)
    told: dict[str, Any] = {"by": doer.by, "at": at}
    match step.kind:
        case "note":
            _check_words(step)
            return Said("note", record.note_ticket(ticket_id=number, words=step.text, **told))
        case "reply":
            return _reply(step, number, told, hold)
        case "state":
            _move(number, step.value, told)
        case "sleep":
            record.snooze_ticket(ticket_id=number, until=step.until, sleep="answer", **told)
        case "add" | "remove":
            record.tag_ticket(ticket_id=number, **{step.kind: step.value}, **told)
        case "priority":
            impact, urgency = levels_for(step.value)
            record.classify_ticket(ticket_id=number, impact=impact, urgency=urgency, **told)
        case "topic":
            if asked.topic(int(step.value)) is None:
                raise Refused("routine.not_understood", value=step.value)
            record.classify_ticket(ticket_id=number, topic_id=int(step.value), **told)
        case "tell_agent" | "tell_team":
            return _tell(step, number, doer, told)
        case _:
            _hand(step, number, told)
    return None


def _tell(step: Ready, number: TicketId, doer: Doer, told: dict[str, Any]) -> Said:
    """A note that calls them by name: it rings with them, and says why."""
    one = int(step.value)
    if step.kind == "tell_team":
        called = staffing.agents(team_id=TeamId(one))
    else:
        agent = staffing.agent(AgentId(one))
        called = [agent] if agent is not None and agent.active else []
    if not called:
        raise Refused("routine.no_such_person")
    names = " ".join(f"@{one.name}" for one in called)
    said = f"{names}: {doer.name}"
    mentions = [int(one.id) for one in called]
    return Said("note", record.note_ticket(ticket_id=number, words=said, mentions=mentions, **told))


def _check_words(step: Ready) -> None:
    if step.missing:
        raise Refused("routine.not_known", names=", ".join(f"{{{one}}}" for one in step.missing))


def _reply(step: Ready, number: TicketId, told: dict[str, Any], hold: timedelta) -> Said:
    _check_words(step)
    goes_to: ReplyTo | None = asked.reply_goes_to(number)
    if goes_to is None:
        raise Refused("routine.no_address")
    now = asked.ticket_facts(number)
    if now is not None and now.status == "acknowledged" and told["by"].kind == "agent":
        record.start_work(ticket_id=number, **told)
    message, _delivery = record.reply(
        ticket_id=number, words=step.text, goes_to=goes_to, hold=hold, **told
    )
    return Said("reply", message)


def _hand(step: Ready, number: TicketId, told: dict[str, Any]) -> None:
    """Into a team's or a person's hands."""
    named = {"team": None, "agent": None} | {step.kind: step.value}
    team_id, agent_id = handing.hands_of(number, **named, is_rule=told["by"].kind == "house")
    record.assign_ticket(ticket_id=number, team_id=team_id, agent_id=agent_id, **told)


def _hand_over(
    steps: Sequence[Ready], ticket: TicketFacts, doer: Doer, at: datetime
) -> Sequence[Ready]:
    """Where words go along it is handed over with them; what is left to do comes back."""
    known = {one.kind: one for one in steps if one.kind in (*HANDS, *PARTS)}
    if not all(one in known for one in PARTS):
        return steps
    for one in ("done", "needed"):
        _check_words(known[one])
    hands = handing.hands_of(
        TicketId(ticket.id), is_rule=doer.by.kind == "house",
        **{one: known[one].value if one in known else None for one in HANDS},
    )  # fmt: skip
    parts = {"done": known["done"].text, "needed": known["needed"].text, "due": known["due"].until}
    handing.hand_over(
        TicketId(ticket.id), hands, parts, language=known["needed"].language, by=doer.by, at=at
    )
    return [one for one in steps if one.kind not in known]


def _move(number: TicketId, to: str, told: dict[str, Any]) -> None:
    now = asked.ticket_facts(number)
    status = now.status if now is not None else ""
    if status == _BECOMES.get(to):
        return
    if to in ENDS:
        check_ending(number)
    if to.startswith("hold-"):
        why: Any = to.removeprefix("hold-")
        record.hold_ticket(ticket_id=number, waiting_for=why, **told)
        return
    move: Any = {
        "start": record.start_work,
        "ask": record.ask_customer,
        "resume": record.resume_ticket,
        "resolve": record.resolve_ticket,
        "close": record.close_ticket,
        "reopen": record.reopen_ticket,
    }[to]
    move(ticket_id=number, **told)


_BECOMES: Final = {
    "start": "inProgress",
    "ask": "pending",
    "resume": "inProgress",
    "resolve": "resolved",
    "close": "closed",
    "reopen": "inProgress",
}
