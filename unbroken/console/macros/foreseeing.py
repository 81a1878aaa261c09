"""What a macro would do to many requests, before it does it."""

from dataclasses import dataclass

from django.http import HttpResponse

from unbroken.console.access import AgentRequest
from unbroken.console.macros import applying, deed
from unbroken.console.macros.telling import Line, lines_of
from unbroken.console.tickets.addresses import address_of
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go_for_everyone, tell


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One request: what would be done, or why nothing."""

    number: int
    lines: tuple[Line, ...] = ()
    why: str = ""


def foresee(request: AgentRequest, macro_id: int, numbers: list[int], words: str) -> HttpResponse:
    """A page that shows it for each request, and a button that does it."""
    at, doer = now(), applying.doer_of(request.agent)
    try:
        sheet = deed.sheet_for(macro_id, request.agent.id)
    except Refused as refusal:
        tell(request, refusal.in_words())
        return go_for_everyone(request, address_of(words))
    found = []
    for number in numbers:
        try:
            steps = applying.foreseen(number, sheet, doer, at=at)
            lines = lines_of(steps, at=at, zone=request.agent.timezone)
            found.append(Foreseen(number, tuple(lines)))
        except Refused as refusal:
            found.append(Foreseen(number, why=refusal.in_words()))
    context = {
        "agent": request.agent,
        "place": "work",
        "sheet": sheet,
        "macro_id": macro_id,
        "fitting": [one for one in found if not one.why],
        "others": [one for one in found if one.why],
        "words": words,
        "list_address": address_of(words),
    }
    return answer(request, "console/macros/foreseen.html", context)
