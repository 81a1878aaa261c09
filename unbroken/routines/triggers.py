"""What starts a rule: something that happened, or time that passed. Pure."""

from typing import Final

from unbroken.ground.words import Phrase, _

TRIGGERS: Final[dict[str, tuple[Phrase, frozenset[str]]]] = {
    "new": (_("A new request was sorted"), frozenset({"ticket.queued"})),
    "wrote": (_("The customer wrote again"), frozenset({"ticket.message_added"})),
    "replied": (_("We answered"), frozenset({"ticket.replied"})),
    "noted": (_("A note was written"), frozenset({"ticket.noted"})),
    "state": (
        _("The state changed"),
        frozenset(
            {
                "ticket.started",
                "ticket.customer_asked",
                "ticket.customer_answered",
                "ticket.held",
                "ticket.resumed",
                "ticket.resolved",
                "ticket.reopened",
                "ticket.closed",
                "ticket.cancelled",
                "ticket.rejected",
            }
        ),
    ),
    "hands": (_("It was given on"), frozenset({"ticket.assigned"})),
    "about": (_("Type, topic or priority changed"), frozenset({"ticket.classified"})),
    "tagged": (_("Tags changed"), frozenset({"ticket.tagged"})),
    "woken": (_("It came back from sleep"), frozenset({"ticket.woken"})),
    "bounced": (_("An answer came back"), frozenset({"ticket.bounced", "ticket.delivery_failed"})),
    "missed": (_("A promise was missed"), frozenset({"promise.missed"})),
}
BASES: Final[dict[str, Phrase]] = {
    "wrote": _("after the customer wrote, if nobody answered"),
    "answered": _("after our answer, if the customer is silent"),
    "state": _("after the state changed"),
    "promise": _("before the next promise is due"),
}
STATE_KINDS: Final = TRIGGERS["state"][1] | {"ticket.acknowledged"}
KINDS: Final = frozenset().union(*(kinds for _says, kinds in TRIGGERS.values())) | {
    "ticket.adopted",
    "ticket.merged",
}
HOURS_MAX: Final = 24 * 366


def kinds_of(triggers: object) -> frozenset[str]:
    """The kinds of event behind these triggers."""
    keys = triggers if isinstance(triggers, list | tuple) else ()
    return frozenset().union(*(TRIGGERS[key][1] for key in keys if key in TRIGGERS))
