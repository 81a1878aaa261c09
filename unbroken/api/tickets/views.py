"""The addresses below `/api/tickets`: each finds, does one thing, answers."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import P, PathEx, Query, QueryEx, Router
from ninja.decorators import decorate_view

from unbroken.api.access import Bearer, caller_of, options, sight, ticket_for
from unbroken.api.errors import NOTHING_HERE, Wrong
from unbroken.api.shapes import (
    NUMBER_MAX,
    AttachmentTold,
    ErrorTold,
    FileGiven,
    MessageGiven,
    MessagesTold,
    MessageTold,
    NoteGiven,
    ReplyGiven,
    TicketChange,
    TicketGiven,
    TicketsTold,
    TicketTold,
    TimelineTold,
)
from unbroken.api.state import IdempotencyKey, fingerprint, once
from unbroken.api.tickets.changing import change_ticket
from unbroken.api.tickets.files import as_download, file_in
from unbroken.api.tickets.messages import attachment_json, message_json, messages_of
from unbroken.api.tickets.opening import add_words, open_ticket
from unbroken.api.tickets.options import NAMES, WHOLE, Options, WholeOptions, wanted_fields
from unbroken.api.tickets.queries import FIELDS, Json, href, tickets
from unbroken.api.tickets.whole import timeline_of, whole_ticket
from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.clock import now
from unbroken.staffing.token_scopes import READ, WRITE

router = Router(tags=["tickets"], by_alias=True)
reading, writing = Bearer(READ), Bearer(WRITE)

Number = PathEx[int, P(ge=1, le=NUMBER_MAX)]
REFUSED_READING = frozenset({400, 401, 403, 404})
REFUSED_WRITING = frozenset({400, 401, 403, 404, 409, 413, 422})


def answers(status: int, shape: Any, *, refused: frozenset[int] = REFUSED_READING) -> Json:
    """What an address answers, for the API's description of itself."""
    return {status: shape, refused: ErrorTold}  # type: ignore[dict-item]


@router.get("", auth=reading, response=answers(200, TicketsTold), summary="Tickets, newest first")
@decorate_view(options(*NAMES))
def ticket_list(request: HttpRequest, asked: Query[Options]) -> HttpResponse:
    """A page of tickets. Every attribute is a filter; several values with commas between them
    are alternatives; `fields` chooses what is told; `next` is the address of the next page."""
    fields = wanted_fields(asked.fields, FIELDS)
    found = tickets(
        asked.narrowing(),
        sight=sight(caller_of(request)),
        limit=asked.limit + 1,
        before=asked.after,
        fields=fields,
    )
    shown = found[: asked.limit]
    following = None
    if len(found) > asked.limit:
        query = {**request.GET.dict(), "after": str(shown[-1]["number"])}
        following = f"{settings.BASE_URL}/api/tickets?{urlencode(query)}"
    return _json({"tickets": shown, "next": following})


@router.post(
    "",
    auth=writing,
    response={200: TicketTold, **answers(201, TicketTold, refused=REFUSED_WRITING)},
    summary="A new ticket",
)
@decorate_view(options())
def new_ticket(
    request: HttpRequest, given: TicketGiven, idempotency_key: IdempotencyKey = None
) -> HttpResponse:
    """A request gets its number. The same Idempotency-Key gives the same ticket (200)."""
    taken = open_ticket(
        given, caller_of(request), key=idempotency_key, asked=_asked(request), at=now()
    )
    ticket = whole_ticket(taken.ticket_id, at=now(), is_new=taken.is_new)
    return _json(ticket, status=201 if taken.is_new else 200)


@router.get("/{int:number}", auth=reading, response=answers(200, TicketTold), summary="One ticket")
@decorate_view(options("fields"))
def show_ticket(request: HttpRequest, asked: Query[WholeOptions], number: Number) -> HttpResponse:
    """One ticket with its promises and the chain of hands it went through."""
    ticket_for(request, number)
    return _json(whole_ticket(number, wanted_fields(asked.fields, WHOLE), at=now()))


@router.patch(
    "/{int:number}",
    auth=writing,
    response=answers(200, TicketTold, refused=REFUSED_WRITING),
    summary="Change a ticket",
)
@decorate_view(options())
def patch_ticket(request: HttpRequest, given: TicketChange, number: Number) -> HttpResponse:
    """Classify it, hand it over, move it to another state: all of what is given, or nothing."""
    with transaction.atomic():
        facts = ticket_for(request, number)
        change_ticket(facts, given, by=caller_of(request).actor, at=now())
    return _json(whole_ticket(number, at=now()))


@router.get(
    "/{int:number}/timeline",
    auth=reading,
    response=answers(200, TimelineTold),
    summary="What happened to a ticket",
)
@decorate_view(options())
def timeline(request: HttpRequest, number: Number) -> HttpResponse:
    """Every event, in order."""
    ticket_for(request, number)
    return _json({"timeline": timeline_of(number)})


@router.get(
    "/{int:number}/messages",
    auth=reading,
    response=answers(200, MessagesTold),
    summary="What was said on a ticket",
)
@decorate_view(options("limit", "after"))
def message_list(
    request: HttpRequest,
    number: Number,
    limit: QueryEx[int, P(ge=1, le=200)] = 50,
    after: QueryEx[int, P(ge=0, le=NUMBER_MAX)] = 0,
) -> HttpResponse:
    """Messages, answers and notes, in order; `next` is the address of the next page."""
    ticket_for(request, number)
    shown, last = messages_of(number, after=after, limit=limit)
    query = urlencode({"limit": limit, "after": last})
    following = f"{href(number, 'messages')}?{query}" if last is not None else None
    return _json({"messages": shown, "next": following})


