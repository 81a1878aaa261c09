"""The only functions that change agreements and promises.

Counting reads a ticket's record, folds it, writes its clocks and notes what was missed.
Doing it again changes nothing: the record is the only source.
"""

import json
import logging
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from unbroken.calendars import queries as calendars
from unbroken.calendars.actions import set_calendar
from unbroken.conversation.queries.topics import every_topic
from unbroken.conversation.states import OPEN, PRIORITIES, TICKET_TYPES
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused, begin, change, refusals
from unbroken.ground.events import LoggedEvent
from unbroken.ground.undo import restores, values_back
from unbroken.ground.words import _
from unbroken.promise import presets, projections
from unbroken.promise.book import ANY_TYPE, Aim, Place, Resolved, plain_key
from unbroken.promise.events import AgreementMadeDefault, AgreementSet, PromiseMissed
from unbroken.promise.measures import all_measures
from unbroken.promise.models import Agreement, Objective, Violation
from unbroken.promise.queries.checks import Looked, compared
from unbroken.promise.queries.promises import (
    counted_legs,
    is_judged,
    judged_of,
    record_of,
    standings,
)
from unbroken.promise.queries.terms import TicketTerms, book, present_book, ticket_terms
from unbroken.promise.timeline import Standing

log = logging.getLogger(__name__)

BATCH_MAX = 20
"""Tickets the timer counts in one transaction: their rows are locked as long as it lasts."""

refusals(
    {
        "agreement.needs_key": _("An agreement needs a key and a name."),
        "agreement.unknown": _("There is no agreement “{key}”."),
        "agreement.unknown_calendar": _("There is no calendar “{key}”."),
        "agreement.unknown_measure": _("There is no measure “{measure}”."),
        "agreement.unknown_type": _("There is no type of request “{ticket_type}”."),
        "agreement.unknown_topic": _("There is no topic “{topic}”."),
        "agreement.bad_seconds": _("{measure}: seconds are whole and positive, by priority."),
        "agreement.bad_share": _("{measure}: a warning comes after a share between 0 and 1."),
        "agreement.twice": _("{measure} is promised twice for the same type and topic."),
    }
)


# ── agreements ────────────────────────────────────────────────────────────────


def set_agreement(
    *,
    key: str,
    name: str,
    calendar: str,
    objectives: Collection[Aim],
    by: Actor,
    at: datetime,
) -> None:
    """This is promised from now on. What is already so changes nothing.

    An objective that is not named any more promises nothing; open tickets are counted
    again by the timer, soon.
    """
    key = plain_key(key)
    _check_agreement(key, name, calendar, objectives)
    row_id = Agreement.objects.filter(key=key).values_list("pk", flat=True).first()
    doing = change(Agreement, row_id, by=by, at=at) if row_id else begin(Agreement, by=by, at=at)
    with doing as agreement:
        altered = _altered(agreement.id if row_id else None, objectives)
        if row_id and not altered and (agreement.name, agreement.calendar) == (name, calendar):
            return
        was = _as_told(agreement, _aims_of(agreement.id)) if row_id else None
        agreement.key, agreement.name, agreement.calendar = key, name, calendar
        for objective in altered:
            objective.agreement_id = agreement.id
            agreement.add(objective)
        told = _as_told(agreement, objectives) if was is not None else None
        agreement.tell(AgreementSet(key, was, told))


def _aims_of(agreement_id: int) -> list[Aim]:
    """What is stored now, before it is changed."""
    rows = Objective.objects.filter(agreement_id=agreement_id).exclude(seconds={}).order_by("id")
    return [
        Aim(row.measure, row.ticket_type, row.seconds, row.warning_share, row.topic) for row in rows
    ]


def _as_told(agreement: Any, objectives: Collection[Aim]) -> dict[str, object]:
    """An agreement as its event tells it."""
    aims = [
        {
            "measure": aim.measure,
            "ticket_type": aim.ticket_type,
            "seconds": dict(aim.seconds),
            "warning_share": aim.warning_share,
            **({"topic": aim.topic} if aim.topic else {}),
        }
        for aim in objectives
    ]
    return {"name": agreement.name, "calendar": agreement.calendar, "aims": aims}


def _agreement_as_before(event: LoggedEvent, **told: Any) -> None:
    was = values_back(event)
    aims = [Aim(**aim) for aim in was["aims"]]
    set_agreement(
        key=event.data["key"], name=was["name"], calendar=was["calendar"], objectives=aims, **told
    )


restores({"agreement.set": _agreement_as_before})


