"""What every page of the administration shares: its sections, who may open them, refusals."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from unbroken.console.access import ANYBODY, AgentRequest, may
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.undo import take_back as undo_last
from unbroken.ground.words import LANGUAGES, Phrase, _, in_language
from unbroken.staffing.permissions import (
    ANSWER,
    APPROVE_CREDITS,
    EDIT_DIRECTORY,
    ERASE_PEOPLE,
    MANAGE_CHANNELS,
    MANAGE_PEOPLE,
    MANAGE_PROMISES,
    MANAGE_QUEUES,
    MANAGE_SIGN_IN,
    MANAGE_TOKENS,
    PLAN_SHIFTS,
    READ_ADMINISTRATION,
    READ_RECORD,
    SELL,
    WRITE_RULES,
)

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
refusals(
    {
        "admin.no_name": _("Give a name."),
        "admin.no_key": _("A short name is made of small letters, digits and hyphens, at most 40."),
        "admin.key_taken": _("There is something with this short name already."),
        "admin.no_such_team": _("Say which team."),
        "admin.bad_date": _("Write the day as 2026-05-24."),
        "admin.no_such_zone": _("There is no such time zone."),
    }
)
CHANGED = _("Kept.")
TAKEN_BACK = _("Taken back. That can be taken back too.")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the administration: its page, and which permission changes it."""

    key: str
    page: str
    label: Phrase
    about: Phrase
    do: str
    read: str = READ_ADMINISTRATION


SECTIONS: tuple[Section, ...] = (
    Section(
        "macros",
        "console:macros",
        _("Macros"),
        _("What agents do with one key: several steps at once, with an answer if wished."),
        ANSWER,
    ),
    Section(
        "rules",
        "console:rules",
        _("Rules"),
        _("What the desk does by itself when something happens or time has passed."),
        WRITE_RULES,
    ),
    Section(
        "recurring",
        "console:recurrences",
        _("Recurring requests"),
        _("What is made by itself every so many days, weeks or months."),
        WRITE_RULES,
    ),
    Section(
        "people",
        "console:admin_people",
        _("People"),
        _("Who works here, what they may do, how they sign in."),
        MANAGE_PEOPLE,
    ),
    Section(
        "teams",
        "console:admin_teams",
        _("Teams"),
        _("Who shares a queue: whoever is in the team sees its requests."),
        MANAGE_PEOPLE,
    ),
    Section(
        "roles",
        "console:admin_roles",
        _("Roles"),
        _("What each role allows, and roles of your own."),
        MANAGE_PEOPLE,
    ),
    Section(
        "sign-in",
        "console:admin_sign_in",
        _("Signing in"),
        _("Organisations that say who somebody is, by SAML."),
        MANAGE_SIGN_IN,
    ),
    Section(
        "shifts",
        "console:admin_shifts",
        _("Shifts"),
        _("Who is on now, each team's week, leave and swaps."),
        PLAN_SHIFTS,
        ANYBODY,
    ),
    Section(
        "plan",
        "console:plan",
        _("Plan of the week"),
        _("What comes, whom it needs, a proposal of shifts, how good it is; swaps."),
        PLAN_SHIFTS,
        ANYBODY,
    ),
    Section(
        "customers",
        "console:admin_customers",
        _("Customers"),
        _("Customers and their contacts: kind, language, time zone, VIP, addresses."),
        EDIT_DIRECTORY,
    ),
    Section(
        "resources",
        "console:admin_resources",
        _("Network"),
        _("What carries the services, and what stops working without what."),
        EDIT_DIRECTORY,
    ),
    Section(
        "queues",
        "console:admin_queues",
        _("Queues"),
        _("Which team gets what: by topic, mailbox and kind of customer."),
        MANAGE_QUEUES,
    ),
    Section(
        "calendars",
        "console:admin_calendars",
        _("Calendars"),
        _("Working hours and holidays that promises are counted in."),
        MANAGE_PROMISES,
    ),
    Section(
        "agreements",
        "console:admin_agreements",
        _("Agreements"),
        _("What is promised to whom, and when we warn ourselves."),
        MANAGE_PROMISES,
    ),
    Section(
        "prices",
        "console:prices",
        _("Prices"),
        _("What a promise costs a month, with a slider for each part of it; sold by one click."),
        SELL,
    ),
    Section(
        "costs",
        "console:costs",
        _("Costs"),
        _("Wages, shifts, spares, margin: what prices are reckoned with."),
        MANAGE_PROMISES,
    ),
    Section(
        "credits",
        "console:credits",
        _("Credits"),
        _("What missed promises cost: to approve, to take back, the month's statement."),
        APPROVE_CREDITS,
    ),
    Section(
        "escalation",
        "console:admin_escalation",
        _("Escalation"),
        _("Whom we page until somebody has it, upon what, and who is on call."),
        MANAGE_QUEUES,
    ),
    Section(
        "channels",
        "console:admin_channels",
        _("Channels"),
        _("Mailboxes and the way out, each with a test."),
        MANAGE_CHANNELS,
    ),
    Section(
        "telling",
        "console:admin_telling",
        _("What customers are told"),
        _("Of which events, by which way and how soon; silence and chatter are both faults."),
        MANAGE_CHANNELS,
    ),
    Section(
        "tokens",
        "console:admin_tokens",
        _("Other systems"),
        _("Keys with which other programs read and write requests over the API."),
        MANAGE_TOKENS,
    ),
    Section(
        "persons",
        "console:admin_persons",
        _("Personal data"),
        _("Whoever asks gets what is kept of them, or is forgotten."),
        ERASE_PEOPLE,
    ),
    Section(
        "retention",
        "console:admin_retention",
        _("How long data is kept"),
        _("For how many days mails, files, words and traces stay, and what would go."),
        ERASE_PEOPLE,
    ),
    Section(
        "embed",
        "console:admin_embed",
        _("In your own pages"),
        _("A form and a link to copy into your website."),
        READ_ADMINISTRATION,
    ),
    Section(
        "audit",
        "console:admin_audit",
        _("Who did what"),
        _("Every change of the administration, every sign-in, every look beyond one's queues."),
        READ_RECORD,
        READ_RECORD,
    ),
)


