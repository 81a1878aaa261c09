"""Planned work of ours: who is told, and by when, and what the letter says.

Whoever it touches is told when the notice that their agreement asks for begins, half a day before
at the latest, or at once where that is over. What changes is told to all of them once more; what is
called off, or takes longer, only to those who were told of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from unbroken.ground.events import LoggedEvent
from unbroken.ground.sql import rows
from unbroken.ground.time_words import day_and_hour
from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.actions.news import ToTell, make_notice
from unbroken.intake.telling.notices import due_at
from unbroken.intake.telling.present import present_policy
from unbroken.intake.wishes import is_wanted
from unbroken.outage.plans import queries
from unbroken.outage.plans.queries import Plan

STEP_OF = {
    "plan.announced": "announced",
    "plan.moved": "moved",
    "plan.overran": "overran",
    "plan.called_off": "calledOff",
}
MARGIN = timedelta(hours=12)
"""So much earlier than the agreement asks, for quiet hours in between."""

SUBJECTS: dict[str, Phrase] = {
    "announced": _("Planned work on your service"),
    "moved": _("Planned work on your service is moved"),
    "overran": _("Planned work on your service takes longer"),
    "calledOff": _("Planned work on your service is called off"),
}
FROM_TO = _("We work on the network from {since} to {until}.")
MOVED_TO = _("The work is moved: it goes on from {since} to {until}.")
AWAY = _("Your service may not work during that time.")
SLOWER = _("Your service may be slower or break shortly during that time.")
NO_NEED = _("You need do nothing.")
LONGER = _("The work was to end at {until} and takes longer. We work on it until it is done.")
OFF = _("The work announced for {since} will not be. Your service goes on as usual.")


@dataclass(frozen=True, slots=True)
class Touched:
    """One household to tell; `hours`: how long before, by agreement."""

    customer: int
    contact: int
    mails: str
    news_by: str
    sleeps: bool
    language: str
    timezone: str
    services: list[int]
    address: str
    hours: int


def tell_of_plan(event: LoggedEvent, *, at: datetime) -> int | None:
    """Make the notice that this event causes; None: nobody is to be told."""
    plan, policy = queries.plan(event.subject_id), present_policy()
    if plan is None or event.imported or not policy.is_on("planned"):
        return None
    if event.kind == "plan.called_off" and not event.data.get("was_announced"):
        return None
    found = rows(
        Touched,
        "intake/queries/notice_of_plan.sql",
        services=queries.services_of_plan(plan.id),
        plan=plan.id,
        usual=queries.notice_periods()[""],
    )
    return make_notice(
        problem=0,
        plan=plan.id,
        event=event.id,
        message="planned",
        step=STEP_OF[event.kind],
        words_id=None,
        made_by=event.by,
        letters=list(_letters(found, plan, STEP_OF[event.kind], at + policy.delay("planned"))),
        needs_approval=False,
        at=at,
    )


def _letters(found: list[Touched], plan: Plan, step: str, at: datetime) -> Iterator[ToTell]:
    written: set[str] = set()
    for one in found:
        if one.address in written:
            continue
        written.add(one.address)
        not_before = told_at(plan.since, one.hours, at) if step in ("announced", "moved") else at
        yield ToTell(
            contact=one.contact,
            customer=one.customer,
            services=tuple(one.services),
            language=one.language,
            timezone=one.timezone,
            not_before=due_at(not_before, one.timezone, sleeps=one.sleeps),
            why=_spared(one),
            channel="phone" if one.news_by == "phone" else "mail",
        )


def _spared(one: Touched) -> str:
    if not is_wanted(one.mails, True, "news"):
        return "wish"
    return "portal" if one.news_by == "portal" else ""


def told_at(since: datetime, hours: int, at: datetime) -> datetime:
    """When their notice begins, or now where that is over. Pure."""
    return max(at, since - timedelta(hours=hours) - MARGIN)


def spared_because(
    step: str, plan: Plan | None, *, was_told: bool, is_overtaken: bool, at: datetime
) -> str:
    """Why it need not be told any more; empty: it is told. Pure."""
    if plan is None:
        return "over"
    if step in ("overran", "calledOff"):
        is_so = plan.state == "calledOff" if step == "calledOff" else plan.is_open
        return "" if was_told and is_so else "over"
    if is_overtaken:
        return "joined"
    return "" if plan.state in ("announced", "inWork") and plan.until > at else "over"


def subject_of(step: str, language: str, *, was_told: bool) -> str:
    """What it is, without opening it."""
    return in_language(
        SUBJECTS["announced" if step == "moved" and not was_told else step], language
    )


def lines_of(step: str, plan: Plan, language: str, zone: str, *, was_told: bool) -> list[str]:
    """What it says. Who never heard of it hears the new times as any."""
    since = day_and_hour(plan.since, zone=zone, language=language)
    until = day_and_hour(plan.until, zone=zone, language=language)
    if step == "overran":
        return [in_language(LONGER, language, until=until)]
    if step == "calledOff":
        return [in_language(OFF, language, since=since)]
    first = MOVED_TO if step == "moved" and was_told else FROM_TO
    felt = AWAY if plan.impact == "OUTAGE" else SLOWER
    return [
        in_language(first, language, since=since, until=until),
        in_language(felt, language),
        in_language(NO_NEED, language),
    ]
