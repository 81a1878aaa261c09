"""Who is told because of something that happened to a problem, and from when on.

First word: everybody whose service it strikes, one person a household. How it goes on: whoever was
told. The end (`ends.py`): also whoever asked for it in the portal, or reported the trouble.
Households sleep: from 22:00 to 07:00 their time nothing leaves, and in the morning only what still
holds. Companies are told at any hour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from unbroken.ground.events import LoggedEvent
from unbroken.ground.sql import rows
from unbroken.intake.actions.news import ToTell, make_notice
from unbroken.intake.telling import ends
from unbroken.intake.telling.policy import Chosen
from unbroken.intake.telling.present import present_policy
from unbroken.intake.wishes import is_wanted

APPROVAL_ABOVE = 500
"""A person's own words to more households than this need another person's approval."""
QUIET_FROM, QUIET_UNTIL = time(22), time(7)
ASKED = "asked"
"""In place of their wishes: they asked for just this one, so it is mailed whatever those say."""
STEPS = frozenset({"crew", "next_news"})
"""What nobody is called for: the first word, its return and its end are told by telephone."""

MESSAGE_OF = {
    "problem.opened": "known",
    "problem.service_affected": "known",
    "problem.step_taken": "crew",
    "problem.news_given": "next_news",
    "problem.ended": "over",
    "problem.service_restored": "over",
    "problem.left_alone": "over",
    "problem.reopened": "again",
}


@dataclass(frozen=True, slots=True)
class Household:
    """One to tell, and for which services; `sleeps`: not at night."""

    customer: int
    contact: int
    mails: str
    news_by: str
    sleeps: bool
    language: str
    timezone: str
    services: list[int]
    address: str


def tell_many(event: LoggedEvent, *, at: datetime) -> int | None:
    """Make the notice that this event causes; None: nobody is to be told."""
    message, policy = MESSAGE_OF[event.kind], present_policy()
    is_on = policy.is_on(message)
    if event.imported or not (is_on or message == "over"):
        return None
    if message == "over" and not ends.is_an_end(event):
        return None
    words_id = event.data.get("words")
    found = list(_letters(message, _audience(event, message, is_on=is_on), policy, at))
    return make_notice(
        problem=event.subject_id,
        event=event.id,
        message=message,
        step="left" if event.kind == "problem.left_alone" else str(event.data.get("step") or ""),
        words_id=words_id,
        made_by=event.by,
        letters=found,
        needs_approval=words_id is not None and len(found) > APPROVAL_ABOVE,
        at=at,
    )


def _audience(event: LoggedEvent, message: str, *, is_on: bool) -> Sequence[Household]:
    problem = event.subject_id
    if message == "known":
        services = list(event.data.get("services") or ())
        return rows(
            Household, "intake/queries/notice_households.sql", services=services, problem=problem
        )
    told = rows(Household, "intake/queries/notice_told.sql", problem=problem) if is_on else []
    if message == "over":
        asked = rows(Household, "intake/queries/notice_asked.sql", problem=problem)
        wanted = {one.contact for one in asked}
        told = [*asked, *(one for one in told if one.contact not in wanted)]
        if is_on:
            known = {one.contact for one in told}
            reported = rows(Household, "intake/queries/notice_reported.sql", problem=problem)
            told += [one for one in reported if one.contact not in known]
        is_end = ends.for_whom(event)
        return [one for one in told if is_end(one.customer, one.contact)]
    return told


def _letters(
    message: str, audience: Sequence[Household], policy: Chosen, at: datetime
) -> Iterator[ToTell]:
    """One letter to a household, and no second one to the same mailbox."""
    written: set[str] = set()
    turn = "end" if message == "over" else "news"
    for one in audience:
        if one.address and one.address in written:
            continue
        written.add(one.address)
        is_wished = one.mails == ASKED or is_wanted(one.mails, True, turn)  # type: ignore[arg-type]
        yield ToTell(
            contact=one.contact,
            customer=one.customer,
            services=tuple(one.services),
            language=one.language,
            timezone=one.timezone,
            not_before=due_at(at + policy.delay(message), one.timezone, sleeps=one.sleeps),
            why=_spared(one, message) if is_wished else "wish",
            channel="phone" if one.news_by == "phone" else "mail",
        )


def _spared(one: Household, message: str) -> str:
    """Who looks themselves is told nothing but what they asked for; nobody is called for a step."""
    if one.mails == ASKED:
        return ""
    if one.news_by == "portal":
        return "portal"
    return "wish" if one.news_by == "phone" and message in STEPS else ""


def due_at(at: datetime, zone: str, *, sleeps: bool) -> datetime:
    """Then, or when their night is over."""
    if not sleeps:
        return at
    local = at.astimezone(ZoneInfo(zone or settings.UNBROKEN.timezone))
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return at
    morning = local.replace(hour=QUIET_UNTIL.hour, minute=0, second=0, microsecond=0)
    return morning if morning >= local else morning + timedelta(days=1)
