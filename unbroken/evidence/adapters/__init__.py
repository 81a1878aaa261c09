"""The socket for systems that watch the network: every module here offers one `adapter`.

Two with the same key stop the start-up. Each has the address `/api/network/<key>`.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from unbroken.evidence.adapter import Adapter


class AdapterProblem(Exception):
    """A file in this folder is no adapter, or two are called the same."""


@cache
def all_adapters() -> Mapping[str, Adapter]:
    """Every system by key."""
    found: dict[str, Adapter] = {}
    for module in sorted(pkgutil.iter_modules(list(__path__)), key=lambda module: module.name):
        adapter = getattr(importlib.import_module(f"{__name__}.{module.name}"), "adapter", None)
        if not isinstance(adapter, Adapter):
            raise AdapterProblem(f"{module.name} offers no `adapter`")
        if adapter.key in found:
            raise AdapterProblem(f"two adapters are {adapter.key}")
        found[adapter.key] = adapter
    return MappingProxyType(found)
