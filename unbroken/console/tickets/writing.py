"""Writing on a ticket: an answer, a note, taking an answer back, the draft in between."""

import hashlib
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.aside.ending import check_ending
from unbroken.console.many.choices import kept_agents
from unbroken.console.presence import state as presence
from unbroken.console.tickets.below import (
    NONE_BELOW,
    Branches,
    below_as_posted,
    keep_drafts,
    told,
    words_in,
    words_told,
)
from unbroken.console.tickets.calling import called_in, may_see
from unbroken.console.tickets.copies import Reader, chosen, readers_of, to_keep, typed, with_copies
from unbroken.console.tickets.forms import MessageForm
from unbroken.console.tickets.meanwhile import Before, News, before_writing
from unbroken.console.tickets.views import (
    COMPOSER,
    FACTS,
    HEAD,
    STORY,
    TOASTS,
    changed,
    gather,
    show,
)
from unbroken.console.verdict.cause import record_at_resolving
from unbroken.console.verdict.challenge import CONTRADICTED, Challenge, challenged, keep_reason
from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation import state as record_state
from unbroken.conversation.actions.reply import UNDO, Below
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.conversation.incoming import FileIn
from unbroken.ground.change import Refused, refusals
from unbroken.ground.clock import now
from unbroken.ground.pages import tell
from unbroken.ground.time_words import iso
from unbroken.ground.words import _, in_language
from unbroken.routing import actions as routing

refusals(
    {"console.too_large": _("These files are larger than {limit} together. Send a link instead.")}
)

FILES_BYTES_MAX = 25_000_000
WRITTEN = (COMPOSER, STORY, HEAD, FACTS, TOASTS)

SENT, NOTED = _("Your answer leaves in a moment."), _("Noted.")
NOTED_AND_TOLD = _("Noted, and told: {names}.")
TAKEN_BACK = _("Taken back. Nobody outside saw it.")
STALE = _("{who} wrote while you were writing. Nothing was sent and nothing is lost.")
READ_WHO = _("Look who will read it, then send: nothing was sent yet.")
DROPPED = _("Your words were discarded.")
TOO_LONG = _("These words are too long for one message.")


@agent_required
@require_POST
def messages(request: AgentRequest, number: int) -> HttpResponse:
    """An answer to the customer, or a note among ourselves."""
    form = MessageForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else None
    before = _before(request, number, seen)
    if not form.is_valid():
        return _back(request, before.id, in_language(TOO_LONG))
    shown = None
    if form.cleaned_data["mode"] == "reply" and "cc_more" in request.POST:
        try:
            shown = _readers(request, before.id)
        except Refused as refusal:
            return _back(request, before.id, refusal.in_words())
        if typed(request.POST):
            return _back(request, before.id, in_language(READ_WHO), readers=shown)
    below = _below(request, before.id, form)
    if news := (*before.news, *(one for child in below.news for one in child.news)):
        stale = in_language(STALE, who=news[-1].who)
        return _back(request, before.id, stale, news=before.news, readers=shown)
    challenge = _challenged(before, form)
    reason = request.POST.get("reason", "").strip()
    if challenge is not None and not reason:
        stopped = in_language(CONTRADICTED)
        return _back(request, before.id, stopped, readers=shown, challenge=challenge)
    try:
        with transaction.atomic():
            if challenge is not None:
                keep_reason(before.id, challenge, reason, request.actor)
            _write(request, before, form, shown, told(below, request.POST))
    except Refused as refusal:
        return _back(request, before.id, refusal.in_words())
    return changed(request, before.id, parts=WRITTEN)


