"""The states of an order and of its steps, as TM Forum spells them (TMF622), and their ways. Pure.

A step that waits for a spare part is `held`; its part stands beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Final

NEW, GOES_ON, HELD, DONE, CANCELLED = (
    "acknowledged", "inProgress", "held", "completed", "cancelled",
)  # fmt: skip
OPEN: Final = (NEW, GOES_ON, HELD)
STEP_STATES: Final = (NEW, GOES_ON, HELD, DONE, CANCELLED)
KINDS: Final = ("new", "change", "move")
STEP_KEYS: Final = ("interim", "part", "full", "papers")

WAYS: Mapping[str, tuple[str, ...]] = {
    NEW: (GOES_ON, HELD, DONE, CANCELLED),
    GOES_ON: (HELD, DONE, CANCELLED),
    HELD: (GOES_ON, DONE, CANCELLED),
    DONE: (),
    CANCELLED: (),
}


def order_state(steps: Sequence[str]) -> str:
    """An order's state follows from those of its steps."""
    left = [one for one in steps if one != CANCELLED]
    if not left:
        return CANCELLED
    if all(one == DONE for one in left):
        return DONE
    if GOES_ON in left:
        return GOES_ON
    if HELD in left:
        return HELD
    return GOES_ON if DONE in left else NEW
