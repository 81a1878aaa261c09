"""Letters: exactly once, in order, each charged for its own failure."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from unbroken.conversation import actions
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.ground import letter_rows, letters, postman
from unbroken.ground.actor import HOUSE
from unbroken.ground.events import LoggedEvent
from unbroken.ground.letters import Boxes, Listener
from unbroken.ground.log import events_of
from unbroken.ground.models import Letter

AT = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The process is gone in the middle of a letter: nothing of ours runs any more."""


@dataclass
class Room:
    """A listening room that can be told to fail on some tickets."""

    heard: list[tuple[str, str]]
    fails_on: set[str]
    killed_on: set[str] = field(default_factory=set)

    def react(self, event: LoggedEvent, *, at: datetime) -> None:
        if event.stream in self.killed_on:
            raise Killed
        if event.stream in self.fails_on:
            raise ValueError("a bug in the room")
        self.heard.append((event.stream, event.kind))


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    listening = Room([], set())
    boxes = Boxes()
    kinds = frozenset({"ticket.acknowledged", "ticket.started", "ticket.noted"})
    boxes.add(Listener("room", kinds, listening.react))
    for module in (letters, postman):
        monkeypatch.setattr(module, "BOXES", boxes)
    for bound in ("PREPARE_SECONDS", "BATCH_SECONDS"):  # a slow machine makes no smaller batches
        monkeypatch.setattr(postman, bound, 60.0)
    return listening


def a_ticket() -> int:
    said = Incoming(author=HOUSE, channel="mail", words="dark", at=AT)
    opening = Opening(name="no sync", channel="mail", reported_at=AT)
    return actions.acknowledge_ticket(opening, said, by=HOUSE, at=AT)[0]


def start(ticket: Any) -> None:
    actions.start_work(ticket_id=ticket, by=HOUSE, at=AT)


def test_every_letter_is_opened_once_in_the_order_of_its_stream(room: Room) -> None:
    one, two = a_ticket(), a_ticket()
    start(two)
    start(one)

    assert postman.empty_box("room") == 4
    assert postman.empty_box("room") == 0

    for ticket in (one, two):
        own = [kind for stream, kind in room.heard if stream == f"ticket:{ticket}"]
        assert own == ["ticket.acknowledged", "ticket.started"]


def test_a_batch_ends_with_its_time_and_the_rest_is_opened_next(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An agent's answer waits for a ticket that a long batch holds: no batch may be long."""
    monkeypatch.setattr(postman, "BATCH_SECONDS", 0.0)
    one, two = a_ticket(), a_ticket()

    assert postman.empty_box("room") == 1
    assert room.heard == [(f"ticket:{one}", "ticket.acknowledged")]
    assert postman.empty_box("room") == 1
    assert postman.empty_box("room") == 0

    assert [stream for stream, _ in room.heard] == [f"ticket:{one}", f"ticket:{two}"]


def test_a_change_that_is_undone_posts_no_letter(room: Room) -> None:
    def changes_its_mind() -> None:
        with transaction.atomic():
            a_ticket()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        changes_its_mind()

    assert Letter.objects.count() == 0


def test_a_failing_letter_keeps_only_its_own_stream_waiting(room: Room) -> None:
    bad, good = a_ticket(), a_ticket()
    start(bad)
    start(good)
    room.fails_on = {f"ticket:{bad}"}

    postman.empty_box("room")

    assert [stream for stream, _ in room.heard] == [f"ticket:{good}"] * 2
    assert Letter.objects.filter(stream=f"ticket:{bad}").count() == 2


def test_a_letter_that_failed_three_times_is_parked_and_can_be_tried_again(room: Room) -> None:
    bad = a_ticket()
    room.fails_on = {f"ticket:{bad}"}
    for _attempt in range(letters.ATTEMPTS):
        postman.empty_box("room")
        Letter.objects.update(not_before=None)
    parked = Letter.objects.get()
    assert parked.parked_at is not None
    assert "a bug in the room" in (parked.error or "")
    start(bad)
    assert postman.empty_box("room") == 0

    room.fails_on = set()
    postman.retry_letter(parked.pk)
    postman.empty_box("room")
    postman.empty_box("room")

    assert [kind for _, kind in room.heard] == ["ticket.acknowledged", "ticket.started"]


def test_giving_a_letter_up_is_on_record(room: Room) -> None:
    bad = a_ticket()
    room.fails_on = {f"ticket:{bad}"}
    for _attempt in range(letters.ATTEMPTS):
        postman.empty_box("room")
        Letter.objects.update(not_before=None)

    postman.skip_letter(Letter.objects.get().pk, by=HOUSE, at=AT)

    assert Letter.objects.count() == 0
    assert [event.kind for event in events_of(["house"])] == ["house.letter_skipped"]


def test_after_a_cut_off_batch_letters_are_opened_one_by_one(room: Room) -> None:
    """The process was killed in the middle of a batch: each attempt is noted beforehand."""
    a_ticket()
    letter_rows.note_batch("room", is_open=True)

    assert postman.empty_box("room") == 1
    assert Letter.objects.count() == 0
    assert not letter_rows.was_interrupted("room")


def test_a_kill_in_its_hands_is_not_a_letters_own_failure(room: Room) -> None:
    """Accident: the power fails three times in a row, each time while the same letter is open.

    It is tried again after a pause; the next one of its stream waits for it, the others do not.
    """
    unlucky, other = a_ticket(), a_ticket()
    start(unlucky)
    for kill in range(1, 4):
        room.killed_on = {f"ticket:{unlucky}"}
        letter_rows.note_batch("room", is_open=kill == 1)
        with pytest.raises(Killed):
            postman.empty_box("room")
        first = Letter.objects.order_by("event_id")[0]
        assert (first.deaths, first.attempts, first.parked_at) == (kill, 0, None)
        assert first.not_before is not None
        room.killed_on = set()
        postman.empty_box("room")
        assert [stream for stream, _kind in room.heard] == [f"ticket:{other}"]
        Letter.objects.filter(deaths__gt=0).update(not_before=None)

    postman.empty_box("room")
    postman.empty_box("room")

    assert [kind for _, kind in room.heard[1:]] == ["ticket.acknowledged", "ticket.started"]
    assert Letter.objects.count() == 0


def test_a_letter_of_which_everybody_dies_alone_is_parked(room: Room) -> None:
    """A mail that makes a C library crash must not stop the box for ever."""
    deadly, other = a_ticket(), a_ticket()
    room.killed_on = {f"ticket:{deadly}"}
    with pytest.raises(Killed):  # the batch dies, and nothing is known of whom it was
        postman.empty_box("room")
    for _death in range(postman.DEATHS):
        with pytest.raises(Killed):
            postman.empty_box("room")
        Letter.objects.update(not_before=None)

    postman.empty_box("room")
    postman.empty_box("room")

    assert [stream for stream, _kind in room.heard] == [f"ticket:{other}"]
    parked = Letter.objects.get()
    assert parked.parked_at is not None
    assert "died" in (parked.error or "")


def test_behind_a_letter_that_fails_alone_its_stream_waits(room: Room) -> None:
    bad = a_ticket()
    start(bad)
    room.fails_on = {f"ticket:{bad}"}
    letter_rows.note_batch("room", is_open=True)

    postman.empty_box("room")

    assert [letter.attempts for letter in Letter.objects.order_by("event_id")] == [1, 0]
