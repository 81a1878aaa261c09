"""Questions about rules: which there are, what they did, when they look next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from unbroken.conversation.queries import TicketFacts
from unbroken.ground.kept import Kept
from unbroken.ground.log import first_event
from unbroken.promise.queries.promises import promises_of
from unbroken.routines.ids import RuleId
from unbroken.routines.models import Rule, RuleFiring, RuleSeed, RuleWait
from unbroken.routines.sheets import RuleSheet
from unbroken.routines.triggers import STATE_KINDS, kinds_of

SHOWN_MAX = 50
NOT_THE_GUARD = ("done", "refused", "failed")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule that is kept."""

    id: RuleId
    version: int
    position: int
    active: bool
    from_at: datetime | None
    sheet: RuleSheet
    kinds: frozenset[str]

    def acts_at(self, at: datetime) -> bool:
        """Whether it is switched on for what happens at this instant."""
        return self.active and self.from_at is not None and self.from_at <= at


@dataclass(frozen=True, slots=True)
class FiringRow:
    """One line of a rule's log."""

    rule_id: int
    ticket_id: int
    at: datetime
    outcome: str
    why: dict[str, Any]


def rules() -> list[RuleRow]:
    """All of them, in their order."""
    return [_row(rule) for rule in Rule.objects.order_by("position", "id")]


kept_rules = Kept(rules)


def rule(rule_id: int) -> RuleRow | None:
    """One of them."""
    found = Rule.objects.filter(pk=rule_id).first()
    return _row(found) if found else None


def _row(rule: Rule) -> RuleRow:
    sheet = RuleSheet.read(rule.definition)
    return RuleRow(
        RuleId(rule.pk),
        rule.version,
        rule.position,
        rule.active,
        rule.from_at,
        sheet,
        kinds_of(sheet.on),
    )


def firings(rule_id: int, *, limit: int = SHOWN_MAX) -> list[FiringRow]:
    """What a rule did, the latest first."""
    rows = RuleFiring.objects.filter(rule_id=rule_id).order_by("-at", "-id")[:limit]
    return [FiringRow(one.rule_id, one.ticket_id, one.at, one.outcome, one.why) for one in rows]


def tripped_since(since: datetime) -> dict[int, int]:
    """How often the guard stopped each rule."""
    found: dict[int, int] = {}
    rows = RuleFiring.objects.filter(at__gte=since).exclude(outcome__in=NOT_THE_GUARD)
    for rule_id in rows.values_list("rule_id", flat=True):
        found[rule_id] = found.get(rule_id, 0) + 1
    return found


def failed_since(since: datetime) -> dict[int, str]:
    """Rules that failed by a fault of ours, each with the last thing that went wrong."""
    rows = RuleFiring.objects.filter(at__gte=since, outcome="failed").order_by("id")
    return {
        rule_id: str(((why or {}).get("refusal") or {}).get("values", {}).get("error", ""))
        for rule_id, why in rows.values_list("rule_id", "why")
    }


def acted_within(ticket_id: int, span: timedelta, *, at: datetime) -> int:
    """How often rules acted on a ticket lately."""
    rows = RuleFiring.objects.filter(ticket_id=ticket_id, at__gt=at - span)
    return rows.filter(outcome__in=NOT_THE_GUARD).count()


def chain_to(ticket_id: int, version: int) -> list[int]:
    """The rules that led to this version of a ticket; none when people did."""
    row = RuleFiring.objects.filter(
        ticket_id=ticket_id, first_version__lte=version, last_version__gte=version
    )
    return list(row.order_by("-id").values_list("chain", flat=True).first() or ())


def has_fired_for(rule_id: int, ticket_id: int, base_at: datetime) -> bool:
    """Whether a time-based rule has acted on this very wait before."""
    return RuleFiring.objects.filter(rule_id=rule_id, ticket_id=ticket_id, base_at=base_at).exists()


def next_look() -> datetime | None:
    """When a time-based rule looks next."""
    return RuleWait.objects.order_by("due_at").values_list("due_at", flat=True).first()


def to_seed() -> tuple[RuleRow, int] | None:
    """A time-based rule for which open tickets have still to be gone through, and from where."""
    seeds = {one.rule_id: one for one in RuleSeed.objects.all()}
    for row in kept_rules():
        if not row.active or not row.sheet.base:
            continue
        seed = seeds.get(row.id)
        if seed is None or seed.rule_version != row.version:
            return row, 0
        if seed.after is not None:
            return row, seed.after
    return None


def open_after(after: int, *, limit: int) -> list[int]:
    """Open tickets that are ours, in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM trouble_ticket WHERE id > %s AND NOT imported"
            " AND status IN ('acknowledged', 'inProgress', 'pending', 'held')"
            " ORDER BY id LIMIT %s",
            [after, limit],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def base_of(base: str, ticket: TicketFacts, *, at: datetime) -> datetime | None:
    """The instant from which a time-based rule counts; None: there is nothing to count from."""
    wrote, answered = ticket.customer_wrote_at, ticket.answered_at
    match base:
        case "wrote":
            return wrote if wrote and (answered is None or answered < wrote) else None
        case "answered":
            return answered if answered and (wrote is None or wrote <= answered) else None
        case "state":
            return _state_since(ticket.id)
    dues = [one.due for one in promises_of(ticket.id, at=at) if one.due and one.is_owed]
    return min(dues, default=None)


def due_of(sheet: RuleSheet, base_at: datetime) -> datetime:
    """When its time has come."""
    span = timedelta(hours=sheet.hours)
    return base_at - span if sheet.base == "promise" else base_at + span


def may_answer(ticket_id: int) -> bool:
    """Whether a person wrote it: machines, lists and robots are not answered by a rule."""
    first = first_event(f"ticket:{ticket_id}")
    return first is not None and bool(first.data.get("may_answer", True))


def _state_since(ticket_id: int) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(at) FROM ground_event WHERE stream = %s AND kind = ANY(%s)",
            [f"ticket:{ticket_id}", sorted(STATE_KINDS)],
        )
        found: datetime | None = cursor.fetchone()[0]
        return found
