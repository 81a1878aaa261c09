"""One place asks what time it is, so that a rehearsal's clock is everybody's."""

import ast

from tests.house_rules.source import UNBROKEN, modules, nodes_of, shown

REAL_TIME = ("ground/clock.py", "house/")
"""The clock itself; and the house, which looks after files, certificates and processes."""

ASKS = {("time", "time"), ("datetime", "now"), ("datetime", "utcnow"), ("date", "today")}


def test_nobody_but_the_clock_asks_what_time_it_is() -> None:
    """Accident: a door stamps what arrives with real time while the desk plays another year, and
    the detector takes it for the future."""
    asking = []
    for path in modules():
        if not path.is_relative_to(UNBROKEN) or str(path.relative_to(UNBROKEN)).startswith(
            REAL_TIME
        ):
            continue
        for node in nodes_of(path):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and (node.func.value.id, node.func.attr) in ASKS
            ):
                asking.append(shown(path, node))
    assert asking == []
