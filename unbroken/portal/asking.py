"""Asking: what it is about, what others found, the words, and at once the number and the time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from unbroken.conversation import queries as record
from unbroken.conversation.queries import TicketFacts, TopicRow
from unbroken.directory import queries as directory
from unbroken.directory.cards import ServiceCard
from unbroken.directory.ids import ServiceId
from unbroken.directory.trouble import Trouble, known_trouble
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import LANGUAGES, _, current_language, in_language, speaking
from unbroken.intake.asked import WebRequest
from unbroken.intake.ways import may_strangers_ask, words_above_the_form
from unbroken.knowledge import queries as knowledge
from unbroken.knowledge.queries import ArticleRow
from unbroken.portal import access, details, labels, session
from unbroken.portal.access import Visitor
from unbroken.portal.clocks import Clock
from unbroken.portal.ending import offers_for
from unbroken.portal.filling import HONEYPOT, NUMBER, Filled, empty, filled
from unbroken.portal.forms import AskForm, StrangerAskForm
from unbroken.portal.help.suggesting import suggested_for
from unbroken.portal.limits import ASKS_BY_ONE_CONTACT, ASKS_FROM_ONE_PLACE
from unbroken.portal.once import fingerprint, form_number, is_ours
from unbroken.portal.queries import service_name
from unbroken.portal.sending import send
from unbroken.portal.state import may_knock
from unbroken.portal.uploads import Upload, uploads_of
from unbroken.promise import queries as promise

TOO_OFTEN = _(
    "So many requests came from here within an hour that we take no more for now. "
    "Wait a while and press the button again: what you wrote is still here."
)
OLD_FORM = _("This page was open for a long time. Nothing was lost: press the button once more.")
TRAP = _("One field must stay empty, and something filled it in. Empty it, then send again.")
CHOOSE_AGAIN = _("Choose the files again before you send: a browser does not keep them.")
SIGN_IN_FIRST = _("Say first who you are: we mail you a link, and then you can ask.")
ELSE = "other"
ARTICLES_MAX = 5


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic in plain words; `has_kinds`: it may be a fault, a wish or a question."""

    id: int
    key: str
    name: str
    depth: int
    has_kinds: bool
    is_order: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Choose what it is about, then write."""
    visitor = access.visitor_of(request)
    if visitor is None and not may_strangers_ask():
        tell(request, in_language(SIGN_IN_FIRST))
        return go(reverse("portal:requests"))
    if request.method == "POST":
        return _asked(request, visitor)
    wish = request.GET.get("in", "")
    with speaking(wish if wish in LANGUAGES else current_language()):
        return _first(request, visitor)


def _first(request: HttpRequest, visitor: Visitor | None) -> HttpResponse:
    """The topics, or the form of the one that a link names."""
    key = request.GET.get("topic", "")
    if not key and topics():
        service = request.GET.get("service", "")
        more = f"&service={service}" if service.isascii() and service.isdigit() else ""
        services = access.services_for(visitor) if visitor else []
        context = {
            "visitor": visitor,
            "place": "ask",
            "topics": topics(),
            "service": more,
            **_known(visitor, services),
        }
        return answer(request, "portal/topics.html", context)
    form = empty(topic=key, kind=_kind_of(key), service=request.GET.get("service", ""))
    return _form(request, visitor, form)


@never_cache
@require_safe
def asked(request: HttpRequest, number: int) -> HttpResponse:
    """The number and the time, for whoever has just asked."""
    visitor = access.visitor_of(request)
    is_theirs = visitor is not None and access.may_see(visitor, number)
    if not is_theirs and not session.has_asked(request, number):
        raise Http404("ticket")
    ticket = record.ticket_facts(number)
    if ticket is None:
        raise Http404("ticket")
    topic = record.topic(ticket.topic_id) if ticket.topic_id else None
    service = directory.service(ticket.service_id) if ticket.service_id else None  # type: ignore[arg-type]
    context = {
        "visitor": visitor,
        "place": "ask",
        "ticket": ticket,
        "is_theirs": is_theirs,
        "topic": topic.name_in(current_language()) if topic else "",
        "service": service_name(service) if service and is_theirs else "",
        "trouble": _known_of(ticket) if is_theirs else (),
        "due_at": promise.due_for_receipt(ticket, at=now()),
        "clock": Clock(visitor.zone if visitor else ""),
        "suggested": suggested_for(ticket),
    }
    return answer(request, "portal/asked.html", context)


def topics() -> list[TopicChoice]:
    """The tree, in the reader's words."""
    language = current_language()
    return [
        TopicChoice(
            row.id,
            row.key,
            row.name_in(language),
            row.depth,
            _has_kinds(row),
            row.ticket_type == "order",
        )
        for row in record.topic_tree()
    ]


def _has_kinds(row: TopicRow) -> bool:
    return not row.ticket_type or row.ticket_type in labels.KINDS


