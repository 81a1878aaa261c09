"""What goes on by itself: records are folded into sessions, old parts are dropped."""

from unbroken.evidence import folding, keeping
from unbroken.ground.loops import Loop, Stop, every

EVERY_SECONDS = 1.0


def fold_on(stop: Stop) -> None:
    """Until told to stop; at once again while there is more."""
    while not stop.is_asked:
        if not folding.fold_some():
            stop.wait(EVERY_SECONDS)


LOOPS: tuple[Loop, ...] = (
    Loop("evidence.fold", fold_on, wakes_on=frozenset(), urgent=True),
    every("evidence.keep", 3600, keeping.drop_what_is_old),
)
