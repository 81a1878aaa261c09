"""The socket for consequences: every module in this folder offers one `consequence`.

Two with the same key stop the start-up. A consequence imports nothing from its neighbours.
"""

from collections.abc import Mapping
from functools import cache

from unbroken.ground.sockets import plugged_in
from unbroken.promise.consequence import Consequence


@cache
def all_consequences() -> Mapping[str, Consequence]:
    """Every consequence of this folder by key."""
    return plugged_in(__name__, "consequence", Consequence)
