"""The door's loops: the outbox, and the mailboxes that are polled."""

from unbroken.ground.loops import Loop
from unbroken.intake import outbox
from unbroken.intake.loops_imap import IMAP_LOOPS
from unbroken.intake.telling import estimates
from unbroken.intake.telling.sending import LOOP

LOOPS: tuple[Loop, ...] = (
    Loop("outbox", outbox.run, frozenset({"outbox.filled"})),
    *IMAP_LOOPS,
    LOOP,
    estimates.LOOP,
)
