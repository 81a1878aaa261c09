"""What the door does: take in, read, answer; and its mailboxes."""

from unbroken.intake.actions.mailboxes import set_mailbox
from unbroken.intake.actions.take import RawThing, take_in, take_in_all

__all__ = ["RawThing", "set_mailbox", "take_in", "take_in_all"]