@agent_required
@require_POST
def withdrawal(request: AgentRequest, number: int, message: int) -> HttpResponse:
    """Take an answer back before it leaves; its words return to the composer."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    then = request.GET.get("then", "")
    try:
        with transaction.atomic():
            words = actions.withdraw_reply(
                ticket_id=ticket_id, message_id=MessageId(message), by=request.actor, at=now()
            )
            _undo_then(request, ticket_id, then)
            keep_drafts(request.agent, ticket_id, words_told(ticket_id, message))
    except Refused as refusal:
        page = gather(request, ticket_id)
        composer = replace(page.composer, wrong=(refusal.in_words(),))
        return show(request, page, parts=WRITTEN, composer=composer, status=422)
    if words:
        record_state.save_draft(
            agent_id=request.agent.id, ticket_id=ticket_id, mode="reply", text=words, at=now()
        )
    tell(request, in_language(TAKEN_BACK))
    return changed(request, ticket_id, parts=WRITTEN, then=then)


@agent_required
@require_POST
def draft(request: AgentRequest, number: int) -> HttpResponse:
    """What is being written, kept on the server and not in one browser; or not wanted any more."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    form = MessageForm(request.POST)
    if "discard" in request.POST:
        mode = "note" if request.POST.get("mode") == "note" else "reply"
        record_state.drop_draft(agent_id=request.agent.id, ticket_id=ticket_id, mode=mode)
        tell(request, in_language(DROPPED))
        return changed(request, ticket_id, parts=WRITTEN)
    if form.is_valid():
        record_state.save_draft(
            agent_id=request.agent.id,
            ticket_id=ticket_id,
            mode=form.cleaned_data["mode"],
            text=form.said(),
            at=now(),
            copies=to_keep(request.POST) if "offered" in request.POST else None,
        )
        if form.cleaned_data["mode"] == "reply":
            keep_drafts(request.agent, ticket_id, words_in(request.POST))
        presence.note_writing(
            agent_id=request.agent.id, ticket_id=ticket_id, writes=bool(form.said())
        )
    return HttpResponse(status=204)


def _challenged(before: Before, form: MessageForm) -> Challenge | None:
    """Whether an answer asserts what the records of the line rule out; notes assert nothing."""
    if form.cleaned_data["mode"] != "reply":
        return None
    return challenged(before.id, form.cleaned_data["words"])


def _before(request: AgentRequest, number: int, seen: int | None) -> Before:
    """Not found when there is no such ticket, or none that this agent may see."""
    found = before_writing(request.agent, number, seen)
    if found is None:
        raise Http404("ticket")
    return found


def _note_effort(request: AgentRequest, before: Before, said: dict[str, Any]) -> None:
    """How long it took; and whether it may end with things left to do."""
    ends = said["then"] if said["mode"] == "reply" else ""
    check_ending(before.id, to=ends, anyway=said["anyway"])
    if said["minutes"]:
        actions.spend_time(
            ticket_id=before.id,
            agent_id=request.agent.id,
            minutes=said["minutes"],
            words="",
            by=request.actor,
            at=now(),
        )


def _below(request: AgentRequest, number: TicketId, form: MessageForm) -> Branches:
    """Those below as the form says, with what came on them since; none where it shows none."""
    if form.cleaned_data["mode"] == "note" or "below" not in request.POST:
        return NONE_BELOW
    return below_as_posted(request.agent, number, language="", form=request.POST)


def _readers(request: AgentRequest, number: TicketId) -> tuple[Reader, ...]:
    """Who gets a copy, as the form that was shown says."""
    offered = [("", at) for at in request.POST.getlist("offered")]
    shown = readers_of(number, record.reply_goes_to(number), offered)
    return chosen(request.POST, number, shown)


