"""The head of support's page: are promises kept, what came back, what grows old.

Read from figures by day, so it costs the same at ten requests and at ten million. Every number
opens the list behind it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console import pictures
from unbroken.console.access import AgentRequest, allowed, sight
from unbroken.console.dashboards import days
from unbroken.console.dashboards.frame import Tile, page, tile
from unbroken.console.dashboards.naming import Naming, naming
from unbroken.console.dashboards.need import need_of
from unbroken.console.dashboards.reviews import reviewed_tile
from unbroken.console.dashboards.sums import Period, WeekFigure, by_key, by_week, difference
from unbroken.console.pictures import Picture, Series
from unbroken.console.tickets.addresses import address_of
from unbroken.console.tickets.counted import counted_word
from unbroken.console.tickets.counting import Size
from unbroken.console.tickets.export import as_file
from unbroken.ground import sheet
from unbroken.ground.clock import now
from unbroken.ground.sql import row, rows
from unbroken.ground.words import _, in_language
from unbroken.promise.measures import all_measures
from unbroken.quality.figures import (
    COMPLAINT,
    FIRST_CONTACT,
    KEPT,
    MISSED,
    RECEIVED,
    REOPENED,
    RESOLVED,
)
from unbroken.staffing.permissions import SEE_REPORTS

QUERIES = "console/dashboards/queries"
SPANS: Final = (4, 8, 13, 26)
OPEN = "status:acknowledged,inProgress,pending,held"
LONG_AGO = date(2000, 1, 1)

KEPT_SHARE, MISSED_WORD, CAME = _("Promises kept"), _("Promises missed"), _("Came in")
DONE, AGAIN, ONCE = _("Were resolved"), _("Were opened again"), _("Solved at first contact")
COMPLAINTS, WAS = _("Complaints"), _("before: {was}")
PROMISES, BACKLOG = _("Promises kept and missed, by week"), _("Open requests by age")
FLOW = _("Came in and resolved, by week")
KEPT_WORD, MISSED_SHORT = _("Kept"), _("Missed")
BY_PROMISE, BY_TEAM = _("By promise"), _("By team")
BY_TOPIC, BY_CHANNEL = _("By topic"), _("By channel")
AGES = (
    _("More than 30 days"), _("8 to 30 days"), _("2 to 7 days"), _("Today and yesterday"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: a name, and its numbers, each with the list it opens."""

    name: str
    cells: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers by promise, team, topic or channel."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The weeks that are looked at, and as many before them."""

    weeks: int
    first: date
    last: date

    @property
    def before(self) -> date:
        """Where the weeks to compare with begin."""
        return self.first - timedelta(weeks=self.weeks)

    @property
    def mondays(self) -> list[date]:
        """Each week's first day."""
        return [self.first + timedelta(weeks=n) for n in range(self.weeks)]

    def list_of(self, word: str, what: str = "", more: str = "") -> str:
        """The list behind a figure of these weeks."""
        return address_of(f"{counted_word(word, self.first, self.last, what)} {more}".strip())


@dataclass(frozen=True, slots=True)
class _Backlog:
    month: int
    week: int
    days: int
    fresh: int


@allowed(do=SEE_REPORTS)
@require_GET
def support(request: AgentRequest) -> HttpResponse:
    """Everything on one page."""
    span, found = _asked(request)
    names, seen = naming(), sight(request.agent)
    sums = by_key(found, "all", span.first).get("", (Period({}), Period({})))
    context = {
        "span": span,
        "spans": SPANS,
        "dates": f"{days.short(span.first)} – {days.short(span.last)}",
        "tiles": [*_tiles(span, *sums), _reviewed(request, span)],
        "pictures": [_promises(found, span), _flow(found, span)],
        "ages": _ages(request, now()),
        "need": need_of(None if seen["sees_all"] else seen["teams"], at=now()),
        "tables": [
            _by_promise(span, *sums),
            _table(BY_TEAM, found, span, "team", names),
            _table(BY_TOPIC, found, span, "topic", names),
            _table(BY_CHANNEL, found, span, "channel", names),
        ],
    }
    return page(request, "console/dashboards/support.html", "support", context)


@allowed(do=SEE_REPORTS)
@require_GET
def support_table(request: AgentRequest) -> HttpResponse:
    """The figures behind the page, week by week, for a spreadsheet."""
    _span, found = _asked(request)
    head = ("by", "name", "week", "figure", "amount")
    return as_file("support.csv", sheet.lines(head, _lines(found, naming())))


def _lines(found: Iterable[WeekFigure], names: Naming) -> Iterator[tuple[object, ...]]:
    for one in sorted(found, key=lambda one: (one.level, one.key, one.figure, one.week)):
        yield one.level, names.name(one.level, one.key), one.week, one.figure, one.amount


def _asked(request: AgentRequest) -> tuple[Span, list[WeekFigure]]:
    """The weeks asked for, and what was counted in them and before."""
    text = request.GET.get("weeks", "")
    weeks = int(text) if text.isascii() and text.isdigit() and int(text) in SPANS else SPANS[1]
    this = days.monday(days.today(now()))
    span = Span(weeks, this - timedelta(weeks=weeks - 1), this + timedelta(days=6))
    seen = sight(request.agent)
    figures = [RECEIVED, RESOLVED, REOPENED, FIRST_CONTACT, COMPLAINT]
    figures += [state + key for key in all_measures() for state in (KEPT, MISSED)]
    found = rows(
        WeekFigure,
        f"{QUERIES}/weeks.sql",
        figures=figures,
        since=span.before,
        until=span.last,
        sees_all=seen["sees_all"],
        teams=seen["teams"],
    )
    return span, found