def _altered(agreement_id: int | None, wanted: Collection[Aim]) -> list[Objective]:
    """The objectives that differ from what is stored, with their new values."""
    stored: dict[Place, Objective] = {}
    if agreement_id is not None:
        for row in Objective.objects.filter(agreement_id=agreement_id):
            stored[row.measure, row.ticket_type, row.topic] = row
    altered: list[Objective] = []
    for aim in wanted:
        row = stored.pop(aim.place) if aim.place in stored else Objective()
        row.measure, row.ticket_type, row.topic = aim.place
        values = (dict(aim.seconds), aim.warning_share)
        if row.pk is None or (row.seconds, row.warning_share) != values:
            row.seconds, row.warning_share = values
            altered.append(row)
    for row in stored.values():
        if row.seconds:
            row.seconds = {}
            altered.append(row)
    return altered


def _check_agreement(key: str, name: str, calendar: str, objectives: Collection[Aim]) -> None:
    if not key or not name.strip():
        raise Refused("agreement.needs_key")
    if calendars.calendar(calendar) is None:
        raise Refused("agreement.unknown_calendar", key=calendar)
    seen: set[Place] = set()
    topics = _known_topics(objectives)
    for aim in objectives:
        if aim.measure not in all_measures():
            raise Refused("agreement.unknown_measure", measure=aim.measure)
        if aim.ticket_type not in (ANY_TYPE, *TICKET_TYPES):
            raise Refused("agreement.unknown_type", ticket_type=aim.ticket_type)
        if aim.topic and aim.topic not in topics:
            raise Refused("agreement.unknown_topic", topic=aim.topic)
        if not _are_targets(aim.seconds):
            raise Refused("agreement.bad_seconds", measure=aim.measure)
        if not 0 < aim.warning_share <= 1:
            raise Refused("agreement.bad_share", measure=aim.measure)
        if aim.place in seen:
            raise Refused("agreement.twice", measure=aim.measure)
        seen.add(aim.place)


def _known_topics(objectives: Collection[Aim]) -> frozenset[str]:
    """The keys of all topics, also of retired ones; asked only where an aim names one."""
    if not any(aim.topic for aim in objectives):
        return frozenset()
    return frozenset(one.key for one in every_topic())


def _are_targets(seconds: Mapping[str, Any]) -> bool:
    return bool(seconds) and all(
        priority in PRIORITIES and type(value) is int and value > 0
        for priority, value in seconds.items()
    )


def make_default(*, key: str, by: Actor, at: datetime) -> None:
    """Whom nobody promised anything else is promised this from now on."""
    chosen = Agreement.objects.filter(key=plain_key(key)).first()
    if chosen is None:
        raise Refused("agreement.unknown", key=key)
    if chosen.is_default:
        return
    with transaction.atomic():
        for row_id in Agreement.objects.filter(is_default=True).values_list("pk", flat=True):
            _mark_default(row_id, is_default=False, by=by, at=at)
        _mark_default(chosen.pk, is_default=True, by=by, at=at)


def _mark_default(row_id: int, *, is_default: bool, by: Actor, at: datetime) -> None:
    with change(Agreement, row_id, by=by, at=at) as agreement:
        agreement.is_default = is_default
        agreement.tell(AgreementMadeDefault(agreement.key, is_default))


def plant_agreements(*, timezone: str, by: Actor, at: datetime) -> None:
    """Something to begin with. What is there already, also if altered, is left alone."""
    for hours in presets.CALENDARS:
        if calendars.calendar(hours.key) is None:
            set_calendar(
                key=hours.key,
                name=hours.name,
                definition=hours.definition(timezone),
                by=by,
                at=at,
            )
    known = set(Agreement.objects.values_list("key", flat=True))
    for preset in presets.AGREEMENTS:
        if preset.key not in known:
            set_agreement(
                key=preset.key,
                name=preset.name,
                calendar=preset.calendar,
                objectives=preset.objectives,
                by=by,
                at=at,
            )
    if not Agreement.objects.filter(is_default=True).exists():
        make_default(key=presets.DEFAULT, by=by, at=at)


def move_hours(*, timezone: str, by: Actor, at: datetime) -> None:
    """The planted calendars that nobody has altered are put into this time zone."""
    stored = {row.key: json.loads(row.text) for row in calendars.calendars()}
    for hours in presets.CALENDARS:
        known = stored.get(hours.key)
        if known is None or known["timezone"] == timezone:
            continue
        if known == hours.definition(known["timezone"]):
            definition = hours.definition(timezone)
            set_calendar(key=hours.key, name=hours.name, definition=definition, by=by, at=at)


