"""The names of the time zones that this machine knows.

They are read once: to collect them is to walk some six hundred files, for every page that offers
them.
"""

import zoneinfo
from functools import cache


@cache
def available_timezones() -> frozenset[str]:
    """Every name that `ZoneInfo` takes."""
    return frozenset(zoneinfo.available_timezones())
