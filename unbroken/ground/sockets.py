"""Sockets: a folder of plug-ins, one file each, found by itself.

Every module of the folder offers one object under an agreed name, with a `key` of its own. A file
that offers none and two with one key stop the start-up, so that nothing is quietly left out.
Adding a file is all there is to do; the database keeps the key as text.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol, TypeVar


class PluggedIn(Protocol):
    """What every such object has."""

    @property
    def key(self) -> str:
        """By which it is kept and chosen."""


P = TypeVar("P", bound=PluggedIn)


class SocketProblem(Exception):
    """A file of such a folder does not fit, or two are called the same."""


def plugged_in(package: str, name: str, shape: type[P]) -> Mapping[str, P]:
    """What the modules of a package offer under this name, by key, in the order of their files.

    A `shape` that is a protocol has to be checkable at run time.
    """
    found: dict[str, tuple[str, P]] = {}
    folder = importlib.import_module(package).__path__
    for module in sorted(one.name for one in pkgutil.iter_modules(folder)):
        where = f"{package}.{module}"
        offered = getattr(importlib.import_module(where), name, None)
        if not isinstance(offered, shape):
            raise SocketProblem(f"{where} offers no `{name}`")
        if offered.key in found:
            raise SocketProblem(f"{found[offered.key][0]} and {where} are both {offered.key}")
        found[offered.key] = (where, offered)
    return MappingProxyType({key: offered for key, (_, offered) in found.items()})