# ── clocks ────────────────────────────────────────────────────────────────────


def recount_clocks(*, stream: str, by: Actor, at: datetime) -> None:
    """Count every promise of a ticket again from its record.

    What was kept when it ended stays kept: only fresh misses are noted.
    """
    ticket = ticket_terms(int(stream.partition(":")[2]))
    if ticket is None:
        return
    present = book(ticket.stamp)
    resolved = present.resolve(ticket.asked)
    story = record_of(ticket)
    counted = standings(ticket, resolved, at=at, story=story)
    certain = [
        (key, standing)
        for key, found in counted.items()
        for standing in found
        if standing.is_certain
    ]
    judged = judged_of(ticket.ticket_id) if certain else {}
    projections.write_clocks(ticket, resolved, counted)
    if present.internal:
        legs = counted_legs(ticket, present.internal, at=at, story=story)
        projections.write_legs(ticket.ticket_id, legs)
    fresh = [(key, s) for key, s in certain if not is_judged(judged.get(key), s)]
    if fresh:
        _note_misses(ticket, resolved, fresh, by=by, at=at)


def _note_misses(
    ticket: TicketTerms,
    resolved: Resolved,
    certain: Collection[tuple[str, Standing]],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """One row for each miss that has none yet."""
    assert resolved.terms is not None
    noted = set(
        Violation.objects.filter(cause__in=[s.run.cause for _key, s in certain]).values_list(
            "measure", "cause"
        )
    )
    for key, standing in certain:
        if (key, standing.run.cause) in noted:
            continue
        try:
            with transaction.atomic():
                _note_miss(ticket, resolved.terms.key, key, standing, by=by, at=at)
        except IntegrityError as error:
            if "violation_once" not in str(error):
                raise  # somebody else noting the same miss at the same time is no error


def _note_miss(
    ticket: TicketTerms, agreement: str, key: str, standing: Standing, *, by: Actor, at: datetime
) -> None:
    assert standing.due_at is not None
    with begin(Violation, by=by, at=at) as violation:
        violation.ticket_id = ticket.ticket_id
        violation.measure = key
        violation.agreement = agreement
        violation.priority = ticket.priority
        violation.cause = standing.run.cause
        violation.started_at = standing.run.started_at
        violation.due_at = standing.due_at
        violation.tell(PromiseMissed(ticket.ticket_id, key, agreement, standing.due_at))


def ring(*, at: datetime, limit: int = BATCH_MAX) -> int:
    """Count the tickets whose clocks ask for it: to warn, or to note a miss."""
    with transaction.atomic():
        return _recount_each(projections.ringing(at=at, limit=limit), at=at)


def recount_stale(*, at: datetime, limit: int = BATCH_MAX) -> int:
    """Count tickets again whose agreement, calendar or holidays have changed since."""
    with transaction.atomic():
        return _recount_each(projections.stale(present_book(), limit=limit), at=at)


def rebuild_clocks(*, after: int = 0, at: datetime, limit: int = BATCH_MAX) -> int | None:
    """Count one batch of open tickets; returns where to go on, None at the end."""
    tickets = projections.open_tickets(after=after, limit=limit)
    with transaction.atomic():
        _recount_each(tickets, at=at)
    return tickets[-1] if tickets else None


def check_clocks(
    *,
    after: int,
    at: datetime,
    limit: int = BATCH_MAX,
    upto: int | None = None,
    states: Collection[str] = OPEN,
) -> Looked | None:
    """Compare one batch of tickets with their record, and count anew what differs.

    A difference is a fault of ours: it is mended, but never silently. Nothing is locked but the
    rows of what differs, a moment each.
    """
    looked = compared(after=after, at=at, limit=limit, upto=upto, states=states)
    if looked is None:
        return None
    for ticket_id, measures in looked.differing.items():
        log.error(
            "the clocks of ticket %s were not what its record gives (%s); they were counted anew",
            ticket_id,
            ", ".join(measures),
        )
    with transaction.atomic():
        _recount_each(list(looked.differing), at=at)
    return looked


def _recount_each(tickets: list[int], *, at: datetime) -> int:
    """How many could be counted. One that cannot be does not hold up the others."""
    done = 0
    for ticket_id in tickets:
        try:
            with transaction.atomic():
                recount_clocks(stream=f"ticket:{ticket_id}", by=HOUSE, at=at)
            done += 1
        except Exception:
            log.exception("the clocks of ticket %s cannot be counted", ticket_id)
            projections.postpone(ticket_id, until=at + projections.PATIENCE)
    return done
