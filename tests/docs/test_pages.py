"""The pages are true: fresh where they speak of code, no dead links, no commands that are gone."""

import argparse
import re
from typing import get_args

import pytest

from tests.docs.blocks import blocks_in, every_command, fill, listeners, rooms
from tests.docs.pages import (
    DOCS,
    Typed,
    anchors,
    commands,
    links,
    name_of,
    pages,
    text_of,
)
from unbroken.ground.events import KINDS
from unbroken.house import cli
from unbroken.house.doctor import WITHOUT_DATABASE
from unbroken.house.environment import CHECKOUT
from unbroken.house.setting_list import BY_NAME
from unbroken.house.watch import all_loops
from unbroken.intake.channels import channels
from unbroken.intake.inbound import HeldReason
from unbroken.promise.measures import all_measures

WRITE = "write it anew with `.venv/bin/python -m tests.docs`"


# ── what stands on each page ──────────────────────────────────────────────────


def test_what_a_page_takes_from_the_code_is_fresh() -> None:
    stale = [name_of(page) for page in pages() if fill(text_of(page)) != text_of(page)]

    assert stale == [], WRITE


def test_every_link_leads_somewhere() -> None:
    every = [(page, to) for page in pages() for _is_picture, to in links(page)]
    for page, to in every:
        if re.match(r"[a-z]+:", to):
            continue
        place, _hash, anchor = to.partition("#")
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), f"{name_of(page)} links to {to}"
        if anchor:
            assert anchor in anchors(target), f"{name_of(page)} links to {to}"


def test_every_command_on_a_page_can_be_typed() -> None:
    """Accident: a command is renamed, and newcomers type what a page says."""
    every = [(name_of(page), typed) for page in pages() for typed in commands(page)]
    found = [(page, typed.line, problem_with(typed)) for page, typed in every]

    assert [one for one in found if one[2] is not None] == []


FOR_TESTS = ("UNBROKEN_TEST_", "UNBROKEN_NEEDS_", "UNBROKEN_PICTURES", "UNBROKEN_SCREENS")


def test_every_setting_on_a_page_exists() -> None:
    told = {
        name: page for page in pages() for name in re.findall(r"UNBROKEN_[A-Z_]+", text_of(page))
    }
    for name, page in told.items():
        if not name.startswith(FOR_TESTS):
            assert name in BY_NAME, f"{name_of(page)} speaks of {name}"


# ── that nothing is missing ───────────────────────────────────────────────────


def test_every_command_has_its_place() -> None:
    told = {name for kind, name in blocks_in(text_of(DOCS / "commands.md")) if kind == "command"}

    assert {command.name for command in every_command()} == told, WRITE


def test_every_setting_is_listed() -> None:
    headings = re.findall(r"^### (\w+)$", text_of(DOCS / "settings.md"), re.M)

    assert headings == list(BY_NAME), WRITE


def test_every_kind_of_event_is_listed() -> None:
    told = set(re.findall(r"^\| `([a-z_.]+)` \|", text_of(DOCS / "events.md"), re.M))

    assert set(KINDS) == told, f"a room is missing from docs/events.md, or {WRITE}"


def test_every_channel_and_measure_is_listed() -> None:
    channel_page, promise_page = DOCS / "channels.md", DOCS / "rooms" / "promise.md"

    assert all(f"| `{key}` |" in text_of(channel_page) for key in channels())
    assert all(f"| `{key}` |" in text_of(promise_page) for key in all_measures())


def test_every_reason_to_hold_a_file_apart_is_in_words() -> None:
    reasons = re.findall(r"^\| `(\w+)` \| (.*) \|$", text_of(DOCS / "mail.md"), re.M)

    assert {reason for reason, _words in reasons} >= set(get_args(HeldReason))
    assert all(words for _reason, words in reasons)


@pytest.mark.parametrize("room", rooms())
def test_every_room_has_a_page_that_says_what_why_and_never(room: str) -> None:
    page = DOCS / "rooms" / f"{room}.md"

    assert page.is_file(), f"docs/rooms/{room}.md is missing"
    text = text_of(page)
    assert text.startswith(f"# {room}\n")
    assert re.findall(r"^## (What|Why|Never)$", text, re.M) == ["What", "Why", "Never"]
    assert ("tables", room) in blocks_in(text)
    assert not listeners(room) or ("reactions", room) in blocks_in(text)


@pytest.mark.parametrize("room", rooms())
def test_every_file_that_a_room_page_names_is_there(room: str) -> None:
    _before, _title, rest = text_of(DOCS / "rooms" / f"{room}.md").partition("## Where to look")
    cells = re.findall(r"^\| (`[^|]+`) \|", rest.partition("\n## ")[0], re.M)

    for name in re.findall(r"`([^`]+)`", " ".join(cells)):
        assert list((CHECKOUT / "unbroken" / room).glob(name)), f"{room} has no {name}"


