"""What `docs/habits.md` promises is proved by tests that exist."""

import re

from tests.docs.pages import DOCS
from tests.house_rules.source import ROOT

NAMED = re.compile(r"`(test_\w+)`")


def test_every_habit_is_proved_by_tests_that_exist() -> None:
    page = (DOCS / "habits.md").read_text()
    rows = [line for line in page.splitlines() if line.startswith("| **")]
    code = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))

    assert rows
    assert [row for row in rows if not NAMED.search(row)] == []
    assert [name for name in NAMED.findall(page) if f"def {name}(" not in code] == []
