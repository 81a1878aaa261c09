"""Plans of work: for each topic the steps that it usually takes, edited by who manages queues."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import CHANGED, attempt, cleaned, page
from unbroken.conversation import queries as record
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import go, tell
from unbroken.ground.words import LANGUAGES, _, current_language, in_language
from unbroken.routing.actions.plan import MINUTES_MAX, kept_plans, set_plan
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import MANAGE_QUEUES, READ_ADMINISTRATION

ROWS, MORE = 4, 2
refusals({"plan.needs_topic": _("Say for which topic the plan is.")})


@allowed(do=MANAGE_QUEUES, read=READ_ADMINISTRATION)
@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: AgentRequest) -> HttpResponse:
    """Those there are, and the steps of the one that was chosen."""
    topics = {one.key: one.name_in(current_language()) for one in record.topic_tree()}
    chosen = request.POST.get("topic") or request.GET.get("topic", "")
    wrong = ""
    if request.method == "POST":
        wrong = attempt(lambda: _set(request, chosen if chosen in topics else ""))
        if not wrong:
            tell(request, in_language(CHANGED))
            return go(f"{reverse('console:admin_plans')}?{urlencode({'topic': chosen})}")
    known = kept_plans()
    steps = [dict(one) for one in known.get(chosen, ())]
    shown = _typed(request) if wrong else [_row(one) for one in steps]
    rows = shown + [_row({})] * (max(ROWS - len(shown), MORE) if not wrong else 0)
    return page(
        request,
        "console/chain/plans.html",
        "queues",
        wrong=wrong,
        known=[(key, topics.get(key, key), len(steps)) for key, steps in known.items()],
        topics=[("", "–"), *topics.items()],
        chosen=chosen if chosen in topics else "",
        rows=list(enumerate(rows)),
        open_rows=max(len(shown), 1),
        teams=[("", "–"), *((one.id, one.name) for one in staffing.teams())],
        codes=LANGUAGES,
    )


def _row(step: dict[str, Any]) -> dict[str, Any]:
    """A step as the form holds it."""
    names, says = step.get("names", {}), step.get("says", {})
    words = {f"name_{one}": names.get(one, "") for one in LANGUAGES}
    words |= {f"says_{one}": says.get(one, "") for one in LANGUAGES}
    plain = {key: step.get(key) or "" for key in ("team", "minutes", "beside")}
    return plain | words


def _typed(request: AgentRequest) -> list[dict[str, Any]]:
    """What stands in the form, row by row, until none is left."""
    found = []
    number = 0
    while f"team_{number}" in request.POST and number < 20:
        row: dict[str, Any] = {
            key: cleaned(request.POST.get(f"{key}_{number}"))
            for key in ("team", "minutes", "beside")
        }
        for key in ("name", "says"):
            for one in LANGUAGES:
                row[f"{key}_{one}"] = cleaned(request.POST.get(f"{key}_{number}_{one}"))
        found.append(row)
        number += 1
    return found


def _set(request: AgentRequest, topic: str) -> None:
    if not topic:
        raise Refused("plan.needs_topic")
    steps = []
    for row in _typed(request):
        words = {key: {one: row[f"{key}_{one}"] for one in LANGUAGES} for key in ("name", "says")}
        if not row["team"] and not any(words["name"].values()):
            continue
        steps.append(
            {
                "team": _number(row["team"]) or 0,
                "names": words["name"],
                "says": words["says"],
                "minutes": _number(row["minutes"]) if row["minutes"].strip() else None,
                "beside": bool(row["beside"]),
            }
        )
    set_plan(topic=topic, steps=steps, by=request.actor, at=now())


def _number(text: str) -> int:
    """A whole number; anything else is one that no rule takes."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else MINUTES_MAX + 1
