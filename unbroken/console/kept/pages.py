"""The page of promises, its table for spreadsheets, and the requests behind each number."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, allowed, sight
from unbroken.console.dashboards import days
from unbroken.console.dashboards.frame import page
from unbroken.console.kept import counting
from unbroken.console.kept.asking import BY, SPANS, Asked, read_asked
from unbroken.console.tickets.export import as_file
from unbroken.ground import sheet
from unbroken.ground.clock import now
from unbroken.ground.sql import rows
from unbroken.ground.words import Phrase, _, in_language
from unbroken.promise.measures import all_measures
from unbroken.promise.spans import in_text
from unbroken.staffing.permissions import SEE_REPORTS

BEHIND_MAX = 500
KINDS: dict[str, Phrase] = {
    "promise": _("Promise"),
    "team": _("Within the house"),
    "partner": _("Partner"),
    "outage": _("Total outage"),
}
ALL_OF_THEM = _("All promises")
HEAD = (
    "by", "name", "ended", "kept", "missed", "share_kept", "mean_seconds", "median_seconds",
    "p80_seconds", "p95_seconds",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Behind:
    """A request behind a number."""

    number: int
    name: str
    customer: str
    kind: str
    what: str
    day: date
    is_kept: bool | None
    used_seconds: float | None
    wall_seconds: float | None
    target_seconds: int | None


@allowed(do=SEE_REPORTS)
@require_GET
def promises(request: AgentRequest) -> HttpResponse:
    """Kept and missed, and how long it took."""
    at = now()
    asked = read_asked(request.GET, days.today(at))
    agent = request.agent
    lines = counting.figures(agent, asked)
    measures = [("", in_language(ALL_OF_THEM))]
    measures += [(key, in_language(one.label)) for key, one in all_measures().items()]
    context: dict[str, Any] = {
        "asked": asked,
        "query": urlencode(asked.as_query()),
        "lines": lines,
        "picture": counting.picture(agent, asked),
        "outages": counting.figures(agent, asked, kind="outage", by="month", wall=True),
        "teams": counting.figures(agent, asked, kind="team", by="what"),
        "partners": counting.figures(agent, asked, kind="partner", by="what"),
        "shares": counting.shares(asked),
        "services": counting.availability(agent, asked.last, at=at),
        "measure_words": {key: one.label for key, one in all_measures().items()},
        "by_word": in_language(BY[asked.by]),
        "bys": [(key, in_language(word)) for key, word in BY.items()],
        "spans": [(str(one), str(one)) for one in SPANS],
        "measures": measures,
        **_words(),
    }
    return page(request, "console/kept/promises.html", "promises", context)


def _words() -> dict[str, Any]:
    return {"hours": hours, "percent": percent}


def hours(seconds: float | None) -> str:
    """4:05; nothing for what has no length yet."""
    if seconds is None:
        return "–"
    return in_text(round(seconds)) or "0:00"


def percent(share: float | None, places: int = 0) -> str:
    """97 %; never 100 while something is missing."""
    if share is None:
        return "–"
    text = f"{share:.{places}f}"
    if float(text) == 100 and share < 100:
        text = f"{100 - 10**-places:.{places}f}"
    return f"{text} %"


@allowed(do=SEE_REPORTS)
@require_GET
def table(request: AgentRequest) -> HttpResponse:
    """All tables of the page in one, for a spreadsheet: lengths in seconds."""
    asked = read_asked(request.GET, days.today(now()))
    return as_file("promises.csv", sheet.lines(HEAD, _cells(request, asked)))


def _cells(request: AgentRequest, asked: Asked) -> Iterator[tuple[object, ...]]:
    for by, found in (
        (asked.by, counting.figures(request.agent, asked)),
        ("outage", counting.figures(request.agent, asked, kind="outage", by="month", wall=True)),
        ("leg_team", counting.figures(request.agent, asked, kind="team", by="what")),
        ("leg_partner", counting.figures(request.agent, asked, kind="partner", by="what")),
    ):
        for one in found:
            yield (by, one.name, one.ended, one.kept, one.missed, one.share, *one.lengths)


@allowed(do=SEE_REPORTS)
@require_GET
def behind(request: AgentRequest) -> HttpResponse:
    """The requests that a number counts, the longest first."""
    given = request.GET
    kind = given.get("kind", "")
    first, last = (_day(given.get(name, "")) for name in ("since", "until"))
    found = rows(
        Behind, "console/kept/queries/behind.sql",
        kind=kind if kind in KINDS else "promise",
        since=first or days.today(now()).replace(day=1), until=last or days.today(now()),
        what=_text(given.get("what")), agreement=_text(given.get("agreement")),
        priority=_text(given.get("priority")),
        topic=_number(given.get("topic")), team=_number(given.get("team")),
        is_kept={"no": False, "yes": True}.get(given.get("kept", "")),
        limit=BEHIND_MAX, **sight(request.agent),
    )  # fmt: skip
    context = {
        "found": found,
        "is_cut_off": len(found) == BEHIND_MAX,
        "measure_words": {key: one.label for key, one in all_measures().items()},
        "kinds": KINDS,
        "short": days.short,
        **_words(),
    }
    return page(request, "console/kept/behind.html", "promises", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _text(text: str | None) -> str | None:
    return text.replace("\0", "")[:200] if text else None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 18 else None