def test_no_page_speaks_of_a_room_that_is_gone() -> None:
    assert {page.stem for page in (DOCS / "rooms").glob("*.md")} == set(rooms())


def test_every_page_is_reached_from_the_first() -> None:
    reached = {CHECKOUT / "README.md"}
    waiting = list(reached)
    while waiting:
        page = waiting.pop()
        found = {(page.parent / to.partition("#")[0]).resolve() for _, to in links(page)}
        new = {one for one in found if one.suffix == ".md" and one.is_file()} - reached
        reached |= new
        waiting += new

    lonely = {page for page in pages() if page.parent.name != "decisions"} - reached
    lonely -= {DOCS / "performance.md"}  # written by the benchmark, wherever it was run last
    assert not lonely, [name_of(page) for page in lonely]


def test_every_loop_and_every_line_of_the_doctor_is_explained() -> None:
    text = text_of(DOCS / "operating.md")

    for name in [loop.name for loop in all_loops()] + [*WITHOUT_DATABASE, *WITH_DATABASE]:
        assert f"| `{name}` |" in text, f"docs/operating.md does not explain {name}"


WITH_DATABASE = ("database", "migrations", "letters", "jobs", "loops", "mailboxes", "promises")


def test_the_first_page_shows_pictures_that_the_browser_tests_make() -> None:
    shown = re.findall(r"docs/images/([\w-]+)-(\w+)\.png", text_of(CHECKOUT / "README.md"))
    made = "".join(path.read_text() for path in (CHECKOUT / "tests" / "browser").glob("*.py"))
    there = {path.name for path in (DOCS / "images").iterdir()}

    assert there == {f"{name}-{look}.png" for name, look in shown}
    for name, look in shown:
        makes = rf'pictures\(page, "{name}",[^)]*"{look}"'
        assert re.search(makes, made), f"no browser test makes {name}-{look}"


def test_the_example_for_newcomers_is_a_true_test(town: object) -> None:
    text = text_of(CHECKOUT / "CONTRIBUTING.md")
    example = re.search(r"```python\n(def test_\w+\(town: Town\).*?)```", text, re.S)
    assert example is not None

    names: dict[str, object] = {"Town": type(town)}
    exec(example[1], names)
    (test,) = [thing for name, thing in names.items() if name.startswith("test_")]
    test(town)  # type: ignore[operator]


# ── what a command may look like ──────────────────────────────────────────────


def problem_with(typed: Typed) -> str | None:
    """Why nobody could type this; None when they could."""
    program, *rest = typed.words
    if program.startswith("./bin/"):
        script = CHECKOUT / program
        if not script.is_file():
            return f"there is no {program}"
        implied = {"run": "up", "dev": "up", "town": "town", "what-follows": "what-follows"}
        if script.name == "unbroken":
            program = "unbroken"
        elif script.name in implied:
            program, rest = "unbroken", [*implied[script.name].split(), *rest]
    if program != "unbroken" or not rest or rest[0] in ("…", "help", "COMMAND"):
        return None
    command, more = cli.choose(every_command(), rest)
    if command is None:
        is_group = any(one.words[0] == rest[0] for one in every_command())
        return None if is_group and len(rest) == 1 else f"there is no command {rest[0]}"
    known = options_of(command)
    strange = [word for word in more if word.startswith("--") and word.split("=")[0] not in known]
    return f"{command.name} has no option {strange[0]}" if strange else None


def options_of(command: cli.Command) -> set[str]:
    """Every option of a command, those of its inner words too."""
    parser = argparse.ArgumentParser()
    command.load().add_arguments(parser)
    found: set[str] = set()
    waiting = [parser]
    while waiting:
        for action in waiting.pop()._actions:
            found.update(action.option_strings)
            if isinstance(action, argparse._SubParsersAction):
                waiting += action.choices.values()
    return found


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("unbroken", "doctor", "--json"), None),
        (("./bin/run", "--empty", "--detach"), None),
        (("unbroken", "import", "mail", "a.mbox", "--adopt"), None),
        (("unbroken", "clock", "due", "--seconds", "1"), None),
        (("unbroken", "mailbox"), None),
        (("unbroken", "dance"), "there is no command dance"),
        (("unbroken", "doctor", "--loudly"), "doctor has no option --loudly"),
        (("./bin/dance",), "there is no ./bin/dance"),
    ],
)
def test_a_command_that_cannot_be_typed_is_found(
    words: tuple[str, ...], problem: str | None
) -> None:
    assert problem_with(Typed(words, "")) == problem
