"""Time to resolve: from the customer's report until it is resolved.

It stands still while we wait for the customer, a partner, an appointment or a date, and
goes on where it was left when the request is opened again.
"""

from unbroken.ground.words import _
from unbroken.promise.measure import Measure

measure = Measure(
    key="time_to_resolve",
    label=_("Time to resolve"),
    position=30,
    starts_on={
        "ticket.acknowledged": "reported_at",
        "ticket.adopted": None,
        "ticket.reopened": None,
    },
    stops_on={"ticket.resolved", "ticket.closed"},
    ends_on={"ticket.cancelled", "ticket.rejected", "ticket.merged"},
    pauses_on={"ticket.customer_asked", "ticket.held"},
    resumes_on={"ticket.customer_answered", "ticket.resumed"},
)
