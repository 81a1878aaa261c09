"""What can happen to a problem, one sentence each. Nothing else in the house writes problems."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, change
from unbroken.outage import states
from unbroken.outage import words as words
from unbroken.outage.events import (
    BackupSet,
    CauseConfirmed,
    LeftAlone,
    NewsDue,
    NewsGiven,
    PartnerAsked,
    ProblemBacked,
    ProblemCancelled,
    ProblemClosed,
    ProblemElementChanged,
    ProblemEnded,
    ProblemLearned,
    ProblemMerged,
    ProblemOpened,
    ProblemRated,
    ProblemReopened,
    ServiceAffected,
    ServiceRestored,
    StepTaken,
    WorkaroundTold,
)
from unbroken.outage.ids import ProblemId
from unbroken.outage.models import AffectedService, Backup, ServiceProblem

SERVICES_AT_ONCE = 5000
"""So many services stand in one event at most; more of them are told in several."""

LETTERS_MAX = 4000
MINUTES_MAX = 600


def open_problem(
    *,
    element: str,
    origin: str,
    severity: str,
    since: datetime,
    services: Mapping[int, datetime],
    by: Actor,
    at: datetime,
    cause: str = "",
    announced: str = "",
    finding_id: int | None = None,
    detected_at: datetime | None = None,
) -> ProblemId:
    """Many services suffer from one thing; `services` since when each."""
    if not element.strip():
        raise Refused("problem.no_element")
    _one_of(origin, states.ORIGINS)
    _one_of(severity, states.SEVERITIES)
    pieces = list(_pieces(services)) or [{}]
    with begin(ServiceProblem, by=by, at=at) as problem:
        problem.element, problem.origin, problem.severity = element, origin, severity
        problem.since, problem.detected_at = since, detected_at or at
        problem.cause, problem.announced = cause, announced
        problem.finding_id, problem.state = finding_id, "acknowledged"
        _affect(problem, pieces[0])
        problem.tell(
            ProblemOpened(
                element=element,
                origin=origin,
                severity=severity,
                since=since,
                detected_at=problem.detected_at,
                cause=cause,
                announced=announced,
                services=tuple(pieces[0]),
            )
        )
        number = ProblemId(problem.id)
    for piece in pieces[1:]:
        _affect_piece(number, piece, by=by, at=at)
    return number


def affect_services(
    *, problem_id: ProblemId, services: Mapping[int, datetime], by: Actor, at: datetime
) -> None:
    """These suffer from it too, since when each. Whoever suffers already is not told again."""
    for piece in _pieces(services):
        _affect_piece(problem_id, piece, by=by, at=at)


def _affect_piece(
    problem_id: int, services: Mapping[int, datetime], *, by: Actor, at: datetime
) -> None:
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        known = set(
            AffectedService.objects.filter(
                problem_id=problem_id, service_id__in=list(services), until__isnull=True
            ).values_list("service_id", flat=True)
        )
        new = {service: since for service, since in services.items() if service not in known}
        if new:
            _affect(problem, new)
            since = min(new.values())
            problem.since = min(problem.since, since)
            problem.tell(ServiceAffected(services=tuple(new), since=since))


def _affect(problem: Any, services: Mapping[int, datetime]) -> None:
    for service, since in services.items():
        problem.add(AffectedService(problem_id=problem.id, service_id=service, since=since))


def restore_services(
    *, problem_id: ProblemId, services: Mapping[int, datetime], by: Actor, at: datetime
) -> None:
    """These work again, since when each. Whoever was not away is not told."""
    for piece in _pieces(services):
        with change(ServiceProblem, problem_id, by=by, at=at) as problem:
            gone = AffectedService.objects.filter(
                problem_id=problem_id, service_id__in=list(piece), until__isnull=True
            )
            back = [(row, max(row.since, piece[row.service_id])) for row in gone]
            for row, until in back:
                row.until = until
                problem.add(row)
            if back:
                ids = tuple(row.service_id for row, _ in back)
                late = problem.state not in states.OPEN
                last = max(until for _, until in back)
                problem.tell(ServiceRestored(services=ids, until=last, late=late))


def name_element(
    *, problem_id: ProblemId, element: str, cause: str, by: Actor, at: datetime
) -> None:
    """It lies elsewhere, or has another likely cause. A confirmed cause stays as it is."""
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        guess = problem.cause if problem.is_confirmed else cause
        if (problem.element, problem.cause) == (element, guess):
            return
        was, problem.element, problem.cause = problem.element, element, guess
        problem.tell(ProblemElementChanged(was=was, element=element, cause=guess))


def rate_problem(*, problem_id: ProblemId, severity: str, by: Actor, at: datetime) -> None:
    """It is worse, or less bad, than it was taken for."""
    _one_of(severity, states.SEVERITIES)
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        was, problem.severity = problem.severity, severity
        if was != severity:
            problem.tell(ProblemRated(severity=severity, was=was))


def take_step(
    *,
    problem_id: ProblemId,
    step: str,
    by: Actor,
    at: datetime,
    minutes: int | None = None,
    note: str = "",
) -> None:
    """The crew reports: left, arrives in so many minutes, works, is done or not. Once each.

    `note` is a word of theirs to colleagues; no customer reads it.
    """
    _one_of(step, states.STEPS)
    if (step == "minutes") != (minutes is not None):
        raise Refused("problem.arrives_when")
    if minutes is not None and not 1 <= minutes <= MINUTES_MAX:
        raise Refused("problem.arrives_when")
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        if problem.step == step and minutes is None:
            return
        if problem.state not in states.OPEN and step != "done":
            raise Refused("problem.cannot_go")
        problem.step, problem.step_at = step, problem.at
        problem.due_at = problem.at + timedelta(minutes=minutes) if minutes else None
        if problem.state == "acknowledged":
            problem.state = "inProgress"
        note_id = problem.said(note.strip(), whose=by) if note.strip() else None
        problem.tell(StepTaken(step=step, due_at=problem.due_at, note=note_id))


def promise_news(
    *, problem_id: ProblemId, next_at: datetime | None, by: Actor, at: datetime
) -> None:
    """When the next news comes; None: no more is promised."""
    if next_at is not None and next_at <= at:
        raise Refused("problem.news_in_the_past")
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        if problem.next_news_at != next_at:
            problem.next_news_at = next_at
            problem.tell(NewsDue(next_at=next_at))


def give_news(
    *, problem_id: ProblemId, text: str, next_at: datetime | None, by: Actor, at: datetime
) -> None:
    """What there is to say now, for customers, and when the next news comes."""
    _check_text(text)
    if next_at is not None and next_at <= at:
        raise Refused("problem.news_in_the_past")
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        problem.news_id = problem.said(text.strip(), whose=by)
        problem.news_at, problem.next_news_at = problem.at, next_at
        problem.tell(NewsGiven(words=problem.news_id, next_at=next_at))


def tell_workaround(*, problem_id: ProblemId, text: str, by: Actor, at: datetime) -> None:
    """What helps meanwhile; nothing: it helps no more."""
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        if not text.strip() and problem.workaround_id is None:
            return
        if text.strip():
            _check_text(text)
            problem.workaround_id = problem.said(text.strip(), whose=by)
        else:
            problem.workaround_id = None
        problem.tell(WorkaroundTold(words=problem.workaround_id))


def ask_partner(
    *, problem_id: ProblemId, partner_id: int | None, ticket: str, by: Actor, at: datetime
) -> None:
    """A partner repairs it, under a number of its own; None takes it back into our hands."""
    if len(ticket) > 80:
        raise Refused("problem.too_long", letters=80)
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        ticket = ticket.strip() if partner_id else ""
        if (problem.partner_id, problem.partner_ticket) == (partner_id, ticket):
            return
        problem.partner_id, problem.partner_ticket = partner_id, ticket
        if problem.state in states.OPEN:
            problem.state = "held" if partner_id else "inProgress"
        problem.tell(PartnerAsked(partner=partner_id, ticket=ticket))


def set_backup(
    *, problem_id: ProblemId, service_id: int, kind: str, state: str, by: Actor, at: datetime
) -> None:
    """What a service works with meanwhile, and how far that is."""
    _one_of(kind, states.BACKUPS)
    _one_of(state, states.BACKUP_STATES)
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        mine = {"problem_id": problem_id, "service_id": service_id}
        if not AffectedService.objects.filter(**mine).exists():
            raise Refused("problem.not_affected")
        row = Backup.objects.filter(**mine, kind=kind).first() or Backup(**mine, kind=kind)
        if row.state == state:
            return
        row.state, row.at = state, problem.at
        problem.add(row)
        problem.tell(BackupSet(service=service_id, backup=kind, state=state))


def confirm_cause(*, problem_id: ProblemId, cause: str, by: Actor, at: datetime) -> None:
    """Somebody saw what it was."""
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        if problem.is_confirmed and problem.cause == cause:
            return
        was, problem.cause, problem.is_confirmed = problem.cause, cause, True
        problem.tell(CauseConfirmed(cause=cause, was=was))


def end_problem(
    *, problem_id: ProblemId, until: datetime, by: Actor, at: datetime, left: Sequence[int] = ()
) -> None:
    """Service is back. `left` are not, by their own evidence. What else was away is back with it.

    Over already changes nothing.
    """
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        if problem.state == states.RESOLVED:
            return
        if not states.can_go(problem.state, states.RESOLVED):
            raise Refused("problem.cannot_go")
        problem.state, problem.next_news_at = states.RESOLVED, None
        problem.until, problem.left_at = max(until, problem.since), None
        away = AffectedService.objects.filter(problem_id=problem_id, until__isnull=True)
        for row in away.exclude(service_id__in=list(left)):
            row.until = max(row.since, problem.until)
            problem.add(row)
        problem.tell(ProblemEnded(until=problem.until, left=tuple(left)))


def leave_alone(*, problem_id: ProblemId, by: Actor, at: datetime) -> None:
    """Whoever is still away after the end has something of their own. Said once for each end."""
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        if problem.state not in (states.RESOLVED, states.CLOSED) or problem.left_at is not None:
            return
        away = AffectedService.objects.filter(problem_id=problem_id, until__isnull=True)
        left = tuple(away.order_by("service_id").values_list("service_id", flat=True))
        problem.left_at = problem.at
        problem.tell(LeftAlone(services=left))


def reopen_problem(*, problem_id: ProblemId, since: datetime, by: Actor, at: datetime) -> None:
    """It was over too soon. Open already changes nothing."""
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        if problem.state in states.OPEN:
            return
        if not states.can_go(problem.state, "acknowledged"):
            raise Refused("problem.cannot_go")
        problem.state, problem.until, problem.step = "acknowledged", None, ""
        problem.tell(ProblemReopened(since=since))


def close_problem(*, problem_id: ProblemId, by: Actor, at: datetime) -> None:
    """Nothing is left to do about it."""
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        if not states.can_go(problem.state, states.CLOSED):
            raise Refused("problem.cannot_go")
        problem.state, problem.closed_at = states.CLOSED, problem.at
        problem.tell(ProblemClosed())


def cancel_problem(*, problem_id: ProblemId, why: str, by: Actor, at: datetime) -> None:
    """It was none. Nobody was away because of it."""
    _check_text(why)
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        if not states.can_go(problem.state, states.CANCELLED):
            raise Refused("problem.cannot_go")
        problem.state, problem.closed_at = states.CANCELLED, problem.at
        problem.until, problem.next_news_at = problem.at, None
        _all_back(problem)
        problem.tell(ProblemCancelled(words=problem.said(why.strip(), whose=by)))


def _all_back(problem: Any) -> None:
    for row in AffectedService.objects.filter(problem_id=problem.id, until__isnull=True):
        row.until = max(row.since, problem.at)
        problem.add(row)


def back_by_evidence(*, problem_id: ProblemId, finding_id: int, by: Actor, at: datetime) -> None:
    """The records show what was said first; whoever is backed already is not told again."""
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        if problem.finding_id is not None:
            return
        problem.finding_id = finding_id
        problem.tell(ProblemBacked(finding=finding_id))


def merge_problem(*, problem_id: ProblemId, into: ProblemId, by: Actor, at: datetime) -> None:
    """It was part of another, which has its services by now. It was none by itself."""
    if problem_id == into:
        raise Refused("problem.cannot_go")
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        if problem.state not in states.OPEN:
            return
        problem.state, problem.closed_at = states.CANCELLED, problem.at
        problem.until, problem.next_news_at, problem.merged_into = problem.at, None, int(into)
        _all_back(problem)
        problem.tell(ProblemMerged(into=int(into)))


def learn(*, problem_id: ProblemId, root_cause: str, lesson: str, by: Actor, at: datetime) -> None:
    """Why it happened in the end, and what we do about that."""
    texts = [text.strip() for text in (root_cause, lesson)]
    if not any(texts):
        raise Refused("problem.nothing_said")
    for text in filter(None, texts):
        _check_text(text)
    with change(ServiceProblem, problem_id, by=by, at=at) as problem:
        said = [problem.said(text, whose=by) if text else None for text in texts]
        problem.root_cause_id, problem.lesson_id = said
        problem.tell(ProblemLearned(root_cause=said[0], lesson=said[1]))


def _pieces(services: Mapping[int, datetime]) -> Iterator[dict[int, datetime]]:
    rest = iter(services.items())
    while piece := dict(islice(rest, SERVICES_AT_ONCE)):
        yield piece


def _one_of(value: str, known: frozenset[str] | tuple[str, ...]) -> None:
    if value not in known:
        raise Refused("problem.unknown_value", value=value[:40])


def _check_text(text: str) -> None:
    if not text.strip():
        raise Refused("problem.nothing_said")
    if len(text) > LETTERS_MAX:
        raise Refused("problem.too_long", letters=LETTERS_MAX)
