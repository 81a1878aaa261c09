"""Times told and kept, as a page and as a table for a spreadsheet."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from unbroken.console import pictures
from unbroken.console.access import AgentRequest, allowed, sight
from unbroken.console.dashboards.frame import page
from unbroken.console.dashboards.naming import naming
from unbroken.console.foreseen import judged
from unbroken.console.foreseen.judged import JUDGED_MIN, SHARE, Cell
from unbroken.console.pictures import Picture, Series
from unbroken.console.tickets.export import as_file
from unbroken.ground import sheet
from unbroken.ground.clock import now
from unbroken.ground.words import Phrase, _, in_language
from unbroken.quality.counting import desk_zone
from unbroken.staffing.permissions import SEE_REPORTS

MONTHS = 12
BY_TOPIC, BY_TEAM, BY_MONTH = _("By topic"), _("By team"), _("By month")
TITLE = _("Kept of the times told, % by month")
KEPT, AIM = _("Kept, %"), _("As told, %")


@allowed(do=SEE_REPORTS)
@require_GET
def told_and_kept(request: AgentRequest) -> HttpResponse:
    """Of those told "done by then": how many were."""
    found = _found(request)
    tables = [
        (in_language(word), f"by-{key}", judged.by(found, name_of))
        for key, word, name_of in _ways()
    ]
    months = sorted(tables[-1][2], key=lambda one: one.name)
    tables[-1] = (*tables[-1][:2], months[::-1])
    shown = [one for one in months if one.share is not None]
    context = {
        "whole": judged.whole(found),
        "share": SHARE,
        "least": JUDGED_MIN,
        "picture": _picture([(one.name, one.share or 0.0) for one in shown]) if shown else None,
        "tables": tables if found else [],
    }
    return page(request, "console/foreseen/told_and_kept.html", "foreseen", context)


@allowed(do=SEE_REPORTS)
@require_GET
def table(request: AgentRequest) -> HttpResponse:
    """The figures behind the page, also those of too few."""
    lines = [
        (key, one.name, one.told, one.kept, one.moved)
        for key, _word, name_of in _ways()
        for one in judged.by(_found(request), name_of)
    ]
    head = ("by", "name", "told", "kept", "moved")
    return as_file("told-and-kept.csv", sheet.lines(head, iter(lines)))


def _found(request: AgentRequest) -> list[Cell]:
    at = now()
    return judged.cells(since=_since(at), at=at, zone=str(desk_zone()), sight=sight(request.agent))


def _since(at: datetime) -> datetime:
    """The first of the month, a year ago."""
    local = at.astimezone(desk_zone()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (local - timedelta(days=31 * MONTHS - 20)).replace(day=1)


def _ways() -> list[tuple[str, Phrase, Callable[[Cell], str]]]:
    names = naming()
    return [
        ("topic", BY_TOPIC, lambda one: names.name("topic", str(one.topic_id or 0))),
        ("team", BY_TEAM, lambda one: names.name("team", str(one.team or 0))),
        ("month", BY_MONTH, lambda one: one.month),
    ]


def _picture(months: list[tuple[str, float]]) -> Picture:
    return pictures.lines(
        in_language(TITLE),
        [name for name, _share in months],
        (
            Series(in_language(KEPT), tuple(round(100 * share, 1) for _name, share in months), "1"),
            Series(in_language(AIM), tuple(100 * SHARE for _one in months), "4"),
        ),
    )
