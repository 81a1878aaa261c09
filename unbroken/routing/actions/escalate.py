"""Something climbs a path: it begins once, pages whom it should, and stops when somebody has it.

A page is written with the step that it is in one transaction, so that a crash pages nobody twice;
what leaves the house for it follows from its event, under the page's own key.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from unbroken.conversation import queries as record
from unbroken.conversation.states import ENDED
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.words import _
from unbroken.routing.escalation import steps
from unbroken.routing.escalation.steps import Place
from unbroken.routing.escalation.targets import whom
from unbroken.routing.events_escalation import (
    EscalationAcknowledged,
    EscalationBegun,
    EscalationEnded,
    EscalationPaged,
)
from unbroken.routing.models_escalation import Escalation, EscalationPath, Page

AT_ONCE_MAX = 100

refusals(
    {
        "escalation.over": _("Somebody has it already, or it is over."),
        "escalation.not_paged": _("There is no such path, or it is closed."),
    }
)


def escalate(
    *,
    why: str,
    cause: str,
    ticket_id: int | None = None,
    problem: int | None = None,
    severity: str = "",
    by: Actor = HOUSE,
    at: datetime,
) -> int:
    """Begin every path that begins upon this; returns how many. The same cause begins one once."""
    begun = 0
    for path in EscalationPath.objects.filter(active=True, begins__has_key=why).order_by("id"):
        if problem is not None and not steps.is_bad_enough(path.begins, severity):
            continue
        if ticket_id is not None and not _is_for(path, ticket_id):
            continue
        begun += _begin(path, why, cause, ticket_id=ticket_id, problem=problem, by=by, at=at)
    return begun


def escalate_by_hand(*, path_id: int, ticket_id: int, by: Actor, at: datetime) -> None:
    """Somebody sends a request up a path."""
    path = EscalationPath.objects.filter(pk=path_id, active=True).first()
    if path is None or "by_hand" not in path.begins:
        raise Refused("escalation.not_paged")
    cause = f"hand:{ticket_id}:{at.isoformat()}"
    _begin(path, "by_hand", cause, ticket_id=ticket_id, problem=None, by=by, at=at)


def _is_for(path: EscalationPath, ticket_id: int) -> bool:
    ticket = record.ticket_facts(ticket_id)
    return ticket is not None and steps.is_for(
        path.teams, path.priorities, team_id=ticket.team_id, priority=ticket.priority
    )


def _begin(
    path: EscalationPath,
    why: str,
    cause: str,
    *,
    ticket_id: int | None,
    problem: int | None,
    by: Actor,
    at: datetime,
) -> bool:
    if Escalation.objects.filter(path_id=path.pk, cause=cause).exists():
        return False
    try:
        with transaction.atomic(), begin(Escalation, by=by, at=at) as escalation:
            escalation.path_id, escalation.cause, escalation.why = path.pk, cause, why
            escalation.ticket_id, escalation.problem = ticket_id, problem
            escalation.begun_at = at
            escalation.next_at = steps.first(steps.read(path.steps), at).at
            escalation.tell(EscalationBegun(path.pk, why, ticket_id, problem))
    except IntegrityError as error:
        if "escalation_once" not in str(error):
            raise  # somebody else beginning the same at the same time is no error
        return False
    return True


def page_due(*, at: datetime) -> int:
    """Page whoever is next wherever it is time, each in a transaction of its own; how many."""
    due = Escalation.objects.filter(state="open", next_at__lte=at).order_by("next_at", "id")
    ids = list(due.values_list("id", flat=True)[:AT_ONCE_MAX])
    for escalation_id in ids:
        with transaction.atomic():
            _page_next(escalation_id, at)
    return len(ids)


def _page_next(escalation_id: int, at: datetime) -> None:
    with change(Escalation, escalation_id, by=HOUSE, at=at) as escalation:
        if escalation.state != "open" or escalation.next_at is None or escalation.next_at > at:
            return
        path = EscalationPath.objects.get(pk=escalation.path_id)
        if not path.active or _is_needless(escalation):
            _end(escalation, "over")
            return
        if escalation.round >= path.rounds:
            _end(escalation, "unheard")
            return
        every = steps.read(path.steps)
        place = Place(min(escalation.step, len(every) - 1), escalation.times, escalation.round)
        step = every[place.step]
        ticket = record.ticket_facts(escalation.ticket_id) if escalation.ticket_id else None
        agents = whom(step.to, ticket, at=at)
        pages = [_page(escalation, one, step.ways, place) for one in agents]
        then = steps.following(every, path.rounds, place, at)
        if then is not None:
            escalation.step, escalation.times, escalation.round = then.step, then.said, then.round
        escalation.next_at = then.at if then is not None else at + steps.REST
        if then is None:
            escalation.round = path.rounds
        escalation.tell(
            EscalationPaged(
                ticket=escalation.ticket_id,
                pages=tuple(pages),
                agents=tuple(agents),
                ways=step.ways,
                step=place.step,
                round=place.round,
            )
        )


def _page(escalation: Any, agent_id: int, ways: Sequence[str], place: Place) -> int:
    page = Page(escalation_id=escalation.id, agent=agent_id, ways=list(ways), at=escalation.at)
    page.step, page.round = place.step, place.round
    return int(escalation.add(page).pk)


def _is_needless(escalation: Any) -> bool:
    """Whether what began it is over: the request ended, or somebody took what nobody had."""
    ticket = record.ticket_facts(escalation.ticket_id) if escalation.ticket_id else None
    if ticket is None:
        return False
    has_owner = escalation.why == "no_owner" and ticket.assignee_id is not None
    return ticket.status in ENDED or has_owner


def _end(escalation: Any, state: str) -> None:
    escalation.state, escalation.next_at, escalation.ended_at = state, None, escalation.at
    escalation.tell(EscalationEnded(escalation.ticket_id, state))


def acknowledge(
    *, escalation_id: int, agent_id: int, way: str = "desk", by: Actor, at: datetime
) -> None:
    """Somebody has it: nobody else is paged. Said twice by the same changes nothing."""
    with change(Escalation, escalation_id, by=by, at=at) as escalation:
        if escalation.state == "acknowledged" and escalation.by_agent == agent_id:
            return
        if escalation.state not in ("open", "unheard"):
            raise Refused("escalation.over")
        escalation.state, escalation.by_agent = "acknowledged", agent_id
        escalation.next_at, escalation.ended_at = None, escalation.at
        for page in Page.objects.filter(
            escalation_id=escalation_id, agent=agent_id, acknowledged_at__isnull=True
        ):
            page.acknowledged_at = escalation.at
            escalation.add(page)
        escalation.tell(EscalationAcknowledged(escalation.ticket_id, agent_id, way))


def end_escalations(
    *, ticket_id: int | None = None, problem: int | None = None, at: datetime
) -> None:
    """What began them is over: nobody is paged for it any more."""
    about: Mapping[str, int | None] = (
        {"ticket_id": ticket_id} if ticket_id is not None else {"problem": problem}
    )
    for known in Escalation.objects.filter(state="open", **about).values_list("id", flat=True):
        with change(Escalation, known, by=HOUSE, at=at) as escalation:
            if escalation.state == "open":
                _end(escalation, "over")
