"""The socket for measures: every module in this folder offers one `measure`.

Two with the same key stop the start-up. A measure imports nothing from its neighbours.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from unbroken.ground.sockets import plugged_in
from unbroken.promise.measure import Measure

TO_COME = frozenset(
    {
        "ticket.rang",
        "ticket.picked_up",
        "ticket.hung_up",
        "ticket.restored",
        "ticket.appointment_fixed",
        "ticket.appointment_called_off",
        "ticket.crew_arrived",
    }
)
"""Kinds of rooms that are not built yet (telephone, field): named, to fit when they come."""


@cache
def all_measures() -> Mapping[str, Measure]:
    """Every measure of this folder by key, in the order in which people read them."""
    found = plugged_in(__name__, "measure", Measure).values()
    ordered = sorted(found, key=lambda measure: (measure.position, measure.key))
    return MappingProxyType({measure.key: measure for measure in ordered})


def kinds() -> frozenset[str]:
    """Every kind of event that moves some clock."""
    return frozenset().union(*(measure.kinds for measure in all_measures().values()))
