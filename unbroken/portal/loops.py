"""The portal's loops: the status page by mail."""

from unbroken.ground.loops import Loop
from unbroken.portal.status.mailing import LOOP

LOOPS: tuple[Loop, ...] = (LOOP,)
