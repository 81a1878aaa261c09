"""Macros are written: the list, one of them, who changed what, and the way back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin.frame import attempt, done, page
from unbroken.console.macros.access import is_shown, may_write
from unbroken.console.macros.forms import conditions_in, offers, steps_in
from unbroken.console.macros.past import past
from unbroken.console.macros.telling import conditions_in_short, in_short
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.knowledge.variables import VARIABLES
from unbroken.routines import actions
from unbroken.routines import queries as routines
from unbroken.routines.ids import MacroId
from unbroken.routines.queries import MacroRow
from unbroken.routines.sheets import THENS, MacroSheet
from unbroken.staffing.permissions import ANSWER, READ_ADMINISTRATION, WRITE_RULES

KEPT, TAKEN_BACK = _("Kept."), _("Taken back. That can be taken back too.")
MINE, EVERYBODYS = _("Only mine"), _("Everybody's")

reading = allowed(do=ANSWER, read=READ_ADMINISTRATION)


@reading
@require_GET
def macros(request: AgentRequest) -> HttpResponse:
    """Their own macros, and those of teams and of everybody."""
    rows = [
        (row, in_short(row.sheet.steps), conditions_in_short(row.sheet.conditions))
        for row in routines.macros()
        if is_shown(request.agent, row)
    ]
    return page(request, "console/macros/list.html", "macros", macros=rows)


@allowed(do=ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    """One more."""
    if request.method == "POST":
        return _keep(request, None)
    return _form(request, None, MacroSheet(name="", owner=request.agent.id))


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: AgentRequest, macro_id: int) -> HttpResponse:
    """One of them."""
    row = _row(request, macro_id)
    return _keep(request, row) if request.method == "POST" else _form(request, row, row.sheet)


@allowed(do=ANSWER)
@require_POST
def undo(request: AgentRequest, macro_id: int) -> HttpResponse:
    """The last change is taken back."""
    row = _row(request, macro_id)
    if not may_write(request.agent, row.sheet):
        raise PermissionDenied
    version = request.POST.get("version", "")
    known = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    told: dict[str, Any] = {"by": request.actor, "at": now()}
    wrong = attempt(lambda: actions.take_back_macro(macro_id=row.id, version=known, **told))
    if wrong:
        return _form(request, row, row.sheet, wrong)
    return done(request, TAKEN_BACK, "console:macro", row.id)


def _row(request: AgentRequest, macro_id: int) -> MacroRow:
    row = routines.macro(macro_id)
    if row is None or not is_shown(request.agent, row):
        raise Http404("macro")
    return row


def _keep(request: AgentRequest, row: MacroRow | None) -> HttpResponse:
    sheet = _sheet(request)
    if not may_write(request.agent, sheet) or (row and not may_write(request.agent, row.sheet)):
        raise PermissionDenied
    kept: list[MacroId] = []

    def keep() -> None:
        macro_id = row.id if row else None
        kept.append(actions.set_macro(sheet, macro_id=macro_id, by=request.actor, at=now()))

    wrong = attempt(keep)
    if wrong:
        return _form(request, row, sheet, wrong)
    return done(request, KEPT, "console:macro", kept[0])


def _sheet(request: AgentRequest) -> MacroSheet:
    post = request.POST
    scope, _colon, owner = post.get("scope", "mine").partition(":")
    is_number = owner.isascii() and owner.isdigit() and len(owner) < 16
    return MacroSheet.read(
        {
            "name": post.get("name", "").replace("\0", ""),
            "scope": scope,
            "owner": request.agent.id if scope == "mine" else int(owner) if is_number else 0,
            "then": post.get("then", ""),
            "active": "unused" not in post,
            "conditions": conditions_in(post),
            "steps": steps_in(post),
        }
    )


def _form(
    request: AgentRequest, row: MacroRow | None, sheet: MacroSheet, wrong: str = ""
) -> HttpResponse:
    offered = offers()
    scopes = [("mine", in_language(MINE))]
    if may(request.agent, WRITE_RULES) or sheet.scope != "mine":
        scopes.append(("all", in_language(EVERYBODYS)))
        scopes += [(f"team:{key}", str(name)) for key, name in offered["teams"]]
    return page(
        request,
        "console/macros/form.html",
        "macros",
        wrong=wrong,
        macro_id=row.id if row else 0,
        sheet=sheet,
        scope=f"team:{sheet.owner}" if sheet.scope == "team" else sheet.scope,
        scopes=scopes,
        thens=[(key, in_language(says)) for key, says in THENS.items()],
        offers=offered,
        variables=[(key, in_language(says)) for key, says in VARIABLES.items()],
        history=past(f"macro:{row.id}") if row else [],
        may_edit=may_write(request.agent, row.sheet if row else sheet),
    )
