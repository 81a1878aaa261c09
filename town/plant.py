"""Planting the demo: the house furnished, the town moved in, a few dozen requests told.

Every step may be repeated; a planting that was cut off goes on where it stopped.
"""

import json
from datetime import datetime, timedelta

from town import cast, stories_en, stories_it, stories_ru, traffic
from town.articles import publish
from town.canned import keep_at_hand
from town.furniture import furnish
from town.lindenhof import inventory
from town.script import Story
from town.sowing import Sower
from town.weeks import look_back
from unbroken.directory.importing.run import import_inventory
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now

LONG_AGO = timedelta(days=30)
SIGN_INS = (cast.SOFIE, cast.TIMO, cast.OLEG)


def stories() -> list[Story]:
    """Every story of the town, the oldest first, so that numbers rise with time."""
    every = (*stories_en.STORIES, *stories_ru.STORIES, *stories_it.STORIES)
    return sorted(every, key=lambda story: story.ago, reverse=True)


def plant(at: datetime | None = None, *, with_passwords: bool = True) -> str:
    """Plant the town as of an instant; returns whom to sign in as, in words."""
    at = at or now()
    traffic.look_back(at)
    settle(at=at - LONG_AGO, with_passwords=with_passwords)
    look_back(at)
    sower = Sower(at=at)
    for story in stories():
        sower.tell(story)
    return sign_ins()


def settle(*, at: datetime, with_passwords: bool = True) -> None:
    """The house furnished and everybody moved in, with nothing asked yet."""
    furnish(at=at, with_passwords=with_passwords)
    publish(at=at)
    keep_at_hand(at=at)
    taken = import_inventory([json.dumps(inventory())], by=HOUSE, at=at)
    if taken.refused:
        raise RuntimeError(f"the town's own inventory is refused: {taken.refused}")


def sign_ins() -> str:
    """Whom to sign in as."""
    lines = [f"{one.email} ({one.name}, {', '.join(one.teams)})" for one in SIGN_INS]
    return "\n".join([*lines, f"password: {cast.PASSWORD}"])
