"""What the portal keeps and nobody sets: keys that were mailed."""

from datetime import timedelta

from unbroken.ground.keeping import settled
from unbroken.ground.words import _

settled(_("Links and codes that were mailed to somebody"), lasts=timedelta(days=1))