def _asked(request: HttpRequest, visitor: Visitor | None) -> HttpResponse:
    """The form was sent."""
    at = now()
    form = AskForm(request.POST) if visitor else StrangerAskForm(request.POST)
    files, wrong_files = uploads_of(request)
    rows = details.rows_for(_topic(request.POST.get("topic", "")))
    wrong = [*(("files", one) for one in wrong_files), *details.wrong_in(request.POST, rows)]
    sent = filled(request, form, *wrong)
    if refusal := _refusal(request):
        return _form(request, visitor, replace(sent, number=form_number(), wrong={"": [refusal]}))
    if not form.is_valid() or wrong:
        sent = filled(request, form, *wrong)
        return _form(request, visitor, _with_hint(sent, files))
    limit = ASKS_BY_ONE_CONTACT if visitor else ASKS_FROM_ONE_PLACE
    who = str(visitor.contact.id) if visitor else request.META.get("REMOTE_ADDR", "")
    if not may_knock(limit, who, at=at):
        sent = replace(sent, wrong={"": [in_language(TOO_OFTEN)]})
        return _form(request, visitor, sent, status=429)
    asked = _web_request(form, visitor, files)
    asked = replace(asked, fields=details.typed_in(request.POST, rows))
    outcome = send(asked, fingerprint=fingerprint(request.POST[NUMBER], asked.to_json()), at=at)
    session.note_asked(request, outcome.ticket_id)
    session.open_to_author(request, outcome.ticket_id)
    return go(reverse("portal:asked", args=[outcome.ticket_id]))


def _refusal(request: HttpRequest) -> str:
    """What a machine does and a person does not."""
    if not is_ours(request.POST.get(NUMBER, "")):
        return in_language(OLD_FORM)
    if request.POST.get(HONEYPOT):
        return in_language(TRAP)
    return ""


def _with_hint(sent: Filled, files: tuple[Upload, ...]) -> Filled:
    """Files that were fine are gone when the form comes back for another reason."""
    if not files:
        return sent
    return replace(sent, wrong={**sent.wrong, "files": [in_language(CHOOSE_AGAIN)]})


def _web_request(form: AskForm, visitor: Visitor | None, files: tuple[Upload, ...]) -> WebRequest:
    data = form.cleaned_data
    topic = _topic(data["topic"])
    asked = WebRequest(
        words=data["words"],
        subject=data["subject"],
        topic_id=topic.id if topic else None,
        ticket_type=type_of(data["kind"], topic),
        language=current_language(),
        files=tuple(file.as_web_file() for file in files),
    )
    if visitor is None:
        return replace(asked, name=data["name"], email=data["email"])
    card = visitor.contact
    mine = {str(one.id): one for one in access.services_for(visitor)}
    service = mine.get(data["service"])
    return replace(
        asked,
        contact_id=int(card.id),
        name=card.name,
        email=card.email,
        service_id=int(service.id) if service else None,
        amount="" if data["amount"] is None else str(data["amount"]),
    )


def _topic(key: str) -> TopicRow | None:
    return next((one for one in record.topic_tree() if one.key == key), None)


def type_of(kind: str, topic: TopicRow | None) -> str:
    """What they chose, unless the topic leaves no choice: an order is an order."""
    own = topic.ticket_type if topic else ""
    return own if own and own not in labels.KINDS else kind or own or "request"


def _form(
    request: HttpRequest, visitor: Visitor | None, form: Filled, status: int = 0
) -> HttpResponse:
    key = form.value("topic")
    chosen = next((one for one in topics() if one.key == key), None)
    services = access.services_for(visitor) if visitor else []
    card = visitor.contact if visitor else None
    is_order = chosen is not None and chosen.is_order
    context = {
        "visitor": visitor,
        "place": "ask",
        "form": form,
        "topics": topics(),
        "about": chosen,
        "articles": _articles(chosen),
        **_known(visitor, services),
        "details": details.details_of(_topic(key)),
        "kinds": labels.KINDS,
        "above": words_above_the_form(),
        "asks_amount": is_order and card is not None and card.rights.order_limit is not None,
        "services": [(str(one.id), service_name(one)) for one in services],
    }
    return answer(
        request, "portal/ask.html", context, status=status or (422 if form.wrong else 200)
    )


def _known(visitor: Visitor | None, services: Sequence[ServiceCard]) -> dict[str, object]:
    """What is known to be wrong at the reader's services, before anyone types."""
    numbers = [one.id for one in services]
    trouble = known_trouble(numbers, language=current_language(), at=now())
    return {
        "trouble": trouble,
        "ends": offers_for(visitor, trouble),
        "clock": Clock(visitor.zone if visitor else ""),
    }


def _known_of(ticket: TicketFacts) -> Sequence[Trouble]:
    """What is known at the service of a fault: said in place of a time, as the acknowledgement."""
    if ticket.service_id is None or ticket.ticket_type != "incident":
        return ()
    service = ServiceId(ticket.service_id)
    return known_trouble([service], language=current_language(), at=now())


def _articles(chosen: TopicChoice | None) -> list[ArticleRow]:
    if chosen is None:
        return []
    found = knowledge.articles_under(chosen.key, current_language(), public_only=True, at=now())
    return found[:ARTICLES_MAX]


def _kind_of(key: str) -> str:
    """What a topic usually is."""
    found: TopicRow | None = next((one for one in record.topic_tree() if one.key == key), None)
    return found.ticket_type if found and found.ticket_type in labels.KINDS else "incident"
