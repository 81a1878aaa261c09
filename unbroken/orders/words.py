"""What orders, steps and their states are called, to customers too."""

from unbroken.ground.words import Phrase, _
from unbroken.orders.states import CANCELLED, DONE, GOES_ON, HELD, NEW

KIND_WORDS: dict[str, Phrase] = {
    "new": _("New connection"),
    "change": _("Change of speed"),
    "move": _("Move"),
}
STEP_WORDS: dict[str, Phrase] = {
    "interim": _("The most that present equipment gives"),
    "part": _("The new part is put in"),
    "full": _("Full speed"),
    "papers": _("Papers"),
}
STATE_WORDS: dict[str, Phrase] = {
    NEW: _("not begun"),
    GOES_ON: _("in work"),
    HELD: _("waits for a part"),
    DONE: _("done"),
    CANCELLED: _("not needed"),
}
