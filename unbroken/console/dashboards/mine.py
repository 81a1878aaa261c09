"""My own page: what I owe next, what is at risk today, what I answered and resolved."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console import pictures
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.dashboards import days
from unbroken.console.dashboards.frame import Tile, page, tile
from unbroken.console.dashboards.reviews import reviewed_tile
from unbroken.console.news import latest_event
from unbroken.console.pictures import Picture, Series
from unbroken.console.tickets.addresses import address_of
from unbroken.console.tickets.counted import counted_word
from unbroken.console.tickets.work_list import lines_for
from unbroken.ground.clock import now
from unbroken.ground.sql import row, rows
from unbroken.ground.words import _, in_language
from unbroken.quality.figures import ANSWERED, RESOLVED

QUERIES = "console/dashboards/queries"
NEXT_MAX = 8
WEEK, MONTH = timedelta(days=7), timedelta(days=28)

IN_HAND, LATE, TODAY = _("In my hands"), _("Late"), _("Late or due today")
WATCHED = _("I watch")
ANSWERED_WORD, RESOLVED_WORD = _("Answered this week"), _("Resolved this week")
MY_DAYS = _("What I answered and resolved, day by day")
ANSWERS, SOLUTIONS = _("Answered"), _("Were resolved")
LAST_WEEK = _("last week {n}")


@dataclass(frozen=True, slots=True)
class _Own:
    watched: int
    mine: int
    late: int
    today: int


@dataclass(frozen=True, slots=True)
class _Day:
    figure: str
    day: date
    amount: int


@agent_required
@require_GET
def mine(request: AgentRequest) -> HttpResponse:
    """What is mine."""
    at = now()
    first = days.monday(days.today(at)) - WEEK
    own = row(_Own, f"{QUERIES}/own.sql", me=request.agent.id, at=at, midnight=days.midnight(at))
    assert own is not None
    done = rows(_Day, f"{QUERIES}/own_days.sql", me=request.agent.id, since=first)
    context = {
        "tiles": [
            *_open_tiles(own),
            *_done_tiles(done, first),
            reviewed_tile(request.agent, MONTH, until=days.midnight(at), mine=True),
        ],
        "next": lines_for(request.agent, "mine", at, limit=NEXT_MAX),
        "picture": _picture(done, first, days.today(at)),
        "more_address": address_of("mine"),
        "address": request.get_full_path(),
        "since": latest_event(),
    }
    parts = ("console/dashboards/_mine.html",)
    return page(request, "console/dashboards/mine.html", "mine", context, parts=parts)


def _open_tiles(own: _Own) -> list[Tile]:
    return [
        tile(IN_HAND, own.mine, address_of("mine")),
        tile(LATE, own.late, address_of("mine late"), "alarm"),
        tile(TODAY, own.today, address_of("mine due:today"), "risk"),
        tile(WATCHED, own.watched, address_of("watcher:me")),
    ]


def _done_tiles(done: list[_Day], first: date) -> list[Tile]:
    this = first + WEEK
    tiles = []
    for figure, name in ((ANSWERED, ANSWERED_WORD), (RESOLVED, RESOLVED_WORD)):
        amount = sum(one.amount for one in done if one.figure == figure and one.day >= this)
        before = sum(one.amount for one in done if one.figure == figure and one.day < this)
        word = counted_word(figure, this, this + timedelta(days=6), "me")
        more = in_language(LAST_WEEK, n=before)
        tiles.append(Tile(in_language(name), str(amount), address_of(word), "", more))
    return tiles


def _picture(done: list[_Day], first: date, last: date) -> Picture:
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    amounts = {(one.figure, one.day): one.amount for one in done}
    series = [
        Series(in_language(name), tuple(amounts.get((figure, day), 0) for day in span), tone)
        for figure, name, tone in ((ANSWERED, ANSWERS, "1"), (RESOLVED, SOLUTIONS, "good"))
    ]
    return pictures.beside(in_language(MY_DAYS), [days.weekday(day) for day in span], series)
