"""The socket for consequences: every module in this folder offers one `consequence`.

Two with the same key stop the start-up. A consequence imports nothing from its neighbours.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from unbroken.promise.consequence import Consequence


class ConsequenceProblem(Exception):
    """A file in this folder is no consequence, or two are called the same."""


@cache
def all_consequences() -> Mapping[str, Consequence]:
    """Every consequence of this folder by key."""
    found: dict[str, Consequence] = {}
    for module in sorted(pkgutil.iter_modules(list(__path__)), key=lambda module: module.name):
        name = f"{__name__}.{module.name}"
        consequence = getattr(importlib.import_module(name), "consequence", None)
        if not isinstance(consequence, Consequence):
            raise ConsequenceProblem(f"{name} offers no `consequence`")
        if consequence.key in found:
            raise ConsequenceProblem(f"two consequences are called {consequence.key}")
        found[consequence.key] = consequence
    return MappingProxyType(found)
