"""Carriers' notices that a person has to decide on: the mail beside what was read in it."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin.frame import attempt, cleaned, done
from unbroken.console.planned.frame import for_field, page, typed_time
from unbroken.console.planned.words import IMPACT_WORDS
from unbroken.directory.topology_queries import resources_named
from unbroken.evidence.actions import IMPACTS, STATUSES
from unbroken.ground.clock import now
from unbroken.ground.words import Phrase, _, in_language
from unbroken.intake.actions import notices as actions
from unbroken.intake.mail.carrier_forms import DOUBTS, NoticeRead
from unbroken.intake.notices import queries
from unbroken.intake.notices.queries import NoticeRow
from unbroken.staffing.permissions import PLAN_WORK, READ_ADMINISTRATION

ACCEPTED = _("Accepted: it is a window now, and what breaks in it counts as announced.")
REFUSED = _("Refused: it makes no window.")

STATUS_WORDS: dict[str, Phrase] = {
    "CONFIRMED": _("planned"),
    "TENTATIVE": _("not yet certain"),
    "RE-SCHEDULED": _("moved"),
    "CANCELLED": _("called off"),
    "IN-PROCESS": _("begun"),
    "COMPLETED": _("done"),
}
STATE_WORDS: dict[str, Phrase] = {
    "noted": _("became a window by itself"),
    "accepted": _("accepted by a person"),
    "refused": _("refused"),
    "replaced": _("a later edition came"),
    "waiting": _("waits for a person"),
}

# A mail is shown here whoever's queue its request is in: so only to who decides.
looking = allowed(do=PLAN_WORK, read=READ_ADMINISTRATION)
deciding = allowed(do=PLAN_WORK)


@looking
@require_GET
def notices(request: AgentRequest) -> HttpResponse:
    """Those that wait, and what became of the last ones."""
    return page(
        request,
        "console/planned/notices.html",
        "notices",
        waiting=queries.waiting_notices(),
        decided=queries.decided_notices(),
        **_words(),
    )


@looking
@require_GET
def notice(request: AgentRequest, notice_id: int) -> HttpResponse:
    """One notice beside its mail."""
    return _show(request, _row(notice_id))


@deciding
@require_POST
def acceptance(request: AgentRequest, notice_id: int) -> HttpResponse:
    """It is right, as it stands in the fields."""
    row = _row(notice_id)
    read = _typed(request, row)
    told: dict[str, Any] = {"by": request.actor, "at": now()}
    wrong = attempt(lambda: actions.accept_notice(notice_id=row.id, read=read, **told))
    if wrong:
        return _show(request, row, read=read, wrong=wrong)
    return done(request, ACCEPTED, "console:carrier_notices")


@deciding
@require_POST
def refusal(request: AgentRequest, notice_id: int) -> HttpResponse:
    """It makes no window."""
    row = _row(notice_id)
    told: dict[str, Any] = {"by": request.actor, "at": now()}
    wrong = attempt(lambda: actions.refuse_notice(notice_id=row.id, **told))
    if wrong:
        return _show(request, row, wrong=wrong)
    return done(request, REFUSED, "console:carrier_notices")


def _row(notice_id: int) -> NoticeRow:
    found = queries.notice(notice_id)
    if found is None:
        raise Http404("notice")
    return found


def _typed(request: AgentRequest, row: NoticeRow) -> NoticeRead:
    """The fields; those left as they were keep their seconds."""
    zone = request.agent.timezone
    times = {}
    for name, was in (("starts_at", row.starts_at), ("ends_at", row.ends_at)):
        text = request.POST.get(name, "")
        times[name] = was if was and text == for_field(was, zone) else typed_time(text, zone)
    things = (cleaned(one) for one in request.POST.get("things", "").splitlines()[:200])
    return replace(
        row.reading,
        provider=cleaned(request.POST.get("provider")),
        number=cleaned(request.POST.get("number"), 60),
        things=tuple(one for one in things if one),
        impact=cleaned(request.POST.get("impact"), 40),
        status=cleaned(request.POST.get("status"), 40),
        starts_at=times["starts_at"],
        ends_at=times["ends_at"],
    )


def _show(
    request: AgentRequest, row: NoticeRow, *, read: NoticeRead | None = None, wrong: str = ""
) -> HttpResponse:
    shown = read or row.reading
    zone = request.agent.timezone
    known = resources_named(shown.things) if shown.things else {}
    return page(
        request,
        "console/planned/notice.html",
        "notices",
        wrong=wrong,
        row=row,
        read=shown,
        starts=for_field(shown.starts_at, zone),
        ends=for_field(shown.ends_at, zone),
        named=[(one, ", ".join(known.get(one, ()))) for one in shown.things],
        original=queries.original_of(row.intake_id),
        impacts=[(one, in_language(IMPACT_WORDS[one])) for one in reversed(IMPACTS)],
        statuses=[(one, in_language(STATUS_WORDS[one])) for one in STATUSES],
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {"doubts": DOUBTS, "states": STATE_WORDS, "status_words": STATUS_WORDS}