@router.post(
    "/{int:number}/messages",
    auth=writing,
    response={200: MessageTold, **answers(201, MessageTold, refused=REFUSED_WRITING)},
    summary="Something the customer said",
)
@decorate_view(options())
def customer_message(
    request: HttpRequest,
    given: MessageGiven,
    number: Number,
    idempotency_key: IdempotencyKey = None,
) -> HttpResponse:
    """The customer adds to the ticket through the other system; a ticket that was over opens
    again."""
    facts = ticket_for(request, number)
    taken = add_words(
        TicketId(facts.id),
        given.contact_id,
        given.text,
        given.files,
        caller_of(request),
        key=idempotency_key,
        asked=_asked(request),
        at=now(),
    )
    return _message(taken.message_id, status=201 if taken.is_new else 200)


@router.get(
    "/{int:number}/messages/{int:message_id}",
    auth=reading,
    response=answers(200, MessageTold),
    summary="One message",
)
@decorate_view(options())
def show_message(request: HttpRequest, number: Number, message_id: Number) -> HttpResponse:
    """One thing that was said."""
    ticket_for(request, number)
    message = record.message(message_id)
    if message is None or message.ticket_id != number:
        raise Wrong(404, "not_found", NOTHING_HERE)
    return _json(message_json(message))


@router.post(
    "/{int:number}/replies",
    auth=writing,
    response=answers(201, MessageTold, refused=REFUSED_WRITING),
    summary="Answer the customer",
)
@decorate_view(options())
def reply(
    request: HttpRequest,
    given: ReplyGiven,
    number: Number,
    idempotency_key: IdempotencyKey = None,
) -> HttpResponse:
    """An answer goes back the way the request came."""

    def work() -> Json:
        message_id, _delivery = actions.reply(
            ticket_id=TicketId(number),
            words=given.text,
            subject=given.subject,
            goes_to=record.reply_goes_to(number),
            files=[file_in(file) for file in given.files],
            by=caller_of(request).actor,
            at=now(),
        )
        return _message_json(message_id)

    ticket_for(request, number)
    return _once(request, idempotency_key, work)


@router.post(
    "/{int:number}/notes",
    auth=writing,
    response=answers(201, MessageTold, refused=REFUSED_WRITING),
    summary="An internal note",
)
@decorate_view(options())
def note(
    request: HttpRequest,
    given: NoteGiven,
    number: Number,
    idempotency_key: IdempotencyKey = None,
) -> HttpResponse:
    """Said among ourselves; no customer sees it."""

    def work() -> Json:
        message_id = actions.note_ticket(
            ticket_id=TicketId(number),
            words=given.text,
            files=[file_in(file) for file in given.files],
            by=caller_of(request).actor,
            at=now(),
        )
        return _message_json(message_id)

    ticket_for(request, number)
    return _once(request, idempotency_key, work)


@router.post(
    "/{int:number}/attachments",
    auth=writing,
    response=answers(201, AttachmentTold, refused=REFUSED_WRITING),
    summary="Attach a file",
)
@decorate_view(options())
def attach(
    request: HttpRequest,
    given: FileGiven,
    number: Number,
    idempotency_key: IdempotencyKey = None,
) -> HttpResponse:
    """A file for those who work on the ticket; no customer sees it. One for the customer goes
    along with a reply."""

    def work() -> Json:
        message_id = actions.note_ticket(
            ticket_id=TicketId(number),
            words="",
            files=[file_in(given)],
            by=caller_of(request).actor,
            at=now(),
        )
        message = record.message(message_id)
        assert message is not None
        return attachment_json(message.attachments[0])

    ticket_for(request, number)
    return _once(request, idempotency_key, work)


@router.get(
    "/{int:number}/attachments/{int:attachment_id}",
    auth=reading,
    response=answers(200, bytes, refused=frozenset({400, 401, 403, 404, 409, 410})),
    summary="The bytes of a file",
    openapi_extra={
        "responses": {200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}
    },
)
@decorate_view(options("held"))
def attachment(
    request: HttpRequest,
    number: Number,
    attachment_id: Number,
    held: QueryEx[str | None, P(pattern="^open$")] = None,
) -> HttpResponse:
    """The bytes as they came. What is held apart needs `held=open`."""
    ticket_for(request, number)
    file = record.attachment(attachment_id)
    if file is None or file.ticket_id != number:
        raise Wrong(404, "not_found", NOTHING_HERE)
    return as_download(file, held=held)


def _asked(request: HttpRequest) -> bytes:
    """The fingerprint of a request: another body under the same key is another request."""
    return fingerprint(request.method or "", request.path, request.body)


def _once(request: HttpRequest, key: str | None, work: Any) -> HttpResponse:
    answer = once(
        key,
        token_id=caller_of(request).token_id,
        asked=_asked(request),
        at=now(),
        work=work,
    )
    return _json(answer, status=201)


def _message(message_id: int | None, *, status: int) -> HttpResponse:
    if message_id is None:
        raise Wrong(404, "not_found", NOTHING_HERE)
    return _json(_message_json(message_id), status=status)


def _message_json(message_id: int) -> Json:
    message = record.message(message_id)
    assert message is not None
    return message_json(message)


def _json(body: Json, *, status: int = 200) -> HttpResponse:
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    if status == 201 and "href" in body:
        response.headers["Location"] = body["href"]
    return response
