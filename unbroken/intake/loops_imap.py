"""The door's loops that read mailboxes elsewhere."""

from unbroken.ground.loops import Loop
from unbroken.intake import imap

IMAP_LOOPS: tuple[Loop, ...] = (Loop("mailboxes", imap.run, frozenset({"mailbox.set"})),)
