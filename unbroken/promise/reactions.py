"""When something happens to a ticket, its promises are counted again."""

from datetime import datetime

from unbroken.ground.actor import HOUSE
from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import when
from unbroken.promise import actions, billing, credits, measures, projections
from unbroken.promise.legs import GIVEN
from unbroken.promise.queries.terms import has_internal_targets
from unbroken.promise.tasks import bill_credit

# What moves no clock by itself but changes what was promised, or whether it is still owed.
TERMS = frozenset(
    {
        "ticket.classified",
        "ticket.owner_confirmed",
        "ticket.people_changed",
        "ticket.absorbed",
        "ticket.merged",
        "ticket.reopened",
        "ticket.closed",
    }
)


@when((measures.kinds() | TERMS) - measures.TO_COME)  # by name: of rooms above too
def recount(event: LoggedEvent, *, at: datetime) -> None:
    """A promise's clock may have started, stopped or moved."""
    actions.recount_clocks(stream=event.stream, by=HOUSE, at=at)


@when(GIVEN)
def recount_legs(event: LoggedEvent, *, at: datetime) -> None:
    """In other hands: where teams owe their legs in a time, another clock has begun."""
    if has_internal_targets():
        actions.recount_clocks(stream=event.stream, by=HOUSE, at=at)


@when("service.changed")
def recount_service(event: LoggedEvent, *, at: datetime) -> None:
    """A service under another agreement: the timer counts its open tickets again."""
    if event.data.get("agreement") is not None or "product" in event.data.get("fields", ()):
        projections.mark_stale(event.subject_id)


@when("product.changed")
def recount_product(event: LoggedEvent, *, at: datetime) -> None:
    """A product under another agreement: so are its services that name none of their own."""
    if "agreement" in event.data.get("fields", ()):
        projections.mark_stale_of_product(event.subject_id)


@when("customer.changed")
def recount_customer(event: LoggedEvent, *, at: datetime) -> None:
    """A customer under another agreement: so are their services that name none."""
    if "agreement" in event.data.get("fields", ()):
        projections.mark_stale_of_customer(event.subject_id)


@when("credit.booked", "credit.decided")
def tell_billing(event: LoggedEvent, *, at: datetime) -> None:
    """A credit is owed now, or no longer: a job tells billing, if it takes credits by itself."""
    state = str(event.data["state"])
    if billing.is_wanted() and state in billing.TOLD:
        bill_credit.defer(credit_id=event.subject_id, credit_state=state)


@when("promise.missed")
def follow_the_miss(event: LoggedEvent, *, at: datetime) -> None:
    """What the agreement says follows: a credit is booked, a person has something to do."""
    credits.follow_miss(violation_id=event.subject_id, by=HOUSE, at=at)
