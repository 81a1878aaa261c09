"""Rules act: on an event, or because their time has come.

Everything a rule does is done in the transaction that looks at the event, by the house in the name
of the rule, so that whatever follows from it is known as its work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from unbroken.conversation import actions as record
from unbroken.conversation import queries as asked
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import TicketFacts
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused
from unbroken.ground.events import LoggedEvent
from unbroken.routines import state
from unbroken.routines.conditions import Judged, judge
from unbroken.routines.doing import Doer, perform, ready
from unbroken.routines.guard import stopped
from unbroken.routines.queries import facts_of
from unbroken.routines.queries import rules as asked_rules
from unbroken.routines.queries.rules import RuleRow

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Cause:
    """What led to it: an event with the rules before it, or a time that was waited for."""

    chain: Sequence[int] = ()
    event_id: int | None = None
    base_at: datetime | None = None


def consider(event: LoggedEvent, *, at: datetime) -> None:
    """Something happened: rules of its kind act in their order, time-based ones set their alarm."""
    rules = [one for one in asked_rules.kept_rules() if one.active]
    if not rules:
        return
    number = event.subject_id if event.stream.startswith("ticket:") else event.data.get("ticket")
    ticket = _ours(number)
    if ticket is None:
        return
    heard = [one for one in rules if event.kind in one.kinds and one.acts_at(event.at)]
    cause = Cause(_chain(event, ticket.id) if heard else (), event.id)
    for one in heard:
        now = _ours(ticket.id)
        if now is None:
            break
        if _act(one, now, cause, at=at) and one.sheet.stop:
            break
    set_alarms(ticket.id, [one for one in rules if one.sheet.base], at=at)


def set_alarms(ticket_id: int, rules: Sequence[RuleRow], *, at: datetime) -> None:
    """When each time-based rule has to look at a ticket; not at all if it is over."""
    if not rules:
        return
    ticket = _ours(ticket_id)
    if ticket is None:
        state.wait_no_more(ticket_id)
        return
    for one in rules:
        base_at = asked_rules.base_of(one.sheet.base, ticket, at=at)
        due = asked_rules.due_of(one.sheet, base_at) if base_at else None
        if due is None or base_at is None or not one.acts_at(due):
            state.wait_no_more(ticket_id, one.id)
        elif not asked_rules.has_fired_for(one.id, ticket_id, base_at):
            state.wait(one.id, ticket_id, due)


def ring(*, at: datetime) -> int:
    """Rules whose time has come look at their tickets; how many there were."""
    with transaction.atomic():
        due = state.take_due(at=at)
        rules = {one.id: one for one in asked_rules.kept_rules()}
        for rule_id, ticket_id in due:
            one = next((rule for key, rule in rules.items() if key == rule_id), None)
            if one is not None and one.active and one.sheet.base:
                _look(one, ticket_id, at=at)
    return len(due)


def seed(*, at: datetime, limit: int = 100) -> bool:
    """Go through a batch of open tickets for a rule that is new; False when there is none."""
    found = asked_rules.to_seed()
    if found is None:
        return False
    one, after = found
    with transaction.atomic():
        numbers = asked_rules.open_after(after, limit=limit)
        for number in numbers:
            set_alarms(number, [one], at=at)
        state.note_seeded(one.id, one.version, numbers[-1] if numbers else None)
    return True


def _look(one: RuleRow, ticket_id: int, *, at: datetime) -> None:
    """Its time has come, unless the ticket went on meanwhile."""
    ticket = _ours(ticket_id)
    if ticket is None:
        return
    base_at = asked_rules.base_of(one.sheet.base, ticket, at=at)
    if base_at is None or asked_rules.has_fired_for(one.id, ticket_id, base_at):
        return
    due = asked_rules.due_of(one.sheet, base_at)
    if due > at:
        state.wait(one.id, ticket_id, due)
        return
    _act(one, ticket, Cause(base_at=base_at), at=at)


def _act(one: RuleRow, ticket: TicketFacts, cause: Cause, *, at: datetime) -> bool:
    """Whether its conditions held. What it does is all or nothing, and noted either way."""
    if cause.chain and cause.chain[-1] == one.id:
        return False  # the echo of its own deed: no circle, and nothing to tell anybody
    judged = judge(one.sheet.conditions, facts_of(ticket))
    if not all(verdict.holds for verdict in judged):
        return False
    within_hour = asked_rules.acted_within(ticket.id, HOUR, at=at)
    guard = stopped(one.id, cause.chain, within_hour=within_hour)
    by = Actor("house", f"rule:{one.id}")
    refusal: dict[str, object] = {}
    outcome = guard
    if not guard:
        outcome, refusal = _do(one, ticket, by, at)
    last = record.note_rule(
        ticket_id=TicketId(ticket.id),
        rule_id=one.id,
        outcome=outcome,
        cause=cause.event_id,
        by=by,
        at=at,
    )
    _note(one, ticket, cause, judged, outcome, refusal, last, at=at)
    return True


def _note(
    one: RuleRow,
    ticket: TicketFacts,
    cause: Cause,
    judged: Sequence[Judged],
    outcome: str,
    refusal: dict[str, object],
    last: int,
    *,
    at: datetime,
) -> None:
    state.note_firing(
        one.id,
        ticket.id,
        at=at,
        outcome=outcome,
        judged=judged,
        chain=[*cause.chain, one.id],
        versions=(ticket.version + 1, last),
        cause_id=cause.event_id,
        base_at=cause.base_at,
        refusal=refusal,
    )


def _do(
    one: RuleRow, ticket: TicketFacts, by: Actor, at: datetime
) -> tuple[str, dict[str, object]]:
    doer = Doer(by=by, name=one.sheet.name)
    try:
        if "reply" in one.sheet.steps and not asked_rules.may_answer(ticket.id):
            raise Refused("routine.to_a_machine")
        perform(ticket, ready(ticket, one.sheet.steps, doer, at=at), doer, at=at)
    except Refused as refusal:
        values = {key: str(value) for key, value in refusal.values.items()}
        return "refused", {"key": refusal.key, "values": values}
    return "done", {}


def _ours(number: object) -> TicketFacts | None:
    """An open or ended ticket on which rules may act: not history that nobody adopted."""
    ticket = asked.ticket_facts(number) if isinstance(number, int) else None
    if ticket is None or ticket.imported or ticket.merged_into_id:
        return None
    return ticket


def _chain(event: LoggedEvent, ticket_id: int) -> list[int]:
    """The rules behind an event; what people do begins anew."""
    if not event.by.startswith("house:rule:"):
        return []
    if event.stream.startswith("ticket:"):
        return asked_rules.chain_to(ticket_id, event.version)
    return []
