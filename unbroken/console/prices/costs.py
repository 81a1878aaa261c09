"""What service costs: the numbers that prices are reckoned with, and who changed them when."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import (
    CHANGED,
    TAKEN_BACK,
    attempt,
    cleaned,
    done,
    page,
    take_back,
)
from unbroken.console.admin.history import SHOWN, Shown, history
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.words import Phrase, _, in_language
from unbroken.promise import pricing
from unbroken.promise.costs import BY_KEY, COSTS, GROUPS, SWITCH, BadCost, Cost, shown, typed
from unbroken.promise.queries import priced
from unbroken.staffing.permissions import MANAGE_PROMISES, READ_ADMINISTRATION

UNITS: dict[str, Phrase] = {
    "share": Phrase("%"),
    "hours": _("h"),
    "minutes": _("min"),
    "seconds": _("s"),
    "days": _("d"),
}

reading = allowed(do=MANAGE_PROMISES, read=READ_ADMINISTRATION)
doing = allowed(do=MANAGE_PROMISES)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def costs(request: AgentRequest) -> HttpResponse:
    """Every number with its unit; a post sets them all."""
    if request.method != "POST":
        return _page(request)
    wrong = attempt(lambda: _set(request))
    if wrong:
        return _page(request, wrong)
    return done(request, CHANGED, "console:costs")


@doing
@require_POST
def undo(request: AgentRequest) -> HttpResponse:
    """The last change is taken back."""
    wrong = attempt(lambda: take_back(request, f"costs:{priced.costs_id()}"))
    if wrong:
        return _page(request, wrong)
    return done(request, TAKEN_BACK, "console:costs")


def _set(request: AgentRequest) -> None:
    values = {}
    for one in COSTS:
        said = request.POST.get(one.key, "")
        if one.unit == SWITCH:
            values[one.key] = 1.0 if said == "yes" else 0.0
            continue
        try:
            values[one.key] = typed(one.key, said)
        except BadCost as bad:
            label = in_language(one.label)
            raise Refused("costs.bad", key=label, said=bad.said[:40]) from bad
    currency = cleaned(request.POST.get("currency"), 3).upper()
    pricing.set_costs(values=values, currency=currency, by=request.actor, at=now())


def _page(request: AgentRequest, wrong: str = "") -> HttpResponse:
    present = priced.costs()
    row_id = priced.costs_id()
    groups = [
        (key, in_language(word), [_field(request, one, present[one.key], wrong) for one in COSTS
                                  if one.group == key])
        for key, word in GROUPS.items()
    ]  # fmt: skip
    return page(
        request,
        "console/prices/costs.html",
        "costs",
        wrong=wrong,
        groups=groups,
        currency=request.POST.get("currency", present.currency) if wrong else present.currency,
        history=history(f"costs:{row_id}") if row_id else [],
    )


def _field(request: AgentRequest, one: Cost, value: float, wrong: str) -> dict[str, object]:
    typed_now = request.POST.get(one.key, "") if wrong else shown(one.key, value)
    return {
        "key": one.key,
        "label": in_language(one.label),
        "unit": in_language(UNITS[one.unit]) if one.unit in UNITS else "",
        "is_money": one.unit == "money",
        "is_switch": one.unit == SWITCH,
        "value": typed_now,
        "is_on": typed_now in ("yes", "1"),
    }


SHOWN.update({one.key: Shown(one.label) for one in BY_KEY.values()})
SHOWN.update({"currency": Shown(_("Currency"))})
