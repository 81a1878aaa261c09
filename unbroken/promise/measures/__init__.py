"""The socket for measures: every module in this folder offers one `measure`.

Two with the same key stop the start-up. A measure imports nothing from its neighbours.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

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


class MeasureProblem(Exception):
    """A file in this folder is no measure, or two are called the same."""


def gather(package: str, folders: list[str]) -> Mapping[str, Measure]:
    """The measures of a package by key, in the order in which people read them."""
    found: dict[str, tuple[str, Measure]] = {}
    for module in sorted(pkgutil.iter_modules(folders), key=lambda module: module.name):
        name = f"{package}.{module.name}"
        measure = getattr(importlib.import_module(name), "measure", None)
        if not isinstance(measure, Measure):
            raise MeasureProblem(f"{name} offers no `measure`")
        if measure.key in found:
            raise MeasureProblem(f"{found[measure.key][0]} and {name} are both {measure.key}")
        found[measure.key] = (name, measure)
    measures = sorted((m for _, m in found.values()), key=lambda m: (m.position, m.key))
    return MappingProxyType({measure.key: measure for measure in measures})


@cache
def all_measures() -> Mapping[str, Measure]:
    """Every measure of this folder."""
    return gather(__name__, list(__path__))


def kinds() -> frozenset[str]:
    """Every kind of event that moves some clock."""
    return frozenset().union(*(measure.kinds for measure in all_measures().values()))
