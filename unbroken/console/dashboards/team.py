"""The team's board: beside the work, full screen, and on a wall without anybody's session."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, agent_required, allowed
from unbroken.console.dashboards.board import board, teams_named, teams_seen
from unbroken.console.dashboards.frame import page
from unbroken.console.dashboards.need import Need, need_of
from unbroken.console.foreseen.breaking import WillBreak, will_break
from unbroken.console.news import ONLY_PROBLEMS, Screen, latest_event
from unbroken.console.overview import pages as network
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell, wants_part
from unbroken.ground.words import _, in_language
from unbroken.quality.state import walls
from unbroken.staffing.permissions import SEE_REPORTS, WRITE_RULES
from unbroken.staffing.queries import AgentCard, TeamCard

PART = ("console/dashboards/_board.html",)
OF_NETWORK = ":network"
"""What a screen shows that shows no team: no key of a team looks like this."""
THE_NETWORK = _("The network now")
ENDED = _("The screen shows nothing any more.")
NEEDS_NAME = _("Give the screen a name, so that you know later where it hangs.")


@agent_required
@require_GET
def team(request: AgentRequest) -> HttpResponse:
    """The board among the dashboards."""
    context = _context(request)
    if not wants_part(request):
        context["need"] = _need(request)
        context["breaking"] = _breaking(request)
    return page(request, "console/dashboards/team.html", "team", context, parts=PART)


@agent_required
@require_GET
def full(request: AgentRequest) -> HttpResponse:
    """The same in big type, with nothing around it."""
    context = _context(request, is_wall=True)
    return answer(request, "console/dashboards/wall.html", context, parts=PART)


@never_cache
@require_GET
def wall(request: HttpRequest, key: str) -> HttpResponse:
    """The same for a screen on a wall, which knows the secret address and nothing else."""
    found = walls.wall_of(key, at=now())
    if found is not None and found.shows == walls.NETWORK:
        return network.on_a_wall(request, key)
    teams = teams_named(found.teams) if found else []
    if found is None or not teams:
        raise Http404("wall")
    context = {
        "board": board(teams, everything=False, at=now(), is_wall=True),
        "address": request.path,
        "is_wall": True,
        "is_linked": False,
        "back": "",
        "live": f"{reverse('console:live')}?wall={key}",
        "since": latest_event(),
        "teams": [],
        "chosen": "",
    }
    return answer(request, "console/dashboards/wall.html", context, parts=PART)


def screen_of(key: str) -> Screen | None:
    """What a screen on a wall may hear: that something happened in its teams, or to problems."""
    found = walls.wall_of(key, at=now())
    if found is None:
        return None
    ticket = ONLY_PROBLEMS if found.shows == walls.NETWORK else None
    return Screen(0, frozenset(found.teams), False, ticket)


@allowed(do=WRITE_RULES)
@require_POST
def wall_new(request: AgentRequest) -> HttpResponse:
    """A new screen on a wall, of teams that the one who puts it up may see, or of the network."""
    asked = request.POST.get("team", "")
    shows = walls.NETWORK if asked == OF_NETWORK else walls.BOARD
    chosen = _chosen(request.agent, asked) if shows == walls.BOARD else []
    name = " ".join(request.POST.get("name", "").replace("\0", "").split())
    if not name:
        tell(request, in_language(NEEDS_NAME))
        return go(reverse("console:wall_screens"))
    teams = [one.id for one in chosen]
    key = walls.put_up(name=name, teams=teams, shows=shows, by=request.agent.id, at=now())
    address = request.build_absolute_uri(reverse("console:wall", args=[key]))
    context = {"new_address": address, **_screens(request)}
    return page(request, "console/dashboards/screens.html", "team", context)


@allowed(do=SEE_REPORTS)
@require_GET
def screens(request: AgentRequest) -> HttpResponse:
    """Every screen that is up, and a form for another."""
    context = {"new_address": "", **_screens(request)}
    return page(request, "console/dashboards/screens.html", "team", context)


@allowed(do=WRITE_RULES)
@require_POST
def wall_end(request: AgentRequest, wall_id: int) -> HttpResponse:
    """Its address opens nothing any more."""
    if wall_id in {one.id for one in _walls_seen(request.agent)}:
        walls.take_down(wall_id, at=now())
        tell(request, in_language(ENDED))
    return go(reverse("console:wall_screens"))


def _screens(request: AgentRequest) -> dict[str, object]:
    seen = teams_seen(request.agent)
    names: dict[int, str] = {team.id: team.name for team in seen}
    return {
        "walls": [(one, _what(one, names)) for one in _walls_seen(request.agent)],
        "choices": [
            ("", _all_of(seen)),
            *((team.key, team.name) for team in seen),
            (OF_NETWORK, in_language(THE_NETWORK)),
        ],
    }


def _what(one: walls.Wall, names: dict[int, str]) -> str:
    if one.shows == walls.NETWORK:
        return in_language(THE_NETWORK)
    return ", ".join(names[team] for team in one.teams if team in names)


def _all_of(teams: list[TeamCard]) -> str:
    return ", ".join(team.name for team in teams)


def _walls_seen(agent: AgentCard) -> list[walls.Wall]:
    """Screens whose teams this agent may all see."""
    seen = {team.id for team in teams_seen(agent)}
    return [one for one in walls.walls() if seen.issuperset(one.teams) or agent.sees_all]


def _context(request: AgentRequest, *, is_wall: bool = False) -> dict[str, object]:
    asked = request.GET.get("team", "")
    chosen = _chosen(request.agent, asked)
    everything = not asked and request.agent.sees_all
    shown = board(chosen, everything=everything, at=now(), is_wall=is_wall)
    return {
        "board": shown,
        "address": request.get_full_path(),
        "is_wall": is_wall,
        "is_linked": True,
        "back": reverse("console:dashboard_team"),
        "live": reverse("console:live"),
        "since": latest_event(),
        "teams": teams_seen(request.agent),
        "chosen": asked if len(chosen) == 1 else "",
    }


def _breaking(request: AgentRequest) -> list[WillBreak]:
    """Promises of these teams that will be missed, as foreseen from shifts and queues."""
    asked = request.GET.get("team", "")
    everything = not asked and request.agent.sees_all
    ids = None if everything else [int(one.id) for one in _chosen(request.agent, asked)]
    return will_break(ids, at=now())


def _need(request: AgentRequest) -> Need:
    asked = request.GET.get("team", "")
    everything = not asked and request.agent.sees_all
    ids = None if everything else [one.id for one in _chosen(request.agent, asked)]
    return need_of(ids, at=now())


def _chosen(agent: AgentCard, key: str) -> list[TeamCard]:
    """The team asked for, if they may see it; else all they may see."""
    seen = teams_seen(agent)
    return [team for team in seen if team.key == key] or seen
