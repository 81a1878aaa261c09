"""For how long each kind of old things is kept, what a shorter time would remove, what went.

A number of days is tried before it is settled: the page says what would go, and only there is the
button. What was settled is taken back from its history, until the next night removes something.
"""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import CHANGED, TAKEN_BACK, attempt, done, page, take_back
from unbroken.console.admin.history import SHOWN, Shown, history
from unbroken.ground import retention
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.keeping import fixed, kinds
from unbroken.ground.retention import Kept, Old
from unbroken.ground.words import _, in_language, in_number
from unbroken.staffing.permissions import ERASE_PEOPLE, READ_ADMINISTRATION

refusals({"retention.no_number": _("Write a number of days, as 365.")})
FOR_EVER = _("for ever")
reading = allowed(do=ERASE_PEOPLE, read=READ_ADMINISTRATION)
doing = allowed(do=ERASE_PEOPLE)


@reading
@require_http_methods(["GET", "HEAD"])
def overview(request: AgentRequest) -> HttpResponse:
    """Every kind, what nobody sets, and what the last nights removed."""
    run = retention.last_run()
    return page(
        request,
        "console/retention/kinds.html",
        "retention",
        kinds=retention.settled_kinds(),
        fixed=fixed(),
        run=run,
        failed=[(kinds()[key].label, said) for key, said in run.errors.items() if key in kinds()]
        if run
        else [],
        removed=retention.removed_lately(),
        labels={key: kind.label for key, kind in kinds().items()},
        lasting=lasting,
    )


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: AgentRequest, key: str) -> HttpResponse:
    """One kind: `?days=` tries a number of days, a POST settles it."""
    kept = _kept(key)
    said = request.POST if request.method == "POST" else request.GET
    days, wrong = kept.days, ""
    old: Old | None = None

    def look() -> None:
        nonlocal days, old
        days = _days(said.get("days", ""))
        old = retention.would_go(kept.kind, days, at=now()) if days is not None else None

    def settle() -> None:
        retention.settle(key=key, days=_days(said.get("days", "")), by=request.actor, at=now())

    if request.method == "POST":
        wrong = attempt(settle)
        if not wrong:
            return done(request, CHANGED, "console:admin_retention_kind", key)
    elif "days" in said:
        wrong = attempt(look)
    return _page(request, kept, days=days, old=old, wrong=wrong, typed=said.get("days"))


@doing
@require_POST
def undo(request: AgentRequest, key: str) -> HttpResponse:
    """What was settled last is taken back."""
    kept = _kept(key)
    wrong = attempt(lambda: take_back(request, f"retention:{kept.id}"))
    if wrong:
        return _page(request, kept, days=kept.days, wrong=wrong)
    return done(request, TAKEN_BACK, "console:admin_retention_kind", key)


def lasting(days: object) -> str:
    """For how long, in words."""
    if not isinstance(days, int):
        return in_language(FOR_EVER)
    return in_number("{n} day", "{n} days", days)


def _kept(key: str) -> Kept:
    kept = retention.kept(key)
    if kept is None:
        raise Http404("kind")
    return kept


def _days(text: str) -> int | None:
    """The number that was typed; nothing at all is for ever."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused("retention.no_number")
    return int(text)


def _page(
    request: AgentRequest,
    kept: Kept,
    *,
    days: int | None,
    old: Old | None = None,
    wrong: str = "",
    typed: str | None = None,
) -> HttpResponse:
    settled = "" if kept.days is None else str(kept.days)
    return page(
        request,
        "console/retention/kind.html",
        "retention",
        wrong=wrong,
        kept=kept,
        days=days,
        typed=settled if typed is None else typed[:10],
        old=old,
        is_tried=typed is not None and not wrong and days != kept.days,
        removed=retention.removed_lately(kept.kind.key),
        labels={},
        history=history(f"retention:{kept.id}") if kept.id else [],
        lasting=lasting,
    )


SHOWN["days"] = Shown(_("Kept for"), lasting)
