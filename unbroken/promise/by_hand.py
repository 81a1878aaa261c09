"""Credits that an agent gives by hand, and how far somebody's word goes: their authority.

An agent may grant as much as is written of them (`grants`, whole units of the desk's currency).
What is above waits, like a credit above the limit of its rule, for somebody who may.
"""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from math import ceil

from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import Actor
from unbroken.ground.change import Refused, begin, refusals
from unbroken.ground.words import _
from unbroken.promise.events import CreditBooked
from unbroken.promise.models import Credit
from unbroken.promise.queries.priced import costs
from unbroken.staffing import queries as staffing
from unbroken.staffing.cards import AgentCard
from unbroken.staffing.ids import AgentId
from unbroken.staffing.permissions import APPROVE_CREDITS

WAITS, BOOKED = "waits", "booked"
MOST = Decimal(10_000)
"""As much as anybody's authority may be set to."""

refusals(
    {
        "credit.bad_amount": _("A credit is an amount above 0 and up to {most}, like 12.50."),
        "credit.no_customer": _("Nobody knows yet whose request this is."),
        "credit.above": _("{amount} {currency} is above what you may grant."),
    }
)


def may_give(card: AgentCard, amount: Decimal) -> bool:
    """Whether it is theirs to grant. Of whom no limit is written, their role says: whoever approves
    credits approves any, and others none."""
    if card.is_admin or card.may_grant("credit", ceil(amount)):
        return True
    return APPROVE_CREDITS in card.permissions and not card.grants.get("credit")


def who_may_give(amount: Decimal) -> list[AgentCard]:
    """Everybody of the desk who may, those with the least authority first: nobody's chief is
    troubled with what a lead can grant."""
    able = [one for one in staffing.agents() if may_give(one, amount)]
    return sorted(able, key=lambda one: (one.is_admin, one.grants.get("credit", MOST), one.name))


def check(by: Actor, amount: Decimal, currency: str) -> None:
    """Refused `credit.above` unless whoever acts may grant so much; the desk itself may."""
    if by.kind == "agent" and not _is_theirs(by, amount):
        raise Refused("credit.above", amount=f"{amount:.2f}", currency=currency)


def give_credit(
    *, ticket_id: TicketId, amount: str, reason: str, by: Actor, at: datetime
) -> tuple[int, str]:
    """A credit for the customer of a request, in the desk's currency; its number and state.

    It waits if it is above what the giver may grant.
    """
    owed = _amount(amount)
    if not reason.strip():
        raise Refused("credit.needs_reason")
    ticket = record.ticket_facts(ticket_id)
    if ticket is None or ticket.customer_id is None:
        raise Refused("credit.no_customer")
    with begin(Credit, by=by, at=at) as credit:
        credit.step, credit.ticket_id = 0, ticket_id
        credit.customer_id, credit.service_id = ticket.customer_id, ticket.service_id
        credit.amount, credit.currency = owed, costs().currency
        credit.state = BOOKED if _is_theirs(by, owed) else WAITS
        credit.booked_at = at
        credit.reason_id = credit.said(reason.strip(), whose=by)
        credit.tell(CreditBooked(ticket_id, f"{owed:.2f}", credit.currency, credit.state, 0))
    return int(credit.id), str(credit.state)


def _is_theirs(by: Actor, amount: Decimal) -> bool:
    card = staffing.agent(AgentId(by.id)) if by.kind == "agent" and by.id is not None else None
    return card is not None and may_give(card, amount)


def _amount(typed: str) -> Decimal:
    """As people type it, with a point or a comma."""
    try:
        amount = Decimal(typed.strip().replace(",", "."))
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or not 0 < amount <= MOST or amount != round(amount, 2):
        raise Refused("credit.bad_amount", most=f"{MOST}")
    return amount
