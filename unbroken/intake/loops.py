"""The door's loops: the outbox, and the mailboxes that are polled."""

from unbroken.ground.loops import Loop
from unbroken.intake import outbox

LOOPS: tuple[Loop, ...] = (Loop("outbox", outbox.run, frozenset({"outbox.filled"})),)
