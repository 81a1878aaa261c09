"""Time to restore: from the customer's report until the service works again.

The service may work again before everything is settled. Who resolves without having said so has
said it by that. It stands still as the time to resolve does.
"""

from unbroken.ground.words import _
from unbroken.promise.measure import Measure

measure = Measure(
    key="time_to_restore",
    label=_("Service restored"),
    position=28,
    starts_on={
        "ticket.acknowledged": "reported_at",
        "ticket.adopted": None,
        "ticket.reopened": None,
    },
    stops_on={"ticket.restored", "ticket.resolved", "ticket.closed"},
    ends_on={"ticket.cancelled", "ticket.rejected", "ticket.merged"},
    pauses_on={"ticket.customer_asked", "ticket.held"},
    resumes_on={"ticket.customer_answered", "ticket.resumed"},
)
