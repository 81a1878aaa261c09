"""The past enters the record whole, under its own dates, and sets nothing in motion."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from unbroken.conversation import actions, queries
from unbroken.conversation.events import TicketClosed
from unbroken.conversation.history import (
    PastMessage,
    PastMove,
    PastTicket,
    add_messages,
    relate_past_tickets,
    write_tickets,
)
from unbroken.conversation.incoming import FileIn, Incoming, Opening
from unbroken.conversation.models import Attachment, Message, TroubleTicket
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.history import Historian
from unbroken.ground.log import events_of
from unbroken.ground.models import Letter

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2019, 3, 4, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)


def said(words: str, *, hours: float = 0, by: Actor = HOUSE, **more: object) -> Incoming:
    at = LONG_AGO + timedelta(hours=hours)
    return Incoming(author=by, channel="mail", words=words, at=at, **more)  # type: ignore[arg-type]


def a_past_ticket(*messages: PastMessage, **more: object) -> PastTicket:
    opening = Opening(name="no sync", channel="mail", reported_at=LONG_AGO)
    return PastTicket(opening=opening, messages=messages, **more)  # type: ignore[arg-type]


def check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_past_ticket_stands_there_with_its_own_dates() -> None:
    letters = Letter.objects.count()

    (number,) = write_tickets(
        [
            a_past_ticket(
                PastMessage(said("the lamp is dark")),
                PastMessage(said("we changed the card", hours=2), "out"),
                PastMessage(said("thanks", hours=3)),
                moves=(PastMove(TicketClosed(), LONG_AGO + timedelta(days=9)),),
                status="closed",
                closed_at=LONG_AGO + timedelta(days=9),
            )
        ],
        historian=Historian(),
    )

    check_now()
    log = events_of([f"ticket:{number}"])
    assert [(event.kind, event.version, event.imported) for event in log] == [
        ("ticket.acknowledged", 1, True),
        ("ticket.replied", 2, True),
        ("ticket.message_added", 3, True),
        ("ticket.closed", 4, True),
    ]
    assert log[0].at == LONG_AGO
    assert [message.words for message in queries.messages_of(number)] == [
        "the lamp is dark", "we changed the card", "thanks",
    ]  # fmt: skip
    ticket = TroubleTicket.objects.get(pk=number)
    assert (ticket.version, ticket.created_at, ticket.imported) == (4, LONG_AGO, True)
    assert ticket.answered_at == LONG_AGO + timedelta(hours=2)
    assert Letter.objects.count() == letters


def test_many_tickets_get_ascending_numbers() -> None:
    many = [a_past_ticket(PastMessage(said(f"mail {n}"))) for n in range(50)]

    numbers = write_tickets(many, historian=Historian(at_once=7))

    check_now()
    assert numbers == sorted(set(numbers))


def test_who_takes_part_is_told_once() -> None:
    anneke = directory.register_contact(name="Anneke", email="a@home.example", by=HOUSE, at=NOW)
    bram = directory.register_contact(name="Bram", email="b@shop.example", by=HOUSE, at=NOW)
    joins = ((bram, "third", False),)

    (number,) = write_tickets(
        [
            PastTicket(
                opening=Opening(
                    name="no sync", channel="mail", reported_at=LONG_AGO, contact_id=anneke
                ),
                messages=(
                    PastMessage(said("dark", by=Actor.contact(anneke))),
                    PastMessage(said("here too", hours=1, kind="third_party"), joins=joins),
                    PastMessage(said("still", hours=2, kind="third_party"), joins=joins),
                ),
            )
        ],
        historian=Historian(),
    )

    check_now()
    assert {(one.contact_id, one.role) for one in queries.participants_of(number)} == {
        (anneke, "reporter"), (bram, "third"),
    }  # fmt: skip
    kinds = [event.kind for event in events_of([f"ticket:{number}"])]
    assert kinds.count("ticket.participant_joined") == 1


def test_more_of_the_past_joins_a_ticket_that_lives() -> None:
    """Its time does not run backwards, its state stays, the message keeps its own date."""
    opening = Opening(name="no sync", channel="mail", reported_at=NOW)
    number, _ = actions.acknowledge_ticket(
        opening, Incoming(author=HOUSE, channel="mail", words="today", at=NOW), by=HOUSE, at=NOW
    )

    add_messages(ticket_id=number, messages=[PastMessage(said("long ago"))], historian=Historian())

    check_now()
    assert [message.words for message in queries.messages_of(number)] == ["long ago", "today"]
    log = events_of([f"ticket:{number}"])
    assert [(event.version, event.at, event.imported) for event in log] == [
        (1, NOW, False), (2, NOW, True),
    ]  # fmt: skip
    assert not TroubleTicket.objects.get(pk=number).imported


def test_links_of_the_past_stand_once() -> None:
    one, other = write_tickets(
        [a_past_ticket(PastMessage(said(w))) for w in ("one", "other")], historian=Historian()
    )

    for pair in ((one, other), (one, other), (other, one)):
        relate_past_tickets([pair], historian=Historian())

    check_now()
    assert [link.other for link in queries.links_of(one)] == [other]


def test_an_adopted_ticket_goes_on_like_any_other() -> None:
    (number,) = write_tickets([a_past_ticket(PastMessage(said("dark")))], historian=Historian())

    actions.adopt_ticket(ticket_id=number, by=HOUSE, at=NOW)
    actions.start_work(ticket_id=number, by=HOUSE, at=NOW)

    check_now()
    assert [(e.kind, e.imported) for e in events_of([f"ticket:{number}"])][1:] == [
        ("ticket.adopted", False), ("ticket.started", False),
    ]  # fmt: skip


def test_files_are_kept_with_their_bytes() -> None:
    file = FileIn("log.txt", "text/plain", 3, b"\0" * 32, data=b"abc")

    (number,) = write_tickets(
        [a_past_ticket(PastMessage(said("see \0 log", files=(file,))))], historian=Historian()
    )

    check_now()
    assert Attachment.objects.get(ticket_id=number).blob_id is not None


def test_the_guards_watch_history_too() -> None:
    """Accident: a message put into the book without its event."""
    historian = Historian()
    with historian.book() as book:
        (number,) = write_tickets([a_past_ticket(PastMessage(said("dark")))], historian=historian)
        book.put_child(
            Message(
                ticket_id=number, direction="in", audience="customer", author="house",
                channel="mail", at=NOW,
            ),
            stream=f"ticket:{number}",
            version=99,
        )  # fmt: skip

    with pytest.raises(IntegrityError, match="without its event"):
        check_now()
