"""Request delivered: what was ordered or asked for is done, a reboot in minutes if so promised.

While the customer's company decides whether to order, its time is the customer's. Promise it to the
types “request” and “order”.
"""

from unbroken.ground.words import _
from unbroken.promise.measure import Measure

measure = Measure(
    key="request_delivered",
    label=_("Request delivered"),
    position=35,
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
