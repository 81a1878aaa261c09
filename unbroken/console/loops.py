"""The console's loops: promises that come near ring; what was seen long ago goes, and so
do files that were made for somebody."""

from unbroken.console.bell import state
from unbroken.console.privacy import state as exports
from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, every

WARN_EVERY_SECONDS, SWEEP_EVERY_SECONDS = 20.0, 3600.0


def warn() -> None:
    """One question for all agents."""
    state.ring_warnings(at=now())


def sweep() -> None:
    """Once an hour."""
    state.sweep(at=now())
    exports.sweep(at=now())


LOOPS: tuple[Loop, ...] = (
    every("promises that ring", WARN_EVERY_SECONDS, warn),
    every("bells seen long ago", SWEEP_EVERY_SECONDS, sweep),
)
