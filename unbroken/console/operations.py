"""How the desk is doing: which work is stuck and why, what keeps up, what it hears."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, agent_required, sight
from unbroken.evidence.queries.doors import doors
from unbroken.ground.clock import now
from unbroken.ground.events import KINDS
from unbroken.ground.letters import BOXES
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.postman import retry_letter, skip_letter
from unbroken.ground.sql import rows
from unbroken.ground.words import _, in_language

SLOW = timedelta(seconds=30)
"""A letter older than this means that a room does not keep up."""

AGAIN, SKIPPED = _("It is tried again now."), _("Given up. That is on record with your name.")


@dataclass(frozen=True, slots=True)
class StuckLetter:
    """One piece of work that failed three times."""

    id: int
    box: str
    stream: str
    error: str | None
    parked_at: datetime
    kind: str
    at: datetime
    event_id: int
    behind: int

    @property
    def says(self) -> str:
        """What had happened."""
        known = KINDS.get(self.kind)
        return in_language(known.says) if known and "{" not in known.says else self.kind

    @property
    def ticket(self) -> int | None:
        """The request it is about, if it is about one."""
        word, _colon, number = self.stream.partition(":")
        return int(number) if word == "ticket" and number.isdigit() else None


@dataclass(frozen=True, slots=True)
class BoxGlance:
    """One room's letterbox."""

    box: str
    waiting: int
    parked: int
    oldest_at: datetime | None

    def is_slow(self, at: datetime) -> bool:
        """Whether the room does not keep up."""
        return self.oldest_at is not None and at - self.oldest_at > SLOW


@agent_required
@require_GET
def stuck(request: AgentRequest) -> HttpResponse:
    """Stuck work, and each room's letterbox."""
    at = now()
    filled = {box.box: box for box in rows(BoxGlance, "console/queries/boxes.sql", at=at)}
    names = sorted({*BOXES.names(), *filled})
    boxes = [filled.get(name, BoxGlance(name, 0, 0, None)) for name in names]
    context = {
        "agent": request.agent,
        "place": "stuck",
        "doors": [(door, door.is_silent(at), at - door.latest_at) for door in doors()],
        "letters": stuck_letters(request),
        "boxes": [
            (box, box.is_slow(at), at - box.oldest_at if box.oldest_at else None) for box in boxes
        ],
    }
    return answer(request, "console/stuck/list.html", context)


@agent_required
@require_POST
def retry(request: AgentRequest, letter: int) -> HttpResponse:
    """Try it once more: the reason may be gone."""
    if _is_theirs(request, letter):
        retry_letter(letter)
        tell(request, in_language(AGAIN))
    return go(reverse("console:stuck"))


@agent_required
@require_POST
def skip(request: AgentRequest, letter: int) -> HttpResponse:
    """This consequence will not follow; those behind it may."""
    if _is_theirs(request, letter):
        skip_letter(letter, by=request.actor, at=now())
        tell(request, in_language(SKIPPED))
    return go(reverse("console:stuck"))


def stuck_letters(request: AgentRequest) -> list[StuckLetter]:
    """What is stuck, as far as this agent may know of it."""
    return rows(StuckLetter, "console/queries/stuck_letters.sql", **sight(request.agent))


def _is_theirs(request: AgentRequest, letter: int) -> bool:
    """Whether it is still stuck, and theirs to see."""
    return letter in {one.id for one in stuck_letters(request)}
