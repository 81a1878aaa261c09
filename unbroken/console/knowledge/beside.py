"""Articles beside a request: what may answer it, taken into the answer, and made out of it."""

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from unbroken.console import access
from unbroken.console.access import AgentRequest, agent_required
from unbroken.console.knowledge.articles import Sheet, page
from unbroken.console.knowledge.pictures import for_writers
from unbroken.conversation import queries as record
from unbroken.conversation import state as record_state
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import MessageRow, TicketFacts
from unbroken.directory import queries as directory
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, wants_part
from unbroken.ground.words import _, in_language, supported
from unbroken.knowledge import queries, state
from unbroken.knowledge.queries import ArticleRow
from unbroken.knowledge.stripping import without_people
from unbroken.staffing import queries as staffing

HAPPENED, HELPED = _("What happens"), _("What helps")
SAID_MAX = 3


@agent_required
@require_GET
def beside(request: AgentRequest, number: int) -> HttpResponse:
    """Articles that may answer a request, in the customer's language."""
    ticket = _ticket_for(request, number)
    found = queries.fitting(
        _asked(ticket), ticket.language, topic_id=ticket.topic_id, public_only=False, at=now()
    )
    context = {"agent": request.agent, "place": "work", "number": ticket.id, "articles": found}
    context["addresses"] = {row.id: _address(row) for row in found}
    context["pictures"] = for_writers()
    return answer(
        request, "console/knowledge/beside.html", context, parts=("console/knowledge/_beside.html",)
    )


@agent_required
@require_POST
def use(request: AgentRequest, number: int, article_id: int) -> HttpResponse:
    """Take an article into the answer: its words, or only its address.

    The page has put the words where the cursor stood and only tells it (`inserted`); without
    JavaScript they are added to what was begun.
    """
    ticket = _ticket_for(request, number)
    found = queries.article(article_id, ticket.language, public_only=True, at=now())
    if found is None:
        raise Http404("article")
    state.note_use(article_id=found.id, ticket_id=ticket.id, agent_id=request.agent.id, at=now())
    if "inserted" not in request.POST:
        words = _address(found) if request.POST.get("how") == "address" else found.plain
        begun = record_state.draft(
            agent_id=request.agent.id, ticket_id=ticket.id, mode="reply"
        ).strip()
        record_state.save_draft(
            agent_id=request.agent.id, ticket_id=ticket.id, mode="reply",
            text=f"{begun}\n\n{words}" if begun else words, at=now(),
        )  # fmt: skip
    if wants_part(request) or "inserted" in request.POST:
        return HttpResponse(status=204)
    return redirect(reverse("console:ticket", args=[ticket.id]) + "#composer")


@agent_required
@require_GET
def draft(request: AgentRequest, number: int) -> HttpResponse:
    """A sheet with what was asked and what helped, without the people; nothing is kept yet."""
    ticket = _ticket_for(request, number)
    language = supported(ticket.language)
    topic = record.topic(ticket.topic_id) if ticket.topic_id else None
    said = record.messages_of(ticket.id, for_customer=True)
    names = _names(ticket, said)
    asked = [_words(one, names) for one in said if one.direction == "in"][:1]
    helped = [
        _words(one, names) for one in said if one.direction == "out" and one.kind == "message"
    ]
    sheet = Sheet(
        titles={language: without_people(ticket.name, names)},
        bodies={language: _body(language, asked, helped[-SAID_MAX:])},
        topic=topic.key if topic and topic.active else "",
    )
    return page(request, None, sheet, ticket=ticket.id)


def _ticket_for(request: AgentRequest, number: int) -> TicketFacts:
    found = record.ticket_facts(access.ticket_for(request.agent, TicketId(number)))
    assert found is not None, "ticket_for found it"
    return found


def _asked(ticket: TicketFacts) -> str:
    """What the customer wrote, the last first: subject and all."""
    said = record.messages_of(ticket.id, for_customer=True)
    words = [one.words or "" for one in said if one.direction == "in"]
    return "\n".join([ticket.name, *words[:1], *words[1:][-SAID_MAX:][::-1]])


def _address(article: ArticleRow) -> str:
    """Where a customer reads it, as it stands in an answer."""
    if article.audience != "public":
        return ""
    path = reverse("portal:help", args=[article.place])
    return f"{settings.BASE_URL}{path}"


def _words(message: MessageRow, names: Sequence[str]) -> str:
    return without_people(message.words or "", names)


def _names(ticket: TicketFacts, said: Sequence[MessageRow]) -> list[str]:
    """Everybody who is named on the request: the customer, whoever wrote, those who answered."""
    names = {one.from_name for one in said}
    if ticket.contact_id and (contact := directory.contact(ContactId(ticket.contact_id))):
        names.add(contact.name)
    if ticket.customer_id and (customer := directory.customer(CustomerId(ticket.customer_id))):
        names.add(customer.name)
    agents = [int(one.author[6:]) for one in said if one.author.startswith("agent:")]
    names |= set(staffing.agent_names(agents).values())
    return sorted(name for name in names if name)


def _body(language: str, asked: Sequence[str], helped: Sequence[str]) -> str:
    parts = [f"## {in_language(HAPPENED, language)}", *asked]
    parts += [f"## {in_language(HELPED, language)}", *helped]
    return "\n\n".join(part for part in parts if part)
