"""What figures keep and nobody sets: reports that were made to be looked at."""

from unbroken.ground.keeping import settled
from unbroken.ground.words import _
from unbroken.quality.state.reports import KEPT_FOR

settled(_("Reports as they were made"), lasts=KEPT_FOR)
