"""Migrations: named by hand, typed by phase, free of our own code, and complete."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house_rules.source import migrations, nodes_of, tree_of


def test_a_migration_is_named_by_hand() -> None:
    for path in migrations():
        assert re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", path.stem), path
        assert "_auto_" not in path.stem, path


def test_a_migration_says_its_phase_whether_old_code_may_run_and_how_to_undo() -> None:
    for path in migrations():
        told = ast.get_docstring(tree_of(path)) or ""

        assert re.match(r"(Expand|Move|Contract): \S", told), path
        assert "Safe while" in told, path
        assert "\nUndo: " in told, path


def test_a_migration_imports_nothing_of_ours_but_the_guards() -> None:
    for path in migrations():
        ours = {
            f"{node.module}.{alias.name}"
            for node in nodes_of(path)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unbroken")
            for alias in node.names
        }
        assert ours <= {"unbroken.ground.guard"}, path


def test_a_migration_moves_no_data() -> None:
    """Data and DDL do not mix under deferred guards: rows move by `ground.refit`."""
    for path in migrations():
        names = {node.attr for node in nodes_of(path) if isinstance(node, ast.Attribute)}
        assert "RunPython" not in names, path


BUILT_BEFORE_THE_FIRST_RELEASE = {
    "conversation/0002_lists_read_from_an_index",
    "conversation/0003_tickets_that_sleep",
    "conversation/0004_mentions_and_shared_drafts",
    "evidence/0007_silences",  # of ranges of blocks, on a partitioned table
    "knowledge/0002_versions_search_use_and_canned_answers",
}
"""They lock while they build, five seconds at most (`house.schema`), on desks older than a release
that never was. A migration that ran is not rewritten; the list never grows."""


OF_SMALL_TABLES = {"promise/0004_targets_by_topic"}
"""Tables that an operator fills by hand, so that there is nothing to wait for: objectives."""


def test_an_index_on_a_table_that_may_be_large_is_built_while_everybody_works_on() -> None:
    """Accident: an upgrade at noon keeps every agent from writing until a million rows are read."""
    blocking = {f"{path.parts[-3]}/{path.stem}" for path in migrations() if _blocks(path)}

    assert blocking <= BUILT_BEFORE_THE_FIRST_RELEASE | OF_SMALL_TABLES


def test_a_migration_leaves_the_limits_of_time_to_whoever_upgrades() -> None:
    """Accident: what it sets holds for all that come after it. `guard.unhurried` puts it back."""
    setting = {
        str(path) for path in migrations() if re.search(r"\bSET \w*_timeout", path.read_text())
    }

    assert not setting


def _blocks(path: Path) -> bool:
    calls = [node for node in nodes_of(path) if isinstance(node, ast.Call)]
    made = {_said(call, "name").lower() for call in calls if _verb(call) == "CreateModel"}
    is_built = any(
        _verb(call) in ("AddIndex", "AddConstraint")
        and _said(call, "model_name").lower() not in made
        and (_verb(call) == "AddIndex" or "UniqueConstraint" in ast.unparse(call))
        for call in calls
    )
    written = {
        table.lower()
        for node in nodes_of(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for table in re.findall(
            r"CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)\S+\s+ON (\w+)", node.value
        )
    }
    tables = {ast.unparse(call).lower() for call in calls if _verb(call) == "CreateModel"}
    return is_built or any(not any(f"'{name}'" in one for one in tables) for name in written)


def _verb(call: ast.Call) -> str:
    return getattr(call.func, "attr", "")


def _said(call: ast.Call, name: str) -> str:
    found = (one.value for one in call.keywords if one.arg == name)
    return next((one.value for one in found if isinstance(one, ast.Constant)), "")


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)
