"""Queues: what flows into each, which team gets it, who else sees it; tried on an example."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin import giving
from unbroken.console.admin.frame import (
    CHANGED,
    KEY,
    TAKEN_BACK,
    attempt,
    cleaned,
    done,
    given_names,
    page,
    sent,
    take_back,
)
from unbroken.console.admin.history import SHOWN, Shown, history
from unbroken.conversation import queries as record
from unbroken.evidence import wording
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.words import _, current_language, in_language
from unbroken.intake.mailboxes import mailboxes
from unbroken.routing import actions
from unbroken.routing import queries as routing
from unbroken.routing.triage import KINDS, Choice, QueueRow
from unbroken.staffing import queries as staffing
from unbroken.staffing.permissions import MANAGE_QUEUES, READ_ADMINISTRATION

OPENED = _("The queue {name} is open.")
KIND_WORDS = {
    "household": _("Households"),
    "company": _("Companies"),
    "reseller": _("Resellers"),
    "vip": _("Customers marked VIP"),
    "unknown": _("Senders nobody has confirmed"),
}
WHY = {
    "cause": _("because the queue takes what the line shows: {which}"),
    "topic": _("because the queue takes the topic {which} and all below it"),
    "mailbox": _("because the queue takes the mailbox {which}"),
    "kind": _("because the queue is for {which}"),
    "default": _("because no other queue takes it: this is the default one"),
}
NO_TEAM_LIKE_IT = "admin.no_such_team"

reading = allowed(do=MANAGE_QUEUES, read=READ_ADMINISTRATION)
doing = allowed(do=MANAGE_QUEUES)


@dataclass(frozen=True, slots=True)
class Example:
    """A request that nobody made: of which topic, to which mailbox, by whom, what its line shows;
    and who gets it."""

    topic: str
    mailbox: str
    kind: str
    language: str
    cause: str
    found: Choice | None
    why: str
    person: giving.WouldGet | None


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def queues(request: AgentRequest) -> HttpResponse:
    """Every queue; a form for one more; and who would get an example."""
    if request.method != "POST":
        return _list(request)
    wrong = attempt(lambda: _open(request))
    if wrong:
        return _list(request, wrong)
    return done(request, OPENED, "console:admin_queues", name=_first_name(request))


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: AgentRequest, queue_id: int) -> HttpResponse:
    """One queue."""
    row = _row(queue_id)
    if request.method != "POST":
        return _page(request, row)
    wrong = attempt(lambda: _set(request, row.key, names_needed=False))
    if wrong:
        return _page(request, row, wrong)
    return done(request, CHANGED, "console:admin_queue", row.id)


@doing
@require_POST
def undo(request: AgentRequest, queue_id: int) -> HttpResponse:
    """The last change is taken back."""
    row = _row(queue_id)
    wrong = attempt(lambda: take_back(request, f"queue:{row.id}"))
    if wrong:
        return _page(request, row, wrong)
    return done(request, TAKEN_BACK, "console:admin_queue", row.id)


def _open(request: AgentRequest) -> None:
    key = cleaned(request.POST.get("key"))
    if not KEY.fullmatch(key):
        raise Refused("admin.no_key")
    if any(one.key == key for one in routing.every_queue()):
        raise Refused("admin.key_taken")
    _set(request, key, names_needed=True)


def _set(request: AgentRequest, key: str, *, names_needed: bool) -> None:
    data, names = request.POST, given_names(request)
    if not names:
        raise Refused("admin.no_name")
    teams = {str(team.id): int(team.id) for team in staffing.every_team()}
    if data.get("team", "") not in teams:
        raise Refused(NO_TEAM_LIKE_IT)
    position = data.get("position", "")
    actions.set_queue(
        key=key,
        name=names.get("en") or next(iter(names.values())),
        names=names,
        team_id=teams[data["team"]],
        topics=_chosen(request, "topics", [one.key for one in record.topic_tree()]),
        mailboxes=_chosen(request, "mailboxes", [one.key for one in mailboxes()]),
        kinds=_chosen(request, "kinds", KINDS),
        causes=_chosen(request, "causes", wording.causes()),
        seen_by=[teams[one] for one in _chosen(request, "seen_by", teams)],
        position=int(position[:5]) if position.isascii() and position.isdigit() else 0,
        is_default="is_default" in data,
        **giving.values(request, teams),  # type: ignore[arg-type]
        active=names_needed or "active" in data,
        by=request.actor,
        at=now(),
    )


def _chosen(request: AgentRequest, field: str, known: Iterable[str]) -> list[str]:
    wanted = set(request.POST.getlist(field))
    return [one for one in known if one in wanted]


def _first_name(request: AgentRequest) -> str:
    names = given_names(request)
    return names.get(current_language()) or next(iter(names.values()), "")


def _row(queue_id: int) -> QueueRow:
    row = routing.queue(queue_id)
    if row is None:
        raise Http404("queue")
    return row


def _list(request: AgentRequest, wrong: str = "") -> HttpResponse:
    every = routing.every_queue()
    return page(
        request,
        "console/admin/queues.html",
        "queues",
        wrong=wrong,
        queues=[one for one in every if one.active],
        retired=[one for one in every if not one.active],
        example=_example(request),
        row=None,
        **_choices(request),
    )


def _page(request: AgentRequest, row: QueueRow, wrong: str = "") -> HttpResponse:
    return page(
        request,
        "console/admin/queue.html",
        "queues",
        wrong=wrong,
        row=row,
        history=history(f"queue:{row.id}"),
        **_choices(request),
    )


def _choices(request: AgentRequest) -> dict[str, Any]:
    language = current_language()
    return {
        "sent": sent(request),
        "teams": staffing.teams(),
        "team_names": {int(one.id): one.name for one in staffing.every_team()},
        "topics": [
            (one.key, "\u2003" * one.depth + one.name_in(language)) for one in record.topic_tree()
        ],
        "topic_names": _topic_names(),
        "boxes": [(one.key, one.address) for one in mailboxes()],
        "kinds": [(key, in_language(KIND_WORDS[key])) for key in KINDS],
        **giving.choices(),
        "causes": wording.causes(),
    }


def _topic_names() -> dict[str, str]:
    return {one.key: one.name_in(current_language()) for one in record.topic_tree()}


def _example(request: AgentRequest) -> Example | None:
    """Who would get it; nothing until somebody asks."""
    wanted = ("topic", "mailbox", "kind", "language", "cause")
    asked = {name: request.GET.get(name, "") for name in wanted}
    if "kind" not in request.GET:
        return None
    topic = next((one.id for one in record.topic_tree() if one.key == asked["topic"]), None)
    kinds = (asked["kind"],) if asked["kind"] in KINDS else ()
    found = routing.who_would_get(
        topic_id=topic, mailbox=asked["mailbox"], kinds=kinds or ("",), cause=asked["cause"]
    )
    person = giving.would_get(found.queue, language=asked["language"]) if found else None
    return Example(**asked, found=found, why=_why(found) if found else "", person=person)


def _why(found: Choice) -> str:
    words = {
        "topic": _topic_names(),
        "mailbox": {one.key: one.address for one in mailboxes()},
        "kind": {key: in_language(word) for key, word in KIND_WORDS.items()},
        "cause": wording.causes(),
    }.get(found.why, {})
    return in_language(WHY[found.why], which=words.get(found.which, found.which))


def _in_words(value: object, names: Mapping[Any, str]) -> str:
    """Keys or numbers by their names; one that is gone stays as it was written."""
    told = value if isinstance(value, list) else [value]
    return ", ".join(names.get(one, str(one)) for one in told)


def _team_words(value: object) -> str:
    return _in_words(value, {int(one.id): one.name for one in staffing.every_team()})


def _topic_words(value: object) -> str:
    return _in_words(value, _topic_names())


def _kind_words(value: object) -> str:
    return _in_words(value, {key: in_language(word) for key, word in KIND_WORDS.items()})


def _cause_words(value: object) -> str:
    return _in_words(value, wording.causes())


SHOWN.update(
    {
        "team_id": Shown(_("Team"), _team_words),
        "seen_by": Shown(_("Teams that also see it"), _team_words),
        "topics": Shown(_("Topics"), _topic_words),
        "mailboxes": Shown(_("Mailboxes")),
        "causes": Shown(_("What the line shows"), _cause_words),
        "kinds": Shown(_("Only for"), _kind_words),
        "position": Shown(_("Place in the order")),
        "is_default": Shown(_("Takes whatever fits nowhere else")),
    }
)
