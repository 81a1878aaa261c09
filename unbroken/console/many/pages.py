"""Pages for what is done to many requests: do it, see what became of it, take it back."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, agent_required, tickets_seen
from unbroken.console.macros.foreseeing import foresee
from unbroken.console.many import doing, state
from unbroken.console.many.choices import deed_choices
from unbroken.console.many.deeds import Deed, read_deed
from unbroken.console.many.everything import ALL_MAX, all_that_match
from unbroken.console.many.state import Done
from unbroken.console.tickets.addresses import address_of
from unbroken.console.tickets.filters import is_number, tidy
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import _, in_language

CHOOSE = _("Choose requests first, then what to do with them; for a tag, write it.")
TOO_MANY = _("More than {n} requests match. Narrow the list first.")
TWICE = _("It was taken back already.")


@agent_required
@require_POST
def done(request: AgentRequest) -> HttpResponse:
    """One deed to all that were chosen."""
    words = tidy(request.POST.get("words", ""))
    deed = read_deed(request.POST.get("deed", ""), request.POST.get("word", "").replace("\0", ""))
    if deed is not None and deed.kind == "sleep":
        deed = replace(deed, word=request.agent.timezone)
    at = now()
    is_all = "all" in request.POST and "sure" not in request.POST
    if is_all:
        asked = all_that_match(request.agent, words, at)
        if len(asked) > ALL_MAX:
            tell(request, in_language(TOO_MANY, n=ALL_MAX))
            return go(address_of(words))
    else:
        asked = [int(one) for one in request.POST.getlist("ticket") if is_number(one)][:ALL_MAX]
    seen = tickets_seen(request.agent, asked)
    if deed is None or not seen:
        tell(request, in_language(CHOOSE))
        return go(address_of(words))
    if deed.kind == "macro" and "sure" not in request.POST:
        return foresee(request, deed.number, sorted(seen), words)
    if is_all:
        return _sure(request, deed, [one for one in asked if one in seen], words)
    results = doing.do_to(seen, deed, by=request.actor, at=at)
    kept = state.keep(request.agent.id, deed, results, at=at)
    if kept.refused:
        return go(f"{reverse('console:many_one', args=[kept.id])}?{_query(words)}")
    return go(_with_done(address_of(words), kept.id))


def _sure(request: AgentRequest, deed: Deed, numbers: list[int], words: str) -> HttpResponse:
    """Counted and shown before it is done; then it is done to just these."""
    named = {key: word for _title, some in deed_choices(request.agent) for key, word in some}
    context = {
        "agent": request.agent,
        "place": "work",
        "deed": deed,
        "deed_word": named.get(str(deed), str(deed)) + (f" {deed.word}" * (deed.kind == "tag")),
        "numbers": numbers,
        "words": words,
        "list_address": address_of(words),
    }
    return answer(request, "console/many/sure.html", context)


@agent_required
@require_GET
def shown(request: AgentRequest, done_id: int) -> HttpResponse:
    """What became of each."""
    return _page(request, _own(request, done_id))


@agent_required
@require_POST
def undone(request: AgentRequest, done_id: int) -> HttpResponse:
    """Each as it stood before, unless somebody went on with it since."""
    own, at = _own(request, done_id), now()
    if not state.note_undone(own.id, at=at):
        tell(request, in_language(TWICE))
        return _page(request, own)
    back = doing.take_back(own.results, own.deed, by=request.actor, at=at)
    return _page(request, own, back)


def _own(request: AgentRequest, done_id: int) -> Done:
    found = state.kept(request.agent.id, done_id)
    if found is None:
        raise Http404("done")
    return found


def _page(request: AgentRequest, own: Done, back: list[doing.Result] | None = None) -> HttpResponse:
    context = {
        "agent": request.agent,
        "place": "work",
        "done": own,
        "back": back,
        "list_address": address_of(tidy(request.GET.get("q", ""))),
    }
    return answer(request, "console/many/show.html", context)


def _query(words: str) -> str:
    return address_of(words).partition("?")[2]


def _with_done(address: str, done_id: int) -> str:
    return f"{address}{'&' if '?' in address else '?'}done={done_id}"
