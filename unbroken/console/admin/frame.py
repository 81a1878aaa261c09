"""What every page of the administration shares: its sections, who may open them, refusals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from unbroken.console.access import AgentRequest, may
from unbroken.ground.change import Refused
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import Phrase, _, in_language
from unbroken.staffing.permissions import MANAGE_PEOPLE, READ_ADMINISTRATION


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


def _may_change(request: AgentRequest, section: str) -> bool:
    known = next((one for one in SECTIONS if one.key == section), None)
    return known is not None and may(request.agent, known.do)
