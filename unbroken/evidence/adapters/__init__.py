"""The socket for systems that watch the network: every module here offers one `adapter`.

Two with the same key stop the start-up. Each has the address `/api/network/<key>`.
"""

from collections.abc import Mapping
from functools import cache

from unbroken.evidence.adapter import Adapter
from unbroken.ground.sockets import plugged_in


@cache
def all_adapters() -> Mapping[str, Adapter]:
    """Every system by key."""
    return plugged_in(__name__, "adapter", Adapter)