def sections_for(request: AgentRequest) -> list[Section]:
    """What this agent may at least look at."""
    agent = request.agent
    return [one for one in SECTIONS if may(agent, one.do) or may(agent, one.read)]


def page(
    request: AgentRequest,
    template: str,
    section: str,
    *,
    wrong: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the administration; `wrong` is what was refused."""
    shown = {
        "agent": request.agent,
        "place": "admin",
        "section": section,
        "sections": sections_for(request),
        "may_change": _may_change(request, section),
        "wrong": [wrong] if wrong else [],
        **context,
    }
    return answer(request, template, shown, status=422 if wrong and status == 200 else status)


def attempt(deed: Callable[[], object]) -> str:
    """Do it, or nothing of it; what was refused, in the reader's language."""
    try:
        with transaction.atomic():
            deed()
    except Refused as refusal:
        return refusal.in_words()
    return ""


def done(
    request: AgentRequest, sentence: Phrase, to: str, *args: object, **values: object
) -> HttpResponse:
    """Say that it was done, on the page that shows it."""
    tell(request, in_language(sentence, None, **values))
    return go(reverse(to, args=args))


def cleaned(text: str | None, longest: int = 200) -> str:
    """A line as it was meant: no blanks around it, nothing a database cannot hold."""
    return " ".join((text or "").replace("\0", "").split())[:longest]


def take_back(request: AgentRequest, stream: str) -> None:
    """Take back what happened last, if it is still what the page showed."""
    version = request.POST.get("version", "")
    known = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    undo_last(stream=stream, version=known, by=request.actor, at=now())


class Sent(dict[str, str]):
    """What a form brought, to be shown again; what it did not bring is empty."""

    def __missing__(self, field: str) -> str:
        return ""


def sent(request: AgentRequest) -> Sent:
    """What was typed, so that nothing has to be typed twice."""
    return Sent(request.POST.dict())


def given_names(request: AgentRequest) -> dict[str, str]:
    """What something is called, by language; languages without a name are left out."""
    names = {one: cleaned(request.POST.get(f"name_{one}"), 120) for one in LANGUAGES}
    return {language: name for language, name in names.items() if name}


def _may_change(request: AgentRequest, section: str) -> bool:
    known = next((one for one in SECTIONS if one.key == section), None)
    return known is not None and may(request.agent, known.do)
