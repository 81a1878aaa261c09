"""The socket for causes: every module in this folder offers one `rule`.

Two with the same key stop the start-up. A rule imports nothing from its neighbours.
"""

from collections.abc import Mapping
from functools import cache

from unbroken.evidence.rule import Rule
from unbroken.ground.sockets import plugged_in


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every cause by key."""
    return plugged_in(__name__, "rule", Rule)
