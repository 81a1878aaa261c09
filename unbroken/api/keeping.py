"""What this face keeps and nobody sets: answers for whoever asks again."""

from unbroken.api.state import KEPT
from unbroken.ground.keeping import settled
from unbroken.ground.words import _

settled(_("Answers kept for other systems"), lasts=KEPT)
