"""The console's loops: promises that come near ring; what was seen long ago goes."""

from unbroken.console.bell import state
from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, every

WARN_EVERY_SECONDS, SWEEP_EVERY_SECONDS = 20.0, 3600.0


def warn() -> None:
    """One question for all agents."""
    state.ring_warnings(at=now())


def sweep() -> None:
    """Once an hour."""
    state.sweep(at=now())


LOOPS: tuple[Loop, ...] = (
    every("promises that ring", WARN_EVERY_SECONDS, warn),
    every("bells seen long ago", SWEEP_EVERY_SECONDS, sweep),
)
