"""Approving what a colleague ordered: by the link in a mail, or signed in.

Looking changes nothing: programs that look into mails follow links but press no button. Who may
decide is asked anew each time, so whoever approves no more has a link that opens nothing.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from unbroken.conversation import actions
from unbroken.conversation import queries as record
from unbroken.conversation.links import read_approval
from unbroken.conversation.queries import ApprovalRow, TicketFacts
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import ContactId, CustomerId
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.pages import answer, go, tell
from unbroken.ground.words import _, in_language
from unbroken.intake.approvals import approvers_of, decided_by
from unbroken.portal import access, state
from unbroken.portal.access import NUMBERS_END, KnownRequest, Visitor, known_required
from unbroken.portal.clocks import Clock
from unbroken.portal.limits import LINKS_FROM_ONE_PLACE
from unbroken.portal.queries import service_name

WORDS_MAX = 2000
APPROVED = _("Approved. We begin, and {who} is told.")
DECLINED = _("Declined. We do nothing, and {who} is told.")


@dataclass(frozen=True, slots=True)
class Order:
    """An order as somebody who may approve it reads it."""

    row: ApprovalRow
    ticket: TicketFacts
    who: str
    words: str
    service: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail to somebody who approves."""
    at, found = now(), read_approval(token)
    place = request.META.get("REMOTE_ADDR", "")
    if found is None and not state.may_knock(LINKS_FROM_ONE_PLACE, place, at=at):
        return _page(request, "portal/link_dead.html", 429)
    order = _order(found[0]) if found else None
    approver = _approver(order, [found[1]]) if order and found else None
    if order is None or approver is None:
        return access.unknown(request)
    return _decision(request, order, approver, reverse("portal:approve", args=[token]))


@never_cache
@known_required
@require_safe
def waiting(request: KnownRequest) -> HttpResponse:
    """Everything that waits for the reader's approval."""
    orders = [_order(row.id) for row in waiting_for(request.visitor)]
    return _page(
        request,
        "portal/company/approvals.html",
        place="company",
        clock=Clock(request.visitor.zone),
        orders=[order for order in orders if order],
    )


@never_cache
@known_required
@require_http_methods(["GET", "HEAD", "POST"])
def signed_in(request: KnownRequest, approval_id: int) -> HttpResponse:
    """One order, for somebody who proved whose mailbox they read."""
    order = _order(approval_id) if approval_id < NUMBERS_END else None
    ids = request.visitor.ids if request.visitor.is_wide else []
    approver = _approver(order, ids) if order else None
    if order is None or approver is None:
        raise Http404("approval")
    return _decision(request, order, approver, reverse("portal:approval", args=[approval_id]))


def waiting_for(visitor: Visitor) -> list[ApprovalRow]:
    """What waits for the reader's decision; nothing is asked for who decides nothing."""
    if not visitor.is_wide:
        return []
    deciding = [
        card
        for card in visitor.contacts
        if card.confirmed and card.customer_id and (card.rights.approves or card.rights.manages)
    ]
    houses = {one for card in deciding for one in directory.house_of(_customer(card))}
    rows = record.approvals_waiting(sorted(houses), at=now()) if houses else []
    return decided_by(rows, visitor.ids)


def _decision(
    request: HttpRequest, order: Order, approver: ContactCard, address: str
) -> HttpResponse:
    """The order; with a button pressed, what was decided."""
    wrong: list[str] = []
    answered = request.POST.get("decision", "")
    if request.method == "POST" and answered in ("approve", "decline"):
        agrees, words = answered == "approve", request.POST.get("words", "").strip()[:WORDS_MAX]
        try:
            with transaction.atomic():
                actions.decide_approval(
                    approval_id=order.row.id,
                    agrees=agrees,
                    words=words,
                    contact_id=int(approver.id),
                    at=now(),
                )
            tell(request, in_language(APPROVED if agrees else DECLINED, who=order.who))
            return go(address)
        except Refused as refusal:
            wrong = [refusal.in_words()]
    context = {
        "order": order,
        "approver": approver,
        "address": address,
        "clock": Clock(approver.timezone if access.is_zone(approver.timezone) else ""),
        "is_open": order.row.is_open(now()),
        "wrong": wrong,
    }
    return _page(request, "portal/company/approval.html", 422 if wrong else 200, **context)


def _order(approval_id: int) -> Order | None:
    row = record.approval(approval_id)
    ticket = record.ticket_facts(row.ticket_id) if row else None
    if row is None or ticket is None:
        return None
    who = directory.contact(ContactId(row.contact_id)) if row.contact_id else None
    said = [one for one in record.messages_of(ticket.id, for_customer=True) if one.words]
    service = directory.service(ticket.service_id) if ticket.service_id else None  # type: ignore[arg-type]
    return Order(
        row=row,
        ticket=ticket,
        who=who.name or who.email if who else "",
        words=(said[0].words or "") if said else "",
        service=service_name(service) if service else "",
    )


def _approver(order: Order, ids: list[int]) -> ContactCard | None:
    """As whom the reader may decide about an order; nobody decides about their own."""
    if order.row.customer_id is None:
        return None
    every = approvers_of(CustomerId(order.row.customer_id), but=order.row.contact_id or 0)
    return next((card for card in every if card.id in ids), None)


def _customer(card: ContactCard) -> CustomerId:
    assert card.customer_id is not None
    return card.customer_id


def _page(request: HttpRequest, page: str, status: int = 200, **context: Any) -> HttpResponse:
    shown = {"visitor": access.visitor_of(request), "place": "approval", **context}
    return answer(request, page, shown, status=status)
