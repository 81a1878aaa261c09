"""Rules act: on an event, or because their time has come.

Everything a rule does is done in the transaction that looks at the event, by the house in the name
of the rule, so that whatever follows from it is known as its work.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction

from unbroken.conversation import actions as record
from unbroken.conversation import queries as asked
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import TicketFacts
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused
from unbroken.ground.events import LoggedEvent
from unbroken.routines import state
from unbroken.routines.conditions import Judged, judge
from unbroken.routines.doing import Doer, perform, ready, who_is_away
from unbroken.routines.guard import stopped
from unbroken.routines.queries import facts_of
from unbroken.routines.queries import rules as asked_rules
from unbroken.routines.queries.rules import RuleRow

log = logging.getLogger(__name__)

HOUR = timedelta(hours=1)
PAUSES = (timedelta(minutes=1), timedelta(minutes=10))
"""When a rule that failed on a ticket tries again; after the last it is given up there."""
TOLD_MAX = 200


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
        if _try(one, now, cause, at=at) and one.sheet.stop:
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
    """Rules whose time has come look at their tickets, each by itself; how many there were."""
    due = state.due_alarms(at=at)
    rules: dict[int, RuleRow] = {one.id: one for one in asked_rules.kept_rules()} if due else {}
    for alarm in due:
        try:
            with transaction.atomic():
                if state.take(alarm):
                    _hear(rules.get(alarm.rule_id), alarm.ticket_id, at=at)
        except Exception as error:  # whatever it was, the other rules and tickets have their turn
            if not connection.is_usable():
                raise
            _failed(alarm, error, at=at)
    return len(due)


def _hear(one: RuleRow | None, ticket_id: int, *, at: datetime) -> None:
    if one is not None and one.active and one.sheet.base:
        _look(one, ticket_id, at=at)


def _failed(alarm: state.Alarm, error: Exception, *, at: datetime) -> None:
    """Again after a while; given up after the third time, and told in the rule's log."""
    log.exception("rule %s on ticket %s failed", alarm.rule_id, alarm.ticket_id, exc_info=error)
    if alarm.attempts < len(PAUSES):
        state.ring_again(alarm, at=at + PAUSES[alarm.attempts])
        return
    with transaction.atomic():
        if state.take(alarm):
            note_failure(alarm.rule_id, alarm.ticket_id, error, at=at)


def note_failure(
    rule_id: int, ticket_id: int, error: Exception, *, at: datetime, cause_id: int | None = None
) -> None:
    """A rule could not be asked, or not do it, by a fault of ours."""
    values = {"error": f"{type(error).__name__}: {error}"[:TOLD_MAX]}
    state.note_firing(
        rule_id, ticket_id, at=at, outcome="failed", judged=(), chain=[rule_id],
        cause_id=cause_id, refusal={"key": "routine.failed", "values": values},
    )  # fmt: skip


def seed(*, at: datetime, limit: int = 100) -> bool:
    """Go through a batch of open tickets for a rule that is new; False when there is none."""
    found = asked_rules.to_seed()
    if found is None:
        return False
    one, after = found
    with transaction.atomic():
        numbers = asked_rules.open_after(after, limit=limit)
        for number in numbers:
            _set_alarm(number, one, at=at)
        state.note_seeded(one.id, one.version, numbers[-1] if numbers else None)
    return True


def _set_alarm(number: int, one: RuleRow, *, at: datetime) -> None:
    """One ticket that cannot be judged holds up none of the others."""
    try:
        with transaction.atomic():
            set_alarms(number, [one], at=at)
    except Exception as error:
        if not connection.is_usable():
            raise
        log.exception("rule %s cannot wait on ticket %s", one.id, number)
        note_failure(one.id, number, error, at=at)


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


def _try(one: RuleRow, ticket: TicketFacts, cause: Cause, *, at: datetime) -> bool:
    """Act, or fail alone: the other rules still look at this event, and whatever follows it."""
    try:
        with transaction.atomic():
            return _act(one, ticket, cause, at=at)
    except OperationalError:
        raise  # a deadlock, a lost connection: the letter is read again as a whole
    except Exception as error:
        log.exception("rule %s on ticket %s failed", one.id, ticket.id)
        note_failure(one.id, ticket.id, error, at=at, cause_id=cause.event_id)
        return False


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
        if "reply" in one.sheet.steps:
            _check_hears_a_person(ticket, at)
        steps = ready(ticket, one.sheet.steps, doer, at=at)
        perform(ticket, steps, doer, at=at)
    except Refused as refusal:
        values = {key: str(value) for key, value in refusal.values.items()}
        return "refused", {"key": refusal.key, "values": values}
    away = who_is_away(steps)
    return "done", {"key": "routine.away", "values": {"name": away}} if away else {}


def _check_hears_a_person(ticket: TicketFacts, at: datetime) -> None:
    """Two machines that thank each other never end."""
    if not asked_rules.may_answer(ticket.id):
        raise Refused("routine.to_a_machine")
    if ticket.contact_id and asked.is_echo_of_ours(ticket.contact_id, at=at):
        raise Refused("routine.to_an_echo")


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
