"""Targets within the house: what each team of ours, and each partner, owes for its leg."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from unbroken.calendars import queries as calendars
from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import CHANGED, attempt, cleaned, done, page
from unbroken.console.admin.history import SHOWN, Deed, Shown, history
from unbroken.console.tickets.labels import PRIORITIES
from unbroken.directory import queries as directory
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.promise.objectives import set_internal_target
from unbroken.promise.queries.within import TargetRow, internal_targets, target_streams
from unbroken.promise.spans import in_text, seconds_of
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import MANAGE_PROMISES, READ_ADMINISTRATION

TEAM, PARTNER = _("Team: {name}"), _("Partner: {name}")
DEEDS_MAX = 10
refusals({"internal_target.bad_time": _("{priority}: “{word}” is no time such as 4:00 or 30 min.")})


@dataclass(frozen=True, slots=True)
class Target:
    """A line of the page: for whom, in which hours, how long by priority."""

    who: str
    name: str
    calendar: str
    times: tuple[tuple[str, str], ...]
    percent: int


@allowed(do=MANAGE_PROMISES, read=READ_ADMINISTRATION)
@require_http_methods(["GET", "HEAD", "POST"])
def internal(request: AgentRequest) -> HttpResponse:
    """All of them; a form to set one, or to give it up by leaving its times empty."""
    wrong = attempt(lambda: _set(request)) if request.method == "POST" else ""
    if request.method == "POST" and not wrong:
        return done(request, CHANGED, "console:admin_internal")
    names = _names()
    chosen = request.POST.get("who") or request.GET.get("who", "")
    known = {f"{one.whose}:{one.whose_id}": one for one in internal_targets()}
    return page(
        request,
        "console/admin/internal.html",
        "agreements",
        wrong=wrong,
        targets=[_shown(one, names) for one in known.values()],
        who=list(names.items()),
        hours=[(one.key, one.name) for one in calendars.stored_calendars()],
        priorities=[(key, in_language(word)) for key, word in PRIORITIES.items()],
        typed=_typed(request, known.get(chosen), chosen),
        history=_history(),
    )


def _set(request: AgentRequest) -> None:
    whose, _colon, number = request.POST.get("who", "").partition(":")
    seconds = {}
    for priority, word in PRIORITIES.items():
        text = request.POST.get(priority, "").strip()[:20]
        found = seconds_of(text) if text else None
        if text and found is None:
            raise Refused("internal_target.bad_time", priority=word, word=text)
        if found is not None:
            seconds[priority] = found
    set_internal_target(
        whose=whose,
        whose_id=int(number[:18]) if number.isascii() and number.isdigit() else 0,
        calendar=cleaned(request.POST.get("calendar")),
        seconds=seconds,
        warning_share=_share(request.POST.get("warning", "")),
        by=request.actor,
        at=now(),
    )


def _share(text: str) -> float:
    text = text.strip() or "75"
    return int(text[:4]) / 100 if text.isascii() and text.isdigit() else 0.0


def _names() -> dict[str, str]:
    teams = {f"team:{one.id}": in_language(TEAM, name=one.name) for one in staffing.teams()}
    partners = {
        f"partner:{one.id}": in_language(PARTNER, name=one.name) for one in directory.partners()
    }
    return {**teams, **partners}


def _shown(one: TargetRow, names: Mapping[str, str]) -> Target:
    who = f"{one.whose}:{one.whose_id}"
    times = tuple(
        (in_language(PRIORITIES[key]), in_text(one.seconds[key]))
        for key in PRIORITIES
        if key in one.seconds
    )
    return Target(who, names.get(who, who), one.calendar, times, round(100 * one.warning_share))


def _typed(request: AgentRequest, known: TargetRow | None, chosen: str) -> dict[str, Any]:
    """What stands in the form: what was sent, else what holds for the one that was chosen."""
    if request.method == "POST":
        fields = ("who", "calendar", "warning", *PRIORITIES)
        return {key: request.POST.get(key, "") for key in fields}
    times = {key: in_text(known.seconds.get(key)) if known else "" for key in PRIORITIES}
    percent = round(100 * known.warning_share) if known else 75
    calendar = known.calendar if known else ""
    return {"who": chosen, "calendar": calendar, "warning": percent, **times}


def _history() -> list[Deed]:
    """The last changes of all targets."""
    found = [deed for one in target_streams() for deed in history(f"internal_target:{one}")]
    return sorted(found, key=lambda deed: deed.at, reverse=True)[:DEEDS_MAX]


def _times(value: object) -> str:
    told = value if isinstance(value, dict) else {}
    return ", ".join(
        f"{in_language(word)} {in_text(told[key])}"
        for key, word in PRIORITIES.items()
        if key in told
    )


SHOWN["targets"] = Shown(_("What is owed"), _times)
