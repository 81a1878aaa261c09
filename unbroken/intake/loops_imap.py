"""The door's loops that read mailboxes elsewhere."""

from unbroken.ground.loops import Loop
from unbroken.intake.imap import run

IMAP_LOOPS: tuple[Loop, ...] = (Loop("mailboxes", run, frozenset({"mailbox.set"}), urgent=True),)
