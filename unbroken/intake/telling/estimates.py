"""By when it will probably be done, as customers are told: one time, moved seldom and for a reason.

Told is the time by which four of five such requests are over, as round as a person would say it, in
the customer's zone. It moves later when it will more likely than not be missed, and earlier only
when that is sure and makes a difference; never at night. A later time is mailed, with the reason;
the first stands in the acknowledgement and in the portal, and whoever phones hears it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from unbroken.conversation import actions as record
from unbroken.conversation import queries as conversation
from unbroken.conversation.ids import TicketId
from unbroken.conversation.links import ticket_link
from unbroken.conversation.queries import TicketFacts
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, every
from unbroken.ground.sql import rows
from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.post import send_service_mail
from unbroken.intake.telling import notices
from unbroken.intake.telling.letters import GREETING, GREETING_NOBODY, LESS, STANDS
from unbroken.intake.telling.present import present_policy
from unbroken.intake.wishes import is_wanted
from unbroken.routing.ahead import foresee
from unbroken.routing.estimate.spoken import by_when

FARTHEST = timedelta(days=10)
"""Further ahead no shift is known, and nobody would believe it."""

REST = timedelta(hours=1)
EARLIER_BY, EARLIER_SHARE = timedelta(hours=2), 0.25
AT_ONCE = 200
FRESH = timedelta(minutes=20)
EVERY_SECONDS = 30.0

WHY: dict[str, Phrase] = {
    "handed": _("It went on to another specialist, who has to begin with it."),
    "partner": _("We wait for a partner of ours, and press them."),
    "problem": _("It belongs to a larger trouble that takes longer."),
    "busy": _("There is more work before it than we thought."),
    "longer": _("It takes longer than we thought."),
    "sooner": _("It goes faster than we thought."),
}
SUBJECT = _("[#{number}] It will take longer: {name}")
INSTEAD = _("We told you that your request #{number} would probably be done by {was}.")
NOW_BY = _("Now we expect it by {time}.")


@dataclass(frozen=True, slots=True)
class Due:
    """A request of which there may be something to tell, as foreseen, and what was told of it."""

    number: int
    name: str
    status: str
    team_id: int | None
    p50_at: datetime
    p80_at: datetime
    begins_at: datetime
    problem: int | None
    language: str
    timezone: str
    told_by: datetime | None
    told_at: datetime | None
    told_team: int | None
    contact_id: int | None
    contact: str
    email: str
    mails: str
    follows: bool


def next_told(
    told_by: datetime | None, p50: datetime, p80: datetime, *, at: datetime, zone: str
) -> datetime | None:
    """The time to tell now; None: what was told still holds, or nothing can be said. Pure."""
    by = by_when(p80, at, zone)
    if by - at > FARTHEST:
        return None
    if told_by is None:
        return by
    if p50 > told_by:
        return by
    surely = p80 + (p80 - p50)
    matters = max(EARLIER_BY, EARLIER_SHARE * (told_by - at))
    return by if surely < told_by - matters else None


def reason(one: Due, by: datetime, *, at: datetime) -> str:
    """Why it is another time than before. Pure."""
    if one.told_by is None:
        return ""
    if by < one.told_by:
        return "sooner"
    if one.team_id != one.told_team:
        return "handed"
    if one.status == "held":
        return "partner"
    if one.problem is not None:
        return "problem"
    return "busy" if one.begins_at > at + timedelta(minutes=5) else "longer"


def is_night(at: datetime, zone: str) -> bool:
    """Whether they sleep."""
    return not notices.QUIET_UNTIL <= at.astimezone(ZoneInfo(zone)).time() < notices.QUIET_FROM


def tell_due(*, at: datetime) -> int:
    """Tell what is to be told of everything that is open; returns of how many."""
    policy, done = present_policy(), 0
    if not policy.is_on("estimate"):
        return 0
    for one in rows(
        Due, "intake/queries/estimates_due.sql", at=at, fresh=at - FRESH, rest=at - REST,
        limit=AT_ONCE,
    ):  # fmt: skip
        zone = one.timezone or settings.UNBROKEN.timezone
        by = next_told(one.told_by, one.p50_at, one.p80_at, at=at, zone=zone)
        if by is None or by == one.told_by or (one.told_by is not None and is_night(at, zone)):
            continue
        done += _tell(one, by, zone, at=at)
    return done


def _tell(one: Due, by: datetime, zone: str, *, at: datetime) -> bool:
    why = reason(one, by, at=at)
    is_slip = one.told_by is not None and by > one.told_by
    mailed = is_slip and bool(one.email) and is_wanted(one.mails, one.follows, "news")
    with transaction.atomic():
        told = record.tell_estimate(
            ticket_id=TicketId(one.number), by_when=by, why=why, mailed=mailed, by=HOUSE, at=at
        )
        if told and mailed:
            _mail(one, by, why, zone, at=at)
    return told


def of_newcomer(ticket: TicketFacts, zone: str, *, at: datetime) -> datetime | None:
    """The time that an acknowledgement may say; None where none is known, or may be said."""
    if ticket.team_id is None or ticket.imported or not present_policy().is_on("estimate"):
        return None
    topic = conversation.topic(ticket.topic_id) if ticket.topic_id else None
    found = foresee.of_newcomer(
        team_id=ticket.team_id, topic=topic.key if topic else "", priority=ticket.priority, at=at
    )
    return next_told(None, at + found.p50, at + found.p80, at=at, zone=zone) if found else None


def _mail(one: Due, by: datetime, why: str, zone: str, *, at: datetime) -> None:
    assert one.told_by is not None
    assert one.contact_id is not None
    language = one.language
    was = day_and_hour(one.told_by, zone=zone, language=language)
    name = " ".join(one.contact.split())
    link = ticket_link(one.number, one.contact_id)
    lines = [
        in_language(GREETING, language, name=name) if name
        else in_language(GREETING_NOBODY, language),
        in_language(INSTEAD, language, number=one.number, was=was),
        in_language(WHY[why], language) + " "
        + in_language(NOW_BY, language, time=day_and_hour(by, zone=zone, language=language)),
        in_language(STANDS, language, link=link),
        in_language(LESS, language, link=f"{settings.BASE_URL}/settings"),
    ]  # fmt: skip
    send_service_mail(
        to=(one.contact, one.email),
        subject=in_language(SUBJECT, language, number=one.number, name=one.name),
        words="\n\n".join(lines) + "\n",
        language=language,
        until=by,
    )


LOOP: Loop = every("intake.estimates", EVERY_SECONDS, lambda: tell_due(at=now()))
