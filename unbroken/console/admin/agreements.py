"""Agreements: what is promised in which hours, who stands under it, what that means right now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from babel.dates import format_datetime
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from unbroken.calendars import queries as calendars
from unbroken.console.access import AgentRequest, allowed
from unbroken.console.admin import topics_of_agreements as topics_
from unbroken.console.admin.frame import (
    CHANGED,
    KEY,
    TAKEN_BACK,
    attempt,
    cleaned,
    done,
    page,
    sent,
    take_back,
)
from unbroken.console.admin.history import SHOWN, Shown, history
from unbroken.console.admin.pauses import pauses_shown
from unbroken.console.credits.shown import shown_rules
from unbroken.console.tickets.labels import PRIORITIES, TYPES
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.sql import rows
from unbroken.ground.words import Phrase, _, current_language, in_language
from unbroken.promise import actions
from unbroken.promise import queries as promise
from unbroken.promise.book import ANY_TYPE, Aim
from unbroken.promise.measures import all_measures
from unbroken.promise.queries import AgreementRow, NamedAgreement
from unbroken.promise.queries.terms import present_book
from unbroken.promise.spans import in_text, seconds_of
from unbroken.staffing.permissions import MANAGE_PROMISES, READ_ADMINISTRATION

MADE = _("The agreement {name} can be promised now.")
ANY_KIND = _("Every kind of request")
WARNING_SHARE = 0.75
refusals(
    {
        "admin.bad_target": _("{measure}, {priority}: “{word}” is no time such as 4:00 or 30 min."),
        "admin.bad_share": _("{measure}: a warning comes after 1 to 100 percent of the time."),
        "admin.no_calendar": _("Say in which calendar it counts."),
    }
)

reading = allowed(do=MANAGE_PROMISES, read=READ_ADMINISTRATION)
doing = allowed(do=MANAGE_PROMISES)


@dataclass(frozen=True, slots=True)
class Use:
    """How many services of a product stand under an agreement, of how many customers."""

    product: str
    services: int
    customers: int


@dataclass(frozen=True, slots=True)
class Line:
    """One measure for one kind of request, as the form has it."""

    measure: str
    label: Phrase
    ticket_type: str
    times: Mapping[str, str]
    percent: str


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def agreements(request: AgentRequest) -> HttpResponse:
    """Every agreement; a form for one more."""
    if request.method != "POST":
        return _list(request)
    name = cleaned(request.POST.get("name"))
    wrong = attempt(lambda: _open(request))
    if wrong:
        return _list(request, wrong)
    return done(request, MADE, "console:admin_agreements", name=name)


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: AgentRequest, agreement_id: int) -> HttpResponse:
    """One agreement."""
    row = agreement_row(agreement_id)
    if request.method != "POST":
        return agreement_page(request, row)
    wrong = attempt(lambda: _set(request, row.key))
    if wrong:
        return agreement_page(request, row, wrong)
    return done(request, CHANGED, "console:admin_agreement", row.id)


@doing
@require_POST
def default(request: AgentRequest, agreement_id: int) -> HttpResponse:
    """Whom nobody promised anything else is promised this."""
    row = agreement_row(agreement_id)
    wrong = attempt(lambda: actions.make_default(key=row.key, by=request.actor, at=now()))
    if wrong:
        return agreement_page(request, row, wrong)
    return done(request, CHANGED, "console:admin_agreement", row.id)


@doing
@require_POST
def undo(request: AgentRequest, agreement_id: int) -> HttpResponse:
    """The last change is taken back."""
    row = agreement_row(agreement_id)
    wrong = attempt(lambda: take_back(request, f"agreement:{row.id}"))
    if wrong:
        return agreement_page(request, row, wrong)
    return done(request, TAKEN_BACK, "console:admin_agreement", row.id)


# ── what the form says ────────────────────────────────────────────────────────


def _open(request: AgentRequest) -> None:
    key = cleaned(request.POST.get("key"))
    if not KEY.fullmatch(key):
        raise Refused("admin.no_key")
    if any(one.key == key for one in promise.named_agreements()):
        raise Refused("admin.key_taken")
    _set(request, key)


def _set(request: AgentRequest, key: str) -> None:
    name = cleaned(request.POST.get("name"))
    if not name:
        raise Refused("admin.no_name")
    calendar = request.POST.get("calendar", "")
    if calendar not in {one.key for one in calendars.stored_calendars()}:
        raise Refused("admin.no_calendar")
    actions.set_agreement(
        key=key,
        name=name,
        calendar=calendar,
        objectives=[*_aims(request), *_not_shown(key)],
        by=request.actor,
        at=now(),
    )


def _aims(request: AgentRequest) -> Iterable[Aim]:
    """What is promised: lines without any time promise nothing."""
    topics = [topics_.kind_of(key) for key in request.POST.getlist("topic")]
    for measure, label in _measures():
        for kind in (ANY_TYPE, *TYPES, *dict.fromkeys(topics)):
            times = {one: _seconds(request, measure, label, kind, one) for one in PRIORITIES}
            known = {priority: found for priority, found in times.items() if found is not None}
            if known:
                share = _share(request, measure, label, kind)
                ticket_type, topic = topics_.type_and_topic(kind)
                yield Aim(measure, ticket_type, known, share, topic)


def _not_shown(key: str) -> list[Aim]:
    """What is promised to a type within a topic, which the form cannot say: it stays."""
    terms = present_book().terms.get(key)
    return [aim for aim in terms.aims.values() if aim.ticket_type and aim.topic] if terms else []


def _seconds(
    request: AgentRequest, measure: str, label: Phrase, kind: str, priority: str
) -> int | None:
    text = request.POST.get(field(measure, kind, priority), "").strip()[:20]
    if not text:
        return None
    found = seconds_of(text)
    if found is None:
        words = {"measure": label, "priority": PRIORITIES[priority], "word": text}
        raise Refused("admin.bad_target", **words)
    return found


def _share(request: AgentRequest, measure: str, label: Phrase, kind: str) -> float:
    text = request.POST.get(field(measure, kind, "warning"), "").strip() or "75"
    if not (text.isascii() and text.isdigit() and 0 < int(text[:4]) <= 100):
        raise Refused("admin.bad_share", measure=label)
    return int(text) / 100


def field(measure: str, kind: str, what: str) -> str:
    """How a field of the form is called."""
    return f"{measure}.{kind or 'any'}.{what}"


def _measures() -> list[tuple[str, Phrase]]:
    return [(one.key, one.label) for one in all_measures().values()]


# ── what the pages show ───────────────────────────────────────────────────────


def agreement_row(agreement_id: int) -> NamedAgreement:
    """The agreement with this number; not found otherwise."""
    row = next((one for one in promise.named_agreements() if one.id == agreement_id), None)
    if row is None:
        raise Http404("agreement")
    return row


def _list(request: AgentRequest, wrong: str = "") -> HttpResponse:
    return page(
        request,
        "console/admin/agreements.html",
        "agreements",
        wrong=wrong,
        agreements=promise.named_agreements(),
        sent=sent(request),
        **pauses_shown(),
        **_form(request, None),
    )


def agreement_page(request: AgentRequest, row: NamedAgreement, wrong: str = "") -> HttpResponse:
    """Its page; `wrong` is what was refused."""
    found = next((one for one in promise.agreements() if one.key == row.key), None)
    return page(
        request,
        "console/admin/agreement.html",
        "agreements",
        wrong=wrong,
        row=row,
        use=rows(Use, "console/queries/agreement_use.sql", key=row.key),
        meaning=_meaning(found) if found else [],
        history=history(f"agreement:{row.id}"),
        **shown_rules(row.key),
        **_form(request, found, is_sent=bool(wrong)),
    )


def _form(
    request: AgentRequest, found: AgreementRow | None, *, is_sent: bool = True
) -> dict[str, Any]:
    aims = {(aim.measure, topics_.kind(aim)): aim for aim in found.aims} if found else {}
    asked = request.POST.getlist("topic") if is_sent else [one.topic for one in aims.values()]
    topics = topics_.shown([*asked, request.GET.get("topic", "")])
    words = ((ANY_TYPE, in_language(ANY_KIND)), *((k, in_language(w)) for k, w in TYPES.items()))
    kinds = []
    for kind, word in (*words, *topics):
        lines = [_line(request, aims, one, kind, is_sent) for one in _measures()]
        is_used = kind[:1] in ("", "@") or any(any(one.times.values()) for one in lines)
        kinds.append((kind, word, lines, is_used))
    return {
        "hours": [(one.key, one.name) for one in calendars.stored_calendars()],
        "priorities": [(key, in_language(word)) for key, word in PRIORITIES.items()],
        "kinds": kinds,
        "topic_keys": [kind[1:] for kind, _word in topics],
        "more_topics": topics_.others(topics),
        "field": field,
    }


def _line(
    request: AgentRequest,
    aims: Mapping[tuple[str, str], Aim],
    measure: tuple[str, Phrase],
    kind: str,
    is_sent: bool,
) -> Line:
    key, label = measure
    if is_sent:
        times = {one: request.POST.get(field(key, kind, one), "") for one in PRIORITIES}
        return Line(key, label, kind, times, request.POST.get(field(key, kind, "warning"), "75"))
    aim = aims.get((key, kind)) or Aim(key, kind, {}, WARNING_SHARE)
    times = {one: in_text(aim.seconds.get(one)) for one in PRIORITIES}
    return Line(key, label, kind, times, f"{aim.warning_share * 100:.0f}")


def _meaning(found: AgreementRow) -> list[tuple[str, list[tuple[str, str]]]]:
    """By priority: when a request that came now would be due, measure by measure."""
    at, hours = now(), calendars.calendar(found.calendar)
    language = {"en": "en_GB"}.get(current_language(), current_language())
    told = []
    for priority, word in PRIORITIES.items():
        dues = []
        for measure, label in _measures():
            due = promise.due_now(found.key, measure, ticket_type="", priority=priority, at=at)
            if due is not None and hours is not None:
                when = format_datetime(due, "EEE d MMM, HH:mm", hours.zone, language)
                dues.append((in_language(label), when))
        told.append((in_language(word), dues))
    return told


def _aim_words(value: object) -> str:
    measures = dict(_measures())
    parts = []
    for aim in value if isinstance(value, list) else ():
        label = in_language(measures.get(aim["measure"], Phrase(aim["measure"])))
        kind = TYPES.get(aim["ticket_type"])
        times = ", ".join(
            f"{in_language(PRIORITIES[one])} {in_text(aim['seconds'][one])}"
            for one in PRIORITIES
            if one in aim["seconds"]
        )
        of = [in_language(kind)] if kind else []
        of += [topics_.name_of(aim["topic"])] if aim.get("topic") else []
        parts.append(f"{label}{_in_brackets(of)}: {times}")
    return "; ".join(parts)


def _in_brackets(of: list[str]) -> str:
    return f" ({', '.join(of)})" if of else ""


SHOWN.update({"calendar": Shown(_("Calendar")), "aims": Shown(_("What is promised"), _aim_words)})
