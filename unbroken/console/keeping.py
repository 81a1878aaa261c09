"""What the console keeps and nobody sets."""

from datetime import timedelta

from unbroken.console.bell.state import KEPT as RUNG
from unbroken.console.many.state import KEPT as DONE
from unbroken.console.privacy.state import LASTS
from unbroken.ground.keeping import settled
from unbroken.ground.words import _

settled(_("Files made to be handed to a person"), lasts=LASTS)
settled(_("What the bell rang for and was seen"), lasts=RUNG)
settled(_("What was done to many at once"), lasts=DONE)
settled(_("Files chosen in a form that was never sent"), lasts=timedelta(0))
