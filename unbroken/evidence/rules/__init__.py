"""The socket for causes: every module in this folder offers one `rule`.

Two with the same key stop the start-up. A rule imports nothing from its neighbours.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from unbroken.evidence.rule import Rule


class RuleProblem(Exception):
    """A file in this folder is no rule, or two are called the same."""


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every cause by key."""
    found: dict[str, Rule] = {}
    for module in sorted(pkgutil.iter_modules(list(__path__)), key=lambda module: module.name):
        rule = getattr(importlib.import_module(f"{__name__}.{module.name}"), "rule", None)
        if not isinstance(rule, Rule):
            raise RuleProblem(f"{module.name} offers no `rule`")
        if rule.key in found:
            raise RuleProblem(f"two rules are {rule.key}")
        found[rule.key] = rule
    return MappingProxyType(found)
