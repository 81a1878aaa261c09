"""How somebody works: skills and their level, languages, what they may grant, how much at once."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from unbroken.console.access import AgentRequest
from unbroken.console.admin import people
from unbroken.console.admin.frame import attempt, cleaned
from unbroken.ground.clock import now
from unbroken.staffing import actions
from unbroken.staffing.abilities import CAPACITY, GRANTS, skills_of
from unbroken.staffing.cards import AgentCard


@people.doing
@require_POST
def work(request: AgentRequest, agent_id: int) -> HttpResponse:
    """New values for all of it at once."""
    card = people.card_of(agent_id)
    return people.after(request, card, attempt(lambda: _set(request, card)))


def _set(request: AgentRequest, card: AgentCard) -> None:
    names, levels = skills_of(cleaned(request.POST.get("skills"), 500))
    said = request.POST.get("languages", "")[:200].replace("\0", "").lower()
    actions.change_agent(
        agent_id=card.id,
        skills=names,
        levels=levels,
        languages=[one for one in said.replace(",", " ").split() if one.isalpha()],
        grants={key: _number(request, f"grants-{key}") for key in GRANTS},
        capacity={key: _number(request, f"capacity-{key}") for key in CAPACITY},
        by=request.actor,
        at=now(),
    )


def _number(request: AgentRequest, field: str) -> int:
    text = request.POST.get(field, "").strip()
    return int(text[:6]) if text.isascii() and text.isdigit() else 0
