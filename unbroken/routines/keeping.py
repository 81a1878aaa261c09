"""What of rules grows old: the log of what they did; the requests themselves tell it too."""

from unbroken.ground.keeping import Keeping, also, keeping
from unbroken.ground.words import _

keeping(
    Keeping(
        key="firings",
        label=_("What rules did, and why"),
        about=_("The log of each rule. That a rule changed a request stays in the request."),
        old="SELECT id, at FROM rule_firing WHERE at < %(before)s",
        steps=("DELETE FROM rule_firing WHERE id = ANY (%(ids)s)",),
        days=90,
        least=7,
    )
)
also(
    "words",
    "UPDATE rule_firing SET why = why - 'judged' WHERE ticket_id = ANY (%(ids)s)",
)
