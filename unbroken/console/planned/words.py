"""The words for states, impacts and conflicts of work on the network."""

from unbroken.ground.words import Phrase, _

IMPACT_WORDS: dict[str, Phrase] = {
    "OUTAGE": _("Interruption"),
    "DEGRADED": _("Slower or unsteady"),
    "REDUCED-REDUNDANCY": _("One of two ways is missing"),
    "NO-IMPACT": _("Nothing is felt"),
}
PLAN_WORDS: dict[str, Phrase] = {
    "draft": _("draft"),
    "proposed": _("waits for approval"),
    "announced": _("announced"),
    "inWork": _("they are at it"),
    "done": _("done"),
    "calledOff": _("called off"),
}
CONFLICT_WORDS: dict[str, Phrase] = {
    "same_element": _("Other work at the same element, or above or below it, at the same time"),
    "both_ways": _("Customers with two separate ways would lose both"),
    "freeze": _("Nobody works on the network on these days"),
    "short_notice": _("Customers would be told later than their agreement says"),
}
