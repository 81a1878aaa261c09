"""The socket for channels: one file each, found by name; two with one key stop the start-up."""

import importlib
import pkgutil
from functools import cache
from typing import Any, Protocol

from unbroken.ground.words import Phrase
from unbroken.intake.outgoing import Outgoing, Refusal


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
def channels() -> dict[str, Channel]:
    """Every channel of the house, by key."""
    found: dict[str, Channel] = {}
    for module in pkgutil.iter_modules(__path__):
        channel = importlib.import_module(f"{__name__}.{module.name}").channel
        if channel.key in found:
            raise RuntimeError(f"two channels are called {channel.key}")
        found[channel.key] = channel
    return found
