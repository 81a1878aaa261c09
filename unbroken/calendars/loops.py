"""The calendars' loop: the holidays of the years to come, as soon as they are known."""

from unbroken.calendars.actions import refill_holidays
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.loops import Loop, every

EVERY_SECONDS = 6 * 3600.0


def look_ahead() -> None:
    """What is known already changes nothing."""
    refill_holidays(by=HOUSE, at=now())


LOOPS: tuple[Loop, ...] = (every("holidays", EVERY_SECONDS, look_ahead),)