def _write(
    request: AgentRequest,
    before: Before,
    form: MessageForm,
    readers: tuple[Reader, ...] | None,
    below: Below,
) -> None:
    """The caller holds the transaction."""
    files, ticket_id = _files(request), before.id
    by, at, said = request.actor, now(), form.cleaned_data
    drafted_by = record_state.drop_draft(
        agent_id=request.agent.id, ticket_id=ticket_id, mode=said["mode"]
    )
    _note_effort(request, before, said)
    if said["mode"] == "note":
        _note(request, before, form.said(), files)
        return
    if before.assignee_id is None and request.agent.team_ids:
        routing.give_to_agent(ticket_id=ticket_id, agent_id=request.agent.id, by=by, at=at)
    if before.status == "acknowledged":
        actions.start_work(ticket_id=ticket_id, by=by, at=at)
    goes_to = record.reply_goes_to(ticket_id)
    message, _delivery = actions.reply(
        ticket_id=ticket_id,
        words=said["words"],
        goes_to=goes_to if readers is None else with_copies(goes_to, readers),
        files=files,
        below=below,
        drafted_by=drafted_by,
        by=by,
        at=at,
    )
    if said["then"] == "ask":
        actions.ask_customer(ticket_id=ticket_id, by=by, at=at)
    elif said["then"] == "resolve":
        posted = {name: str(value) for name, value in request.POST.items()}
        record_at_resolving(ticket_id, posted, by)
        actions.resolve_ticket(ticket_id=ticket_id, spared=below.spared, by=by, at=at)
    keep_drafts(request.agent, ticket_id, dict.fromkeys(below.in_languages, ""))
    undo = reverse("console:withdrawal", args=[ticket_id, message])
    tell(
        request,
        in_language(SENT),
        undo=f"{undo}?then={said['then']}",
        undo_until=iso(at + UNDO),
    )


def _note(request: AgentRequest, before: Before, words: str, files: list[FileIn]) -> None:
    """A note among ourselves; whom it calls by name is told, and the writer hears who that is."""
    others = [one for one in kept_agents() if one.id != request.agent.id]
    called = called_in(
        words,
        [
            one
            for one in others
            if may_see(one, team_id=before.team_id, assignee_id=before.assignee_id)
        ],
    )
    actions.note_ticket(
        ticket_id=before.id, words=words, files=files, mentions=called, by=request.actor, at=now()
    )
    names = ", ".join(one.name for one in others if one.id in called)
    tell(request, in_language(NOTED_AND_TOLD, names=names) if names else in_language(NOTED))


def _undo_then(request: AgentRequest, ticket_id: TicketId, then: str) -> None:
    """What was to happen after the answer is taken back with it."""
    ticket = record.ticket_facts(ticket_id)
    assert ticket is not None
    if then == "resolve" and ticket.status == "resolved":
        actions.reopen_ticket(ticket_id=ticket_id, by=request.actor, at=now())
    elif then == "ask" and ticket.status == "pending":
        actions.resume_ticket(ticket_id=ticket_id, by=request.actor, at=now())


def _files(request: AgentRequest) -> list[FileIn]:
    found = request.FILES.getlist("files")
    if sum(file.size or 0 for file in found) > FILES_BYTES_MAX:
        raise Refused("console.too_large", limit="25 MB")
    files = []
    for file in found:
        data = file.read()
        files.append(
            FileIn(
                name=PurePath((file.name or "file").replace("\\", "/")).name[:200] or "file",
                media_type=(file.content_type or "application/octet-stream")[:100],
                size=len(data),
                sha256=hashlib.sha256(data).digest(),
                data=data,
            )
        )
    return files


def _back(
    request: AgentRequest,
    number: TicketId,
    wrong: str,
    *,
    news: tuple[News, ...] = (),
    readers: tuple[Reader, ...] | None = None,
    challenge: Challenge | None = None,
) -> HttpResponse:
    """The composer with what was written, and what is to be said about it."""
    page = gather(request, number)
    is_note = request.POST.get("mode") == "note"
    words = request.POST.get("words", "")
    below, language = page.composer.below, page.head.language
    if below.children and "below" in request.POST:
        below = below_as_posted(request.agent, number, language=language, form=request.POST)
    composer = replace(
        page.composer,
        below=below,
        mode="note" if is_note else "reply",
        words="" if is_note and "note" not in request.POST else words,
        note=request.POST.get("note", words if is_note else ""),
        then=request.POST.get("then", ""),
        wrong=(wrong,),
        news=news,
        challenge=challenge,
        readers=page.composer.readers if readers is None else readers,
        cc_more=request.POST.get("cc_more", "") if readers is None else "",
    )
    return show(request, page, parts=(COMPOSER, STORY, HEAD), composer=composer, status=422)
