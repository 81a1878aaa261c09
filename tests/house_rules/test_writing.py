"""Only actions, projections, working state and the ground write; nothing hooks into saving."""

import ast
import re
from pathlib import Path

from tests.house_rules.source import (
    UNBROKEN,
    called,
    chain,
    modules,
    nodes_of,
    room_of,
    shown,
)

WRITERS = ("actions", "projections", "state", "keeping")
"""Module names (or packages) of a room that may write; `keeping` is run by `ground.retention`."""

WRITING = frozenset(
    {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update"}
    | {"save", "save_base", "delete"}
)
SQL = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(?:WITH\b.*?\)\s*)?"
    r"(?:INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|TRUNCATE\s+\w|COPY\s+\w+\s*\()",
    re.DOTALL,
)
EXCUSED: dict[str, str] = {}
"""Modules that write and are none of the writers, with the reason why."""

QUERYSET = frozenset({"objects", "_base_manager", "filter", "exclude", "all"})


def may_write(path: Path) -> bool:
    """Whether a module is one of those that write."""
    inside = path.relative_to(UNBROKEN)
    names = {part.removesuffix(".py") for part in inside.parts[1:]}
    return inside.parts[0] == "ground" or "migrations" in names or not names.isdisjoint(WRITERS)


READERS = [path for path in modules() if not may_write(path)]


def writes_in(path: Path) -> list[str]:
    """Where a module writes: by the ORM, or by SQL of its own."""
    found = []
    for node in nodes_of(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            names = set(chain(node.func.value))
            by_orm = called(node) in WRITING | {"update"} and not names.isdisjoint(QUERYSET)
            if by_orm or called(node) in ("save_base", "bulk_create"):
                found.append(f"{shown(path, node)} {called(node)}()")
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
            found.append(f"{shown(path, node)} {node.value.split()[0]} …")
    return found


def test_a_module_that_is_no_writer_writes_nothing() -> None:
    held_to_it = [path for path in READERS if str(path.relative_to(UNBROKEN)) not in EXCUSED]
    wrong = [found for path in held_to_it for found in writes_in(path)]

    assert wrong == [], "write in actions.py, projections.py or state.py"


def test_a_query_in_a_file_that_writes_is_called_so_and_run_by_a_writer() -> None:
    writing = [
        path for path in UNBROKEN.rglob("*.sql") if SQL.match(path.read_text(encoding="utf-8"))
    ]
    assert [path.name for path in writing if not path.name.startswith("write_")] == []
    for query in writing:
        users = [path for path in modules() if query.name in path.read_text(encoding="utf-8")]
        assert users, f"nobody runs {query.name}"
        assert all(may_write(path) for path in users), query.name


def test_nothing_hooks_into_saving() -> None:
    """Accident: a consequence hides in `save()` or in a signal, where nobody looks."""
    hooks = []
    for path in modules():
        for node in nodes_of(path):
            if isinstance(node, ast.ClassDef):
                hooks += [
                    f"{shown(path, part)} {node.name}.{part.name}"
                    for part in node.body
                    if isinstance(part, ast.FunctionDef)
                    and part.name in ("save", "delete", "save_base", "full_clean")
                    and any("Model" in name or "Guarded" in name or "Working" in name
                            for base in node.bases for name in chain(base))
                ]  # fmt: skip
            if isinstance(node, ast.ImportFrom) and node.module in (
                "django.db.models.signals",
                "django.dispatch",
            ):
                hooks.append(shown(path, node))
    assert hooks == []


def test_models_stay_in_their_room() -> None:
    leaks = []
    for path in modules():
        for node in nodes_of(path):
            if not isinstance(node, ast.ImportFrom | ast.Import):
                continue
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
            )
            for name in names:
                parts = name.split(".")
                is_models = len(parts) > 2 and parts[0] == "unbroken" and parts[2] == "models"
                if is_models and parts[1] not in (room_of(path), "ground"):
                    leaks.append(f"{shown(path, node)} {name}")
            if (
                isinstance(node, ast.ImportFrom)
                and (node.module or "").startswith("unbroken.")
                and any(alias.name == "models" for alias in node.names)
                and (node.module or "").split(".")[1] not in (room_of(path), "ground")
            ):
                leaks.append(f"{shown(path, node)} {node.module}.models")
    assert leaks == []
