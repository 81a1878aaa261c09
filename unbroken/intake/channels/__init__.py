"""The socket for channels: one file each, found by name; two with one key stop the start-up."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol, runtime_checkable

from unbroken.ground.sockets import plugged_in
from unbroken.ground.words import Phrase
from unbroken.intake.outgoing import Outgoing, Refusal


@runtime_checkable
class Channel(Protocol):
    """One way in and out. `read` is pure; `deliver` calls outside and may be called twice."""

    key: str
    label: Phrase

    def read(self, raw: bytes) -> Any:
        """What the raw thing says."""

    def deliver(self, outgoing: Outgoing) -> tuple[Refusal, ...]:
        """Hand it to the outside; TemporaryFailure or PermanentFailure when that fails.

        What comes back are recipients who were refused while others were taken.
        """


@cache
def channels() -> Mapping[str, Channel]:
    """Every channel of the house, by key."""
    return plugged_in(__name__, "channel", Channel)  # type: ignore[type-abstract]  # a protocol is checked by its parts
