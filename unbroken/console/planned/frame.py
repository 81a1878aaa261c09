"""What every page of what lies ahead shares: its places, and times typed in the reader's zone."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from unbroken.console.access import ANYBODY, AgentRequest, may
from unbroken.ground.pages import answer
from unbroken.ground.words import Phrase, _
from unbroken.staffing.permissions import PLAN_WORK, SEE_REPORTS

PLACES: tuple[tuple[str, str, Phrase, str], ...] = (
    ("calendar", "console:planned_calendar", _("Calendar"), ANYBODY),
    ("plans", "console:plans", _("Planned work"), ANYBODY),
    ("ageing", "console:ageing", _("Lines that will fail"), SEE_REPORTS),
    ("filling", "console:filling", _("Links that fill up"), SEE_REPORTS),
    ("orders", "console:orders", _("Orders"), ANYBODY),
    ("notices", "console:carrier_notices", _("Carriers' notices"), PLAN_WORK),
    ("rules", "console:plan_rules", _("Rules of planning"), ANYBODY),
)


def page(
    request: AgentRequest, template: str, section: str, *, wrong: str = "", **context: Any
) -> HttpResponse:
    """A page of what lies ahead; `wrong` is what was refused."""
    shown = {
        "agent": request.agent,
        "place": "ahead",
        "section": section,
        "places": [one for one in PLACES if may(request.agent, one[3])],
        "may_plan": may(request.agent, PLAN_WORK),
        "wrong": [wrong] if wrong else [],
        **context,
    }
    return answer(request, template, shown, status=422 if wrong else 200)


def typed_time(text: str, zone: str) -> datetime | None:
    """What a field for date and time brought, as UTC; None for anything else."""
    try:
        wall = datetime.fromisoformat(text.strip())
        return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if wall.tzinfo is None else None
    except (ValueError, OverflowError, KeyError):
        return None


def for_field(at: datetime | None, zone: str) -> str:
    """A time as a field for date and time shows it."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if at else ""
