"""The pages of saved lists: save one, put them in order, change them, drop them."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.saved_lists import state
from unbroken.console.saved_lists.forms import SavedListForm
from unbroken.console.saved_lists.queries import (
    SavedRow,
    may_change,
    may_share_with_all,
    saved_lists,
    team_choices,
)
from unbroken.console.tickets.addresses import address_of
from unbroken.console.tickets.filters import tidy
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import _, in_language

SAVED, DROPPED = _("The view is saved."), _("The view is gone.")
NOT_SAVED = _("Not saved: a view needs a name, and only those who lead share with everybody.")


@agent_required
@require_GET
def shown(request: AgentRequest) -> HttpResponse:
    """All views that the reader finds, to put in order."""
    return _page(request)


@agent_required
@require_POST
def added(request: AgentRequest) -> HttpResponse:
    """The list as it stands in the address gets a name."""
    words = tidy(request.POST.get("words", ""))
    wanted = _wanted(request, words)
    if wanted is None:
        tell(request, in_language(NOT_SAVED))
    else:
        state.save_list(request.agent.id, wanted)
        tell(request, in_language(SAVED))
    return go(address_of(words))


@agent_required
@require_POST
def changed(request: AgentRequest, list_id: int) -> HttpResponse:
    """Another name, other words, pinned or not, for others."""
    one = _changeable(request, list_id)
    wanted = _wanted(request, tidy(request.POST.get("words", "")), one.team_id)
    if wanted is None:
        return _page(request, wrong=in_language(NOT_SAVED), status=422)
    state.change_list(one.id, wanted)
    tell(request, in_language(SAVED))
    return _page(request)


@agent_required
@require_POST
def moved(request: AgentRequest, list_id: int) -> HttpResponse:
    """One place up or down, among those of its kind."""
    one = _changeable(request, list_id)
    alike = [other.id for other in saved_lists(request.agent) if other.scope == one.scope]
    place = alike.index(one.id) + (-1 if request.POST.get("to") == "up" else 1)
    if 0 <= place < len(alike):
        state.exchange_places(one.id, alike[place])
    return _page(request)


@agent_required
@require_POST
def dropped(request: AgentRequest, list_id: int) -> HttpResponse:
    """Nobody needs it any more."""
    state.drop_list(_changeable(request, list_id).id)
    tell(request, in_language(DROPPED))
    return _page(request)


def _page(request: AgentRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    found = saved_lists(request.agent)
    context = {
        "agent": request.agent,
        "place": "work",
        "lists": [(one, address_of(one.words), may_change(request.agent, one)) for one in found],
        "teams": team_choices(request.agent),
        "may_share": may_share_with_all(request.agent),
        "wrong": [wrong] if wrong else [],
    }
    to = reverse("console:saved_lists")
    return answer(request, "console/saved_lists/list.html", context, to=to, status=status)


def _changeable(request: AgentRequest, list_id: int) -> SavedRow:
    """The list, if the reader finds it and may change it; "not found" otherwise."""
    for one in saved_lists(request.agent):
        if one.id == list_id and may_change(request.agent, one):
            return one
    raise Http404("saved list")


def _wanted(
    request: AgentRequest, words: str, team_before: int | None = None
) -> state.Wanted | None:
    form = SavedListForm({**request.POST.dict(), "words": words})
    if not form.is_valid():
        return None
    scope, team = form.cleaned_data["scope"], None
    if scope == "all" and not may_share_with_all(request.agent):
        return None
    if scope.startswith("team:"):
        team = int(scope.removeprefix("team:"))
        if team not in {*request.agent.team_ids, team_before}:
            return None
        scope = "team"
    return state.Wanted(
        name=form.cleaned_data["name"].strip(),
        words=words,
        scope=scope,
        team_id=team,
        is_pinned=form.cleaned_data["pinned"],
    )
