"""The house's own loops."""

from unbroken.ground.loops import Loop, every
from unbroken.house import erasures

LOOPS: tuple[Loop, ...] = (
    every("erasures kept outside", 600, erasures.keep, wakes_on=frozenset({erasures.KIND})),
)