def _tiles(span: Span, this: Period, that: Period) -> list[Tile]:
    once, once_before = _once(this), _once(that)
    plain = (
        (MISSED_WORD, MISSED, "missed", "alarm"),
        (CAME, RECEIVED, "received", ""),
        (DONE, RESOLVED, "resolved", ""),
        (AGAIN, REOPENED, "reopened", "risk"),
        (COMPLAINTS, COMPLAINT, "complaint", ""),
    )
    kept = _percent(this.kept_share())
    return [
        _with(tile(KEPT_SHARE, kept, span.list_of("kept")), _percent(that.kept_share())),
        *(
            _with(
                tile(name, Size(this.of(figure)), span.list_of(word), tone), Size(that.of(figure))
            )
            for name, figure, word, tone in plain
        ),
        _with(tile(ONCE, _percent(once), span.list_of("firstcontact")), _percent(once_before)),
    ]


def _reviewed(request: AgentRequest, span: Span) -> Tile:
    until = days.midnight(now())
    return reviewed_tile(request.agent, timedelta(weeks=span.weeks), until=until, mine=False)


def _once(period: Period) -> float | None:
    solved = period.of(RESOLVED)
    return 100 * period.of(FIRST_CONTACT) / solved if solved else None


def _with(one: Tile, was: object) -> Tile:
    return Tile(one.name, one.number, one.address, one.tone, in_language(WAS, was=was))


def _changed(one: Tile, by: str) -> Tile:
    return Tile(one.name, one.number, one.address, one.tone, by)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f} %"


def _promises(found: list[WeekFigure], span: Span) -> Picture:
    series = [
        Series(in_language(KEPT_WORD), by_week(found, KEPT, span.mondays), "good"),
        Series(in_language(MISSED_SHORT), by_week(found, MISSED, span.mondays), "alarm"),
    ]
    return pictures.stacked(in_language(PROMISES), list(map(days.short, span.mondays)), series)


def _flow(found: list[WeekFigure], span: Span) -> Picture:
    series = [
        Series(in_language(CAME), by_week(found, RECEIVED, span.mondays), "1"),
        Series(in_language(DONE), by_week(found, RESOLVED, span.mondays), "2"),
    ]
    return pictures.beside(in_language(FLOW), list(map(days.short, span.mondays)), series)


def _ages(request: AgentRequest, at: datetime) -> Table:
    """How old the open requests are, each age with its list."""
    today = days.today(at)
    edges = [today - timedelta(days=n) for n in (30, 7, 1)]
    zone = days.midnight(at).tzinfo
    month, week, few = (datetime.combine(day, datetime.min.time(), zone) for day in edges)
    found = row(
        _Backlog, f"{QUERIES}/backlog.sql", month=month, week=week, days=few,
        **sight(request.agent),
    )  # fmt: skip
    assert found is not None
    amounts = (found.month, found.week, found.days, found.fresh)
    begins = (LONG_AGO, *edges)
    ends = (*(edge - timedelta(days=1) for edge in edges), today)
    cells = tuple(
        tile(name, Size(amount), address_of(f"{counted_word('received', since, until)} {OPEN}"))
        for name, amount, since, until in zip(AGES, amounts, begins, ends, strict=True)
    )
    return Table(in_language(BACKLOG), (), (Line("", cells),))


def _by_promise(span: Span, this: Period, that: Period) -> Table:
    lines = []
    for key, measure in all_measures().items():
        now_, was = this.kept_share(key), that.kept_share(key)
        cells = (
            tile(KEPT_WORD, Size(this.of(KEPT + key)), span.list_of("kept", key)),
            tile(MISSED_SHORT, Size(this.of(MISSED + key)), span.list_of("missed", key), "alarm"),
            _changed(tile(KEPT_SHARE, _percent(now_)), difference(now_, was)),
        )
        lines.append(Line(in_language(measure.label), cells))
    return Table(in_language(BY_PROMISE), _heads(lines), tuple(lines))


def _table(title: str, found: list[WeekFigure], span: Span, level: str, names: Naming) -> Table:
    lines = []
    roots = names.roots if level == "topic" else None
    for key, (this, that) in by_key(found, level, span.first, roots).items():
        word = names.word(level, key)
        now_, was = this.kept_share(), that.kept_share()
        cells = (
            tile(CAME, Size(this.of(RECEIVED)), span.list_of("received", "", word)),
            tile(DONE, Size(this.of(RESOLVED)), span.list_of("resolved", "", word)),
            tile(AGAIN, Size(this.of(REOPENED)), span.list_of("reopened", "", word)),
            tile(MISSED_SHORT, Size(this.of(MISSED)), span.list_of("missed", "", word), "alarm"),
            _changed(tile(KEPT_SHARE, _percent(now_)), difference(now_, was)),
        )  # fmt: skip
        lines.append(Line(names.name(level, key), cells))
    lines.sort(key=lambda line: line.name)
    return Table(in_language(title), _heads(lines), tuple(lines))


def _heads(lines: list[Line]) -> tuple[str, ...]:
    return tuple(cell.name for cell in lines[0].cells) if lines else ()
