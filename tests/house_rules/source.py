"""Our own source, as the house rules read it: files, syntax trees, models."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).parents[2]
UNBROKEN = ROOT / "unbroken"


@cache
def modules() -> tuple[Path, ...]:
    """Every module of ours that runs in the desk."""
    return tuple(path for path in sorted(UNBROKEN.rglob("*.py")) if "__pycache__" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    """A module as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Everything in a module's tree, walked once for all rules."""
    return tuple(ast.walk(tree_of(path)))


def room_of(path: Path) -> str:
    """The room that a file of ours lies in."""
    return path.relative_to(UNBROKEN).parts[0]


def shown(path: Path, node: ast.AST) -> str:
    """Where something stands, for the person who has to mend it."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def our_models() -> list[type[Model]]:
    """Every table of ours."""
    return [model for model in apps.get_models() if model.__module__.split(".")[0] == UNBROKEN.name]


def migrations() -> list[Path]:
    """Every migration of ours."""
    return [path for path in modules() if path.parent.name == "migrations" and path.stem[0] == "0"]


def committed() -> Iterator[Path]:
    """Every file that is, or is about to be, part of the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if name and path.is_file():
            yield path


def called(node: ast.Call) -> str:
    """The last name of what is called: `update` in `a.b.update(…)`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def chain(node: ast.expr) -> list[str]:
    """Every name on the way to an expression: `Model.objects.filter(…)` has three."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        else:
            if isinstance(node, ast.Name):
                names.append(node.id)
            return names[::-1]
