"""Whatever can be set stands on one page, and nothing leaks where it was written."""

import ast
import re
from pathlib import Path

from tests.house_rules.source import ROOT, UNBROKEN, committed, modules, nodes_of, shown, tree_of
from unbroken.house.cli import all_commands
from unbroken.house.setting_list import SETTINGS

INTERNAL = {"UNBROKEN_CLOCK_EPOCH", "UNBROKEN_NEEDS_BROWSER"}
"""Told by one process of a desk to another; nobody sets it."""

_VARIABLE = re.compile(r"\bUNBROKEN_[A-Z][A-Z_]*[A-Z]\b")


def test_every_setting_that_is_used_is_explained() -> None:
    known = {setting.name for setting in SETTINGS} | INTERNAL
    strangers = []
    for path in modules():
        for node in nodes_of(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for name in _VARIABLE.findall(node.value):
                    if name not in known and not name.startswith("UNBROKEN_TEST_"):
                        strangers.append(f"{shown(path, node)} {name}")
    assert strangers == []


def test_the_scripts_use_no_setting_that_is_not_explained() -> None:
    known = {setting.name for setting in SETTINGS} | INTERNAL
    used = {
        name
        for path in (ROOT / "bin").iterdir()
        for name in _VARIABLE.findall(path.read_text(encoding="utf-8"))
        if not name.startswith("UNBROKEN_TEST_")
    }
    assert used - known == set()


def test_a_setting_says_in_a_sentence_what_it_is_for() -> None:
    for setting in SETTINGS:
        assert setting.meaning.endswith((".", "…")), setting.name
        assert setting.meaning[0].isupper() or setting.meaning[0].isdigit(), setting.name


def test_every_command_says_what_it_does() -> None:
    for command in all_commands():
        assert command.help, command.name
        assert not command.help.endswith(".")
        assert ast.get_docstring(tree_of(UNBROKEN.parent / _file(command.module))), command.name


def _file(module: str) -> Path:
    return Path(*module.split(".")).with_suffix(".py")


# Written in halves, so that this page is not its own first finding.
FORBIDDEN = re.compile(
    "|".join(
        (
            "/wo" + r"rk/(?:main|shared|\.library)",
            "/ro" + "ot/",
            "/home/(?!page)" + r"[a-z]+/",
            "py" + r"pi\.org",
            "files\\.python" + "hosted",
            "index-" + "url=",
            "\\b(?:cla"
            + "ude|anth"
            + "ropic|chat"
            + "gpt|open"
            + "ai|co"
            + "pilot|ge"
            + "mini)\\b",
        )
    ),
    re.IGNORECASE,
)
READ_BYTES_MAX = 2_000_000


def test_no_file_names_the_machine_or_the_tools_it_was_written_with() -> None:
    found = []
    for path in committed():
        if path.stat().st_size > READ_BYTES_MAX:
            continue
        text = path.read_bytes()
        if b"\0" in text[:8000]:
            continue
        for number, line in enumerate(text.decode("utf-8", "replace").splitlines(), 1):
            if FORBIDDEN.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number} {line.strip()[:100]}")
    assert found == []
