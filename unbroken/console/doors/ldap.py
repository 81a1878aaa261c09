"""Coming in with the name and password of the organisation's directory (LDAP).

The directory says whether the password is theirs; what they may do is said here. An agent is known
by the number of their entry, never by an address alone. The tie is made by the agent on their own
page, or, where the desk is set so, the first time. Nobody is hired unless the desk is set so.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from unbroken.console import state
from unbroken.console.access import AgentRequest
from unbroken.console.doors import entering, own, tied
from unbroken.console.doors.tied import Somebody
from unbroken.console.pauses import keys_of
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import go
from unbroken.ground.time_words import how_long
from unbroken.ground.words import _
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.ldap_settings import Ldap
from unbroken.staffing.state import keys

if TYPE_CHECKING:
    from unbroken.console.doors.ldap_server import Entry

refusals(
    {
        "ldap.wrong": _("Name and password do not belong together. Check both and try again."),
        "ldap.not_here": tied.NOT_HERE,
        "ldap.away": _(
            "The directory of your organisation does not answer just now. "
            "Whoever has a password here can sign in with it."
        ),
    }
)


@sensitive_variables()
def agent_at(request: HttpRequest, name: str, password: str, *, at: datetime) -> AgentCard:
    """The agent whose entry it is; Refused says why it is nobody's. Tries of the name are counted
    before, those of the entry here: it may have many names."""
    known: Ldap | None = settings.UNBROKEN.ldap
    assert known is not None, "the face asks only where a directory is configured"
    who = _proven(request, known, name, password, at=at)
    agent = tied.agent_for(who, by_address=known.by_address, role=known.role, at=at)
    if agent is None:
        raise Refused("ldap.not_here")
    return agent


@own.own
@never_cache
@sensitive_post_parameters()
@require_POST
def tie(request: AgentRequest) -> HttpResponse:
    """An agent's account here is tied to their entry, which they prove with its password."""
    known, at = settings.UNBROKEN.ldap, now()
    if not known:
        return go(reverse("console:own"))
    if wrong := own.wrong_password(request):
        return own.show(request, wrong=wrong)
    name = request.POST.get("name", "").replace("\0", "").strip()[:254]
    counted = keys_of(f"own {name}", entering.place_of(request)).values()
    if pause := state.count_try(counted, at=at):
        return own.show(request, wrong=Refused("own.too_often", time=how_long(pause)).in_words())
    try:
        who = _proven(request, known, name, request.POST.get("secret", ""), at=at)
        tied.tie(who, request.agent, at=at)
    except Refused as refused:
        return own.show(request, wrong=refused.in_words())
    state.forget_tries(counted, at=at)
    return own.done(request, tied.TIED)


@sensitive_variables()
def _proven(
    request: HttpRequest, known: Ldap, name: str, password: str, *, at: datetime
) -> Somebody:
    """Whose entry it is, once the directory takes the password."""
    from unbroken.console.doors import ldap_server  # heavy, and only for desks that have one

    counted: list[str] = []

    def count(entry: "Entry") -> None:
        by_entry = keys_of(f"entry {entry.subject}", entering.place_of(request))
        counted.extend((by_entry["both"], by_entry["person"]))
        if pause := state.count_try(counted, at=at):
            raise Refused("own.too_often", time=how_long(pause))

    try:
        entry = ldap_server.identity(known, name, password, found=count)
    except ldap_server.Unproven:
        raise Refused("ldap.wrong") from None
    except ldap_server.Away:
        raise Refused("ldap.away") from None
    state.forget_tries(counted, at=at)
    return Somebody(keys.LDAP, known.host, entry.subject, entry.email, entry.name)
