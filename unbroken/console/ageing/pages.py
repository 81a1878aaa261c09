"""The list of lines that will soon fail: filters, pictures, how often such lists came true."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console.access import AgentRequest, allowed, may
from unbroken.console.ageing.drawing import Small, small
from unbroken.console.ageing.words import BECAME, SIGNS, numbers, when
from unbroken.console.lines.access import lines_seen
from unbroken.console.planned.frame import page
from unbroken.console.tickets.export import as_file
from unbroken.evidence.queries import ageing
from unbroken.evidence.queries.ageing import LineRow, ListRow, Record
from unbroken.evidence.state import ageing as kept
from unbroken.ground import sheet
from unbroken.ground.words import _, in_language
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import ANSWER, SEE_REPORTS

looking = allowed(do=SEE_REPORTS)
SHOWN_MAX = 100
EVERY = _("All")
OURS = _("our own")
HEAD = (
    "monday", "service", "customer", "resource", "element", "place", "owner", "chance", "sign",
    "level", "a_week", "floor", "soonest_days", "latest_days", "became", "became_on", "requests",
    "request",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of the lines: of an element, at a place, of a partner, with a sign; of which week."""

    week: str = ""
    element: str = ""
    place: str = ""
    owner: str = ""
    sign: str = ""

    def fits(self, line: LineRow) -> bool:
        """Whether a line is asked for."""
        return (
            self.element in ("", line.element)
            and self.place in ("", line.place)
            and self.owner in ("", line.owner)
            and (not self.sign or any(one["kind"] == self.sign for one in line.why))
        )


@dataclass(frozen=True, slots=True)
class Told:
    """One sign with its words and its picture."""

    name: str
    numbers: str
    when: str
    picture: Small


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the page."""

    line: LineRow
    signs: Sequence[Told]
    can_open: bool

    @property
    def percent(self) -> int:
        """How likely it fails within four weeks."""
        return round(100 * self.line.chance)


def asked_of(request: HttpRequest) -> Asked:
    """What the address asks for; anything else counts as nothing."""
    words = {
        name: request.GET.get(name, "").replace("\0", "")[:200]
        for name in ("week", "element", "place", "owner", "sign")
    }
    return Asked(**words)


@looking
@require_GET
def lines(request: AgentRequest) -> HttpResponse:
    """The latest list, or one of those before."""
    return show(request)


def show(request: AgentRequest, *, wrong: str = "") -> HttpResponse:
    """The page, with what was refused."""
    asked, lists = asked_of(request), ageing.latest_lists()
    chosen = _chosen(lists, asked.week)
    every = ageing.lines_on(chosen.monday) if chosen else []
    found = [one for one in every if asked.fits(one)]
    seen = lines_seen(request.agent, [one.service for one in found[:SHOWN_MAX]])
    record = ageing.record_of(lists)
    return page(
        request, "console/ageing/lines.html", "ageing", wrong=wrong,
        asked=asked, chosen=chosen, lists=lists, record=record, found=len(found),
        shown=[_shown(one, one.service in seen) for one in found[:SHOWN_MAX]],
        saved=_saved(found, record), filters=_filters(every), became=BECAME,
        teams=[(str(one.id), one.name) for one in staffing.teams()],
        may_make=may(request.agent, ANSWER), wants_mail=kept.wants_mail(request.agent.id),
        query=request.GET.urlencode(), percent=percent,
    )  # fmt: skip


def percent(share: float | None) -> str:
    """97 %; a dash for what is not known."""
    return "–" if share is None else f"{100 * share:.0f} %"


def _chosen(lists: Sequence[ListRow], week: str) -> ListRow | None:
    return next(
        (one for one in lists if one.monday.isoformat() == week), lists[0] if lists else None
    )


def _shown(line: LineRow, can_open: bool) -> Shown:
    return Shown(
        line,
        [
            Told(in_language(SIGNS[one["kind"]]), numbers(one), when(one), small(one))
            for one in line.why
        ],
        can_open,
    )


def _saved(found: Sequence[LineRow], record: Record) -> float | None:
    """Requests that need not be, if all of these were mended; None where history says nothing."""
    if record.requests_each is None:
        return None
    return sum(one.chance for one in found) * record.requests_each


def _filters(every: Sequence[LineRow]) -> dict[str, list[tuple[str, str]]]:
    first = ("", in_language(EVERY))
    owners = {one.owner: in_language(OURS) if one.owner == "us" else one.owner_name
              for one in every}  # fmt: skip
    elements = sorted({one.element for one in every if one.element})
    places = {one.place: one.place_name for one in every if one.place}
    kinds = {sign["kind"] for one in every for sign in one.why}
    return {
        "element": [first, *((one, one) for one in elements)],
        "place": [first, *sorted(places.items(), key=lambda pair: pair[1])],
        "owner": [first, *sorted(owners.items(), key=lambda pair: pair[1])],
        "sign": [first, *((one, in_language(SIGNS[one])) for one in SIGNS if one in kinds)],
    }  # fmt: skip


@looking
@require_GET
def table(request: AgentRequest) -> HttpResponse:
    """The same list for a spreadsheet, a line for each sign."""
    asked, lists = asked_of(request), ageing.latest_lists()
    chosen = _chosen(lists, asked.week)
    every = ageing.lines_on(chosen.monday) if chosen else []
    monday = chosen.monday if chosen else None
    found = [one for one in every if asked.fits(one)]
    return as_file("lines.csv", sheet.lines(HEAD, _cells(found, monday)))


def _cells(found: Sequence[LineRow], monday: date | None) -> Iterator[tuple[object, ...]]:
    for one in found:
        for sign in one.why:
            told: Any = sign
            yield (
                monday, one.service, one.customer, one.resource, one.element, one.place_name,
                one.owner, one.chance, told["kind"], told["level"], told["a_week"], told["floor"],
                told["soonest"], told["latest"], one.became, one.became_on, one.reports,
                one.ticket_id,
            )  # fmt: skip
