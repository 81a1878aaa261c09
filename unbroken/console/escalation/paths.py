"""Paths of escalation and rotas, set up by who manages queues."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import CHANGED, attempt, cleaned, done, page
from unbroken.console.admin.history import SHOWN, Shown, history
from unbroken.console.escalation.pages import called_now
from unbroken.console.tickets.labels import PRIORITIES as PRIORITY_WORDS
from unbroken.conversation.states import PRIORITIES
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.sealed import unseal
from unbroken.ground.words import _, in_language
from unbroken.routing.actions.paths import set_path
from unbroken.routing.escalation import reading
from unbroken.routing.escalation.reading import PathRow
from unbroken.routing.escalation.steps import PLAIN_TARGETS, SEVERITIES, TRIGGERS, WAYS
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import MANAGE_QUEUES, READ_ADMINISTRATION

ROWS, MORE, ROWS_MAX = 3, 1, 12
EMPTY: Mapping[str, Any] = {"after": 0, "to": (), "ways": ("bell", "mail"), "times": 1, "every": 5}
OPENED = _("The path {name} is open.")
ON_CALL, TEAM = _("On call: {name}"), _("On shift in {name}")
SEVERITY_WORDS = {"minor": _("minor"), "major": _("major"), "critical": _("critical")}
refusals({"path.key_taken": _("There is a path with this short name already.")})

reading_allowed = allowed(do=MANAGE_QUEUES, read=READ_ADMINISTRATION)


@reading_allowed
@require_http_methods(["GET", "HEAD", "POST"])
def paths(request: AgentRequest) -> HttpResponse:
    """Every path and rota, and a form for one more path."""
    if request.method != "POST":
        return _list(request)
    wrong = attempt(lambda: _open(request))
    if wrong:
        return _list(request, wrong)
    return done(request, OPENED, "console:admin_escalation", name=cleaned(request.POST.get("name")))


@reading_allowed
@require_http_methods(["GET", "HEAD", "POST"])
def path(request: AgentRequest, path_id: int) -> HttpResponse:
    """One path."""
    row = reading.path(path_id)
    if row is None:
        raise Http404("path")
    wrong = ""
    if request.method == "POST":
        wrong = attempt(lambda: _set(request, row.key))
        if not wrong:
            return done(request, CHANGED, "console:admin_path", row.id)
    return page(
        request,
        "console/escalation/path.html",
        "escalation",
        wrong=wrong,
        row=row,
        steps=[_row(one) for one in row.steps],
        secret=unseal(row.hook_secret) if row.hook else "",
        history=history(f"escalation_path:{row.id}"),
        **_form(request, row, is_wrong=bool(wrong)),
    )


def _list(request: AgentRequest, wrong: str = "") -> HttpResponse:
    return page(
        request,
        "console/escalation/paths.html",
        "escalation",
        wrong=wrong,
        paths=reading.paths(),
        called=called_now(now()),
        rotas=reading.rotas(),
        zone=request.agent.timezone,
        today=now().date().isoformat(),
        **_form(request, None, is_wrong=bool(wrong)),
    )


def _form(request: AgentRequest, row: PathRow | None, *, is_wrong: bool) -> dict[str, Any]:
    typed = is_wrong and request.method == "POST"
    steps = _typed(request) if typed else [_row(one) for one in row.steps] if row else []
    rows = steps + [_row(EMPTY)] * max(ROWS - len(steps), MORE)
    return {
        "key": request.POST.get("key", "") if typed else "",
        "name": request.POST.get("name", "") if typed else row.name if row else "",
        "begins": _begins(request) if typed else row.begins if row else {},
        "triggers": [(key, in_language(word)) for key, word in TRIGGERS.items()],
        "severities": [(one, in_language(SEVERITY_WORDS[one])) for one in SEVERITIES],
        "ways": [(key, in_language(word)) for key, word in WAYS.items()],
        "targets": _targets(),
        "target_words": dict(_targets()),
        "teams": [(int(one.id), one.name) for one in staffing.teams()],
        "priorities": [(key, in_language(word)) for key, word in PRIORITY_WORDS.items()],
        "agents": [(int(one.id), one.name) for one in staffing.agents()],
        "rows": list(enumerate(rows[:ROWS_MAX])),
    }


def _row(step: Mapping[str, Any]) -> dict[str, Any]:
    """A step as the form and the page hold it."""
    return {**EMPTY, **step}


def _targets() -> list[tuple[str, str]]:
    """Whom a step may page."""
    found = [(key, in_language(word)) for key, word in PLAIN_TARGETS.items()]
    found += [
        (f"rota:{one.id}", in_language(ON_CALL, name=one.name))
        for one in reading.rotas()
        if one.active
    ]
    found += [(f"team:{one.id}", in_language(TEAM, name=one.name)) for one in staffing.teams()]
    return found + [(f"agent:{one.id}", one.name) for one in staffing.agents()]


def _open(request: AgentRequest) -> None:
    key = cleaned(request.POST.get("key"))
    if any(one.key == key for one in reading.paths()):
        raise Refused("path.key_taken")
    _set(request, key)


def _set(request: AgentRequest, key: str) -> None:
    data = request.POST
    teams = {str(one.id): int(one.id) for one in staffing.teams()}
    known = set(dict(_targets()))
    steps = [{**one, "to": [to for to in one["to"] if to in known]} for one in _typed(request)]
    set_path(
        key=key,
        name=cleaned(data.get("name")),
        begins=_begins(request),
        teams=sorted(teams[one] for one in set(data.getlist("teams")) if one in teams),
        priorities=[one for one in PRIORITIES if one in data.getlist("priorities")],
        steps=[one for one in steps if one["to"]],
        rounds=_number(data.get("rounds"), 1),
        one_tap="one_tap" in data,
        hook=cleaned(data.get("hook"), 420),
        active="active" in data or "key" in data,
        by=request.actor,
        at=now(),
    )


def _begins(request: AgentRequest) -> dict[str, dict[str, object]]:
    data = request.POST
    found: dict[str, dict[str, object]] = {
        key: {} for key in TRIGGERS if key in data.getlist("begins")
    }
    if "no_owner" in found:
        found["no_owner"] = {"minutes": _number(data.get("no_owner_minutes"), 30)}
    if "problem" in found:
        severity = data.get("severity", "")
        found["problem"] = {"severity": severity if severity in SEVERITIES else "major"}
    return found


def _typed(request: AgentRequest) -> list[dict[str, Any]]:
    """The steps as they stand in the form."""
    data, found = request.POST, []
    for n in range(ROWS_MAX):
        if f"after_{n}" not in data:
            break
        found.append(
            {
                "after": _number(data.get(f"after_{n}"), 0),
                "to": data.getlist(f"to_{n}")[:50],
                "ways": [one for one in WAYS if one in data.getlist(f"ways_{n}")],
                "times": _number(data.get(f"times_{n}"), 1),
                "every": _number(data.get(f"every_{n}"), 5),
            }
        )
    return found


def _number(text: str | None, otherwise: int) -> int:
    """A whole number; anything else is one that no rule takes."""
    said = (text or "").strip()
    if not said:
        return otherwise
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else -1


def _begins_words(value: object) -> str:
    known = value if isinstance(value, Mapping) else {}
    return ", ".join(in_language(word) for key, word in TRIGGERS.items() if key in known)


def _steps_words(value: object) -> str:
    names = dict(_targets())
    every = value if isinstance(value, list) else []
    return " → ".join(
        ", ".join(names.get(to, to) for to in one.get("to", ()))
        for one in every
        if isinstance(one, Mapping)
    )


def _people_words(value: object) -> str:
    ids = [one for one in value if isinstance(one, int)] if isinstance(value, list) else []
    names = staffing.agent_names(ids)
    return ", ".join(names.get(one, str(one)) for one in ids)


def _stands_words(value: object) -> str:
    every = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
    return _people_words([one.get("agent") for one in every])


SHOWN.update(
    {
        "begins": Shown(_("Begins upon"), _begins_words),
        "steps": Shown(_("Steps"), _steps_words),
        "rounds": Shown(_("Rounds")),
        "one_tap": Shown(_("One tap is enough")),
        "hook": Shown(_("Hook")),
        "people": Shown(_("Whose turns"), _people_words),
        "stands": Shown(_("Stand-ins"), _stands_words),
    }
)
