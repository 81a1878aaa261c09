"""Templates: what a layout sets for itself takes no word away from the pages that stand in it."""

import re

from tests.house_rules.source import UNBROKEN

TEMPLATES = sorted(UNBROKEN.glob("*/templates/**/*.html"))
EXTENDS = re.compile(r'\{%-? extends "([^"]+)"')
SETS = re.compile(r"\{%-? set (\w+)")


def test_a_layout_sets_names_that_no_page_is_handed() -> None:
    """Accident: a calendar's holidays stood unticked and were lost with the next click on "Keep",
    since the base page had put the colours of the page under the same name."""
    texts = {str(path): path.read_text(encoding="utf-8") for path in TEMPLATES}
    layouts = {name for text in texts.values() for name in EXTENDS.findall(text)}
    wrong = {
        path: names
        for path, text in texts.items()
        if path.endswith(tuple(layouts))
        and (names := [one for one in SETS.findall(text) if not one.startswith("base_")])
    }

    assert layouts
    assert wrong == {}, "begin the name with base_"
