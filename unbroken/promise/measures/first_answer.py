"""First answer: from the customer's report until a person answers.

A receipt is no answer. Whoever resolves the request without a word has answered too: the
customer is told. What nobody owes any more (withdrawn, refused, merged, closed by the
house) is void.
"""

from unbroken.ground.events import LoggedEvent
from unbroken.ground.words import _
from unbroken.promise.measure import Measure

NEEDS_A_PERSON = frozenset({"ticket.replied", "ticket.resolved"})


def is_human(event: LoggedEvent) -> bool:
    """Answers count when an agent gives them; everything else counts whoever did it."""
    return event.kind not in NEEDS_A_PERSON or event.by.startswith("agent:")


measure = Measure(
    key="first_answer",
    label=_("First answer"),
    position=10,
    starts_on={"ticket.acknowledged": "reported_at", "ticket.adopted": None},
    stops_on={"ticket.replied", "ticket.resolved"},
    ends_on={"ticket.cancelled", "ticket.rejected", "ticket.merged", "ticket.closed"},
    listens_to={"ticket.reply_withdrawn"},
    heeds=is_human,
)
