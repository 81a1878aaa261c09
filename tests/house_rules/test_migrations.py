"""Migrations: named by hand, typed by phase, free of our own code, and complete."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house_rules.source import UNBROKEN, migrations, tree_of

every_migration = pytest.mark.parametrize(
    "path", migrations(), ids=lambda path: str(path.relative_to(UNBROKEN))
)


@every_migration
def test_a_migration_is_named_by_hand(path: Path) -> None:
    assert re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", path.stem)
    assert "_auto_" not in path.stem


@every_migration
def test_a_migration_says_its_phase_whether_old_code_may_run_and_how_to_undo(path: Path) -> None:
    told = ast.get_docstring(tree_of(path)) or ""

    assert re.match(r"(Expand|Move|Contract): \S", told)
    assert "Safe while" in told
    assert "\nUndo: " in told


@every_migration
def test_a_migration_imports_nothing_of_ours_but_the_guards(path: Path) -> None:
    ours = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unbroken")
        for alias in node.names
    }
    assert ours <= {"unbroken.ground.guard"}


@every_migration
def test_a_migration_moves_no_data(path: Path) -> None:
    """Data and DDL do not mix under deferred guards: rows move by `ground.refit`."""
    names = {node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)}
    assert "RunPython" not in names


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)
