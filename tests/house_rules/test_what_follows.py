"""The page that tells what follows from what is true today."""

import pytest

from unbroken.ground.events import KINDS
from unbroken.ground.letters import BOXES
from unbroken.house.commands.what_follows import PAGE
from unbroken.house.what_follows import consequences, page


def test_the_page_in_the_docs_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run ./bin/what-follows --write"


def test_every_reaction_says_what_it_does_and_listens_to_events_that_exist() -> None:
    ours = [one for one in BOXES.listeners if one.react.__module__.startswith("unbroken.")]

    for listener in ours:
        assert listener.react.__doc__, f"{listener.react.__qualname__} has no docstring"
        unknown = listener.kinds - KINDS.keys()
        assert not unknown, f"{listener.react.__qualname__} waits for {sorted(unknown)}"


def test_rooms_react_from_the_ground_up() -> None:
    found = [one.room for one in consequences("ticket.acknowledged")]

    assert found.index("conversation") < found.index("routing")
    assert consequences("no.such_event") == []


@pytest.mark.parametrize("kind", ["ticket.acknowledged", "intake.taken"])
def test_the_page_names_what_keeps_the_desk_going(kind: str) -> None:
    assert f"## {kind}\n" in page()
