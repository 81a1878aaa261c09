"""Who gets a copy of an answer: chosen by the agent, each shown with whose people they are.

People of the customer who take part are chosen beforehand. Whoever else was in copy of what was
said last is offered and not chosen: a sender is easily forged, and a copy that follows by itself
would carry the customer's story to whoever forged it. An address that was typed is shown before
anything is sent to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Address, ReplyTo
from unbroken.ground.change import Refused, refusals
from unbroken.ground.pages import answer
from unbroken.ground.sql import rows
from unbroken.ground.words import _
from unbroken.intake.mailboxes import is_ours

refusals(
    {
        "console.not_an_address": _("“{address}” is no mail address."),
        "console.our_own_address": _(
            "{address} is a mailbox of this desk: it would write to itself."
        ),
        "console.too_many_copies": _("An answer goes to {most} people in copy at most."),
    }
)

COPIES_MAX = 20
TYPED_MAX = 2000


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may get a copy."""

    name: str
    address: str
    is_theirs: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class _Theirs:
    address: str
    name: str


def readers_of(
    number: int, goes_to: ReplyTo | None, heard: Iterable[Address]
) -> tuple[Reader, ...]:
    """Whom the composer shows: those who take part, then those who were in copy (`heard`)."""
    if goes_to is None:
        return ()
    known = {at.lower() for _name, at in (*goes_to.to, *goes_to.cc)}
    others = dict.fromkeys(at.lower() for _name, at in heard if at and not is_ours(at))
    offered = [at for at in others if at not in known and is_address(at)][:COPIES_MAX]
    names = {at.lower(): name for name, at in goes_to.cc}
    return _told_apart(number, [*names, *offered], names)


def chosen(form: QueryDict, number: int, shown: Sequence[Reader]) -> tuple[Reader, ...]:
    """What the form says: the readers it shows and those typed, each chosen or not."""
    marked = {at.strip().lower() for at in form.getlist("cc")}
    known = {one.address.lower() for one in shown}
    extra = [at for at in dict.fromkeys((*marked, *typed(form))) if at not in known]
    for at in extra:
        if not is_address(at):
            raise Refused("console.not_an_address", address=at[:100])
        if is_ours(at):
            raise Refused("console.our_own_address", address=at)
    wanted = marked | set(typed(form))
    all_of_them = (
        *(replace(one, is_chosen=one.address.lower() in wanted) for one in shown),
        *_told_apart(number, extra, dict.fromkeys(extra, "")),
    )
    if sum(one.is_chosen for one in all_of_them) > COPIES_MAX:
        raise Refused("console.too_many_copies", most=COPIES_MAX)
    return all_of_them


def to_keep(form: QueryDict) -> dict[str, bool]:
    """Whom the form offers a copy and who is chosen, to be kept with the draft."""
    marked = {at.strip().lower() for at in form.getlist("cc")}
    every = dict.fromkeys(at.strip().lower() for at in [*form.getlist("offered"), *marked])
    return {at: at in marked for at in [*every][: 2 * COPIES_MAX] if is_address(at)}


def as_kept(readers: Iterable[Reader], kept: Mapping[str, bool]) -> tuple[Reader, ...]:
    """Each chosen as it was when the draft was kept; whoever came since stands as offered."""
    return tuple(
        replace(one, is_chosen=kept.get(one.address.lower(), one.is_chosen)) for one in readers
    )


def typed(form: QueryDict) -> list[str]:
    """Addresses typed into the field, as they stand."""
    text = form.get("cc_more", "")[:TYPED_MAX].replace(";", ",")
    return [part.strip().lower() for part in text.split(",") if part.strip()]


def is_address(text: str) -> bool:
    """Whether it is one plain address: a line break or a second one in it is none."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254 and text.isprintable()


def with_copies(goes_to: ReplyTo | None, readers: Iterable[Reader]) -> ReplyTo | None:
    """The answer's way with exactly these copies."""
    if goes_to is None:
        return None
    return replace(goes_to, cc=tuple((one.name, one.address) for one in readers if one.is_chosen))


@agent_required
@require_POST
def copies(request: AgentRequest, number: int) -> HttpResponse:
    """Who would get a copy, with what was typed since; nothing is sent or kept."""
    ticket_id = access.ticket_for(request.agent, TicketId(number))
    goes_to = record.reply_goes_to(ticket_id)
    wrong: tuple[str, ...] = ()
    shown = readers_of(ticket_id, goes_to, [("", at) for at in request.POST.getlist("offered")])
    try:
        shown = chosen(request.POST, ticket_id, shown)
    except Refused as refusal:
        wrong = (refusal.in_words(),)
    context = {
        "agent": request.agent,
        "place": "work",
        "number": ticket_id,
        "readers": shown,
        "wrong": wrong,
        "cc_more": request.POST.get("cc_more", "") if wrong else "",
    }
    page, part = "console/tickets/copies.html", "console/tickets/_copies.html"
    return answer(request, page, context, parts=(part,))


def _told_apart(
    number: int, addresses: Sequence[str], chosen_names: Mapping[str, str]
) -> tuple[Reader, ...]:
    """These addresses with whose people they are; those with a name given are chosen."""
    if not addresses:
        return ()
    query = "console/tickets/queries/whose_addresses.sql"
    found = rows(_Theirs, query, number=number, addresses=list(addresses))
    theirs = {one.address.lower(): one.name for one in found}
    return tuple(
        Reader(chosen_names.get(at) or theirs.get(at, ""), at, at in theirs, at in chosen_names)
        for at in addresses
    )
