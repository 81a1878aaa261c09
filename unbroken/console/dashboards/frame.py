"""What every dashboard shares: its places, and a number that opens the list behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from unbroken.console.access import ANYBODY, AgentRequest, may
from unbroken.ground.pages import answer
from unbroken.ground.words import Phrase, _, in_language
from unbroken.staffing.permissions import SEE_REPORTS


@dataclass(frozen=True, slots=True)
class Place:
    """One page of the dashboards, and who may open it."""

    key: str
    page: str
    word: Phrase
    read: str = ANYBODY


@dataclass(frozen=True, slots=True)
class Tile:
    """A number, what it is, the list it opens, its state ("alarm", "risk", "good"), what it was."""

    name: str
    number: str
    address: str = ""
    tone: str = ""
    more: str = ""


def tile(name: Phrase, number: object, address: str = "", tone: str = "") -> Tile:
    """A number in the reader's language; its tone only where there is something to see."""
    return Tile(in_language(name), str(number), address, tone if str(number) != "0" else "")


PLACES = [
    Place("mine", "console:dashboards", _("Mine")),
    Place("team", "console:dashboard_team", _("Team")),
    Place("support", "console:dashboard_support", _("Head of support"), SEE_REPORTS),
    Place("promises", "console:promises", _("Promises"), SEE_REPORTS),
    Place("foreseen", "console:told_and_kept", _("Times told and kept"), SEE_REPORTS),
    Place("telling", "console:telling_measured", _("Silence and chatter"), SEE_REPORTS),
    Place("notices", "console:notices", _("News to many"), SEE_REPORTS),
    Place("verdicts", "console:verdicts", _("Verdicts"), SEE_REPORTS),
    Place("reviews", "console:reviews", _("Reviews")),
    Place("reports", "console:reports", _("Reports"), SEE_REPORTS),
]


def page(
    request: AgentRequest,
    template: str,
    here: str,
    context: Mapping[str, Any],
    *,
    parts: Iterable[str] = (),
    to: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page among the dashboards."""
    shown = {
        "agent": request.agent,
        "place": "dashboards",
        "places": [
            {"page": one.page, "word": in_language(one.word), "here": one.key == here}
            for one in PLACES
            if may(request.agent, one.read)
        ],
        "may_report": may(request.agent, SEE_REPORTS),
        **context,
    }
    return answer(request, template, shown, parts=parts, to=to, status=status)
