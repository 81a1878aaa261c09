"""An escalation: whoever leads the team has a look."""

from unbroken.ground.words import _
from unbroken.promise.consequence import Consequence

consequence = Consequence(
    key="escalation",
    label=_("An escalation to the lead"),
    task=_("The lead has a look: a promise was missed ({measure})"),
)
