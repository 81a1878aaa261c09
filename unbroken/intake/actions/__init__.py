"""What the door does: take in, read, answer; and its mailboxes."""

from unbroken.intake.actions.mailboxes import set_mailbox
from unbroken.intake.actions.take import RawThing, take_in, take_in_all
from unbroken.intake.actions.ways import set_way

__all__ = ["RawThing", "set_mailbox", "set_way", "take_in", "take_in_all"]
