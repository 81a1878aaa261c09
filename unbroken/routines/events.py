"""What happens to macros, rules and what recurs.

How one stands is kept as words (`body`), since names and texts are what somebody wrote; `was` is
how it stood before, so that the change can be taken back.
"""

from dataclasses import dataclass

from unbroken.ground.events import event
from unbroken.ground.words import _


@event("macro.set", says=_("Macro changed"), sample={"body": 8, "was": 7})
@dataclass(frozen=True)
class MacroSet:
    """A macro was written, changed, or taken out of use."""

    body: int
    was: int | None = None
