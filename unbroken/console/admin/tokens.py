"""Keys of other systems: made and shown once, seen with their last use, withdrawn.

Nobody gives away more than they see: who does not see every queue names teams of their own.
"""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.admin.frame import attempt, cleaned, done, page, sent
from unbroken.console.admin.history import actor_names
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.words import _, in_language
from unbroken.staffing import actions
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import TeamCard
from unbroken.staffing.ids import TokenId
from unbroken.staffing.permissions import MANAGE_TOKENS, READ_ADMINISTRATION, SEE_EVERY_QUEUE
from unbroken.staffing.token_scopes import NETWORK, READ, SCOPES, WRITE
from unbroken.staffing.tokens import tokens as every_token

refusals(
    {
        "token.no_scope": _("Say what the other system may do."),
        "token.own_teams": _("Choose teams: a key sees no more than whoever makes it."),
    }
)
WITHDRAWN = _("{name} is let in no more.")
SCOPE_WORDS = {
    READ: _("Read requests"),
    WRITE: _("Open, answer and change requests"),
    NETWORK: _("Bring readings and alarms of the network"),
}
reading = allowed(do=MANAGE_TOKENS, read=READ_ADMINISTRATION)
doing = allowed(do=MANAGE_TOKENS)


@reading
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: AgentRequest) -> HttpResponse:
    """Every key; a form for one more, which is shown on the page that makes it and never again."""
    if request.method != "POST":
        return _page(request)
    made: list[str] = []
    wrong = attempt(lambda: made.append(_issue(request)))
    return _page(request, wrong=wrong, secret=made[0] if made else "")


@doing
@require_POST
def withdrawal(request: AgentRequest, token_id: int) -> HttpResponse:
    """Whoever holds it is let in no more."""
    known = next((one for one in every_token() if one.id == token_id), None)
    if known is None:
        raise Http404("token")
    actions.revoke_token(token_id=TokenId(known.id), by=request.actor, at=now())
    return done(request, WITHDRAWN, "console:admin_tokens", name=known.name)


def _issue(request: AgentRequest) -> str:
    teams = {str(team.id): team.key for team in _teams(request)}
    wanted = [teams[one] for one in request.POST.getlist("team") if one in teams]
    if not wanted and not may(request.agent, SEE_EVERY_QUEUE):
        raise Refused("token.own_teams")
    scopes = [one for one in SCOPES if one in request.POST.getlist("scope")]
    if not scopes:
        raise Refused("token.no_scope")
    _number, token = actions.issue_token(
        name=cleaned(request.POST.get("name"), 120),
        scopes=scopes,
        teams=wanted,
        by=request.actor,
        at=now(),
    )
    return token


def _teams(request: AgentRequest) -> Sequence[TeamCard]:
    """Teams whose requests this agent may show to another system."""
    every = staffing.teams()
    if may(request.agent, SEE_EVERY_QUEUE):
        return every
    return [team for team in every if team.id in request.agent.team_ids]


def _page(request: AgentRequest, *, wrong: str = "", secret: str = "") -> HttpResponse:
    every = every_token()
    return page(
        request,
        "console/admin/tokens.html",
        "tokens",
        wrong=wrong,
        secret=secret,
        valid=[one for one in every if one.revoked_at is None],
        withdrawn=[one for one in every if one.revoked_at is not None],
        makers=actor_names(one.made_by for one in every),
        team_names={int(team.id): team.name for team in staffing.every_team()},
        teams=_teams(request),
        sees_all=may(request.agent, SEE_EVERY_QUEUE),
        scopes=[(key, in_language(SCOPE_WORDS[key])) for key in SCOPES],
        ticked=request.POST.getlist("scope") if wrong else [READ],
        sent=sent(request) if wrong else {"name": ""},
    )
