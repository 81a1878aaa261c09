"""How credits and what follows from a miss are called on screen."""

from unbroken.ground.words import Phrase, _
from unbroken.promise.consequences import all_consequences

STATES: dict[str, Phrase] = {
    "waits": _("waits for approval"),
    "booked": _("booked"),
    "refused": _("refused"),
    "reversed": _("taken back"),
}
EXCUSES: dict[str, Phrase] = {
    "customer": _("The customer's fault"),
    "force_majeure": _("Force majeure"),
}
KINDS: dict[str, Phrase] = {key: one.label for key, one in all_consequences().items()}
WHENCE: dict[str, Phrase] = {**KINDS, "by_hand": _("given by hand")}
"""Where a credit comes from: what follows from a miss, or somebody's own decision."""
MARKS: dict[str, Phrase] = {
    "V": _("the source was read"),
    "E": _("read in an excerpt"),
    "M": _("from memory: have a lawyer look first"),
}
DAYS = (("calendar", _("calendar days")), ("working", _("working days")))
FIELDS: dict[str, Phrase] = {
    "amount": _("Amount"),
    "percent": _("or % of the monthly price, whichever is higher"),
    "currency": _("Currency"),
    "later_from": _("From day"),
    "later_amount": _("then amount"),
    "later_percent": _("or %"),
    "cap": _("At most in all"),
    "approve_above": _("Somebody approves above"),
}
