"""The write path and the guards behind it, on the record's own tables."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from unbroken.conversation import actions, queries
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.models import Message, TroubleTicket
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused, Untold, change
from unbroken.ground.log import events_of, words_of
from unbroken.ground.models import EventRow, Said

AT = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def a_ticket(name: str = "no sync") -> int:
    said = Incoming(author=HOUSE, channel="mail", words="the lamp is dark", at=AT)
    opening = Opening(name=name, channel="mail", reported_at=AT)
    return actions.acknowledge_ticket(opening, said, by=HOUSE, at=AT)[0]


def check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def kinds(ticket: int) -> list[str]:
    return [event.kind for event in events_of([f"ticket:{ticket}"])]


def test_a_ticket_is_numbered_and_its_words_are_kept_apart() -> None:
    ticket = a_ticket()

    check_now()
    assert ticket >= 100001
    message = Message.objects.get(ticket_id=ticket)
    assert words_of([message.words_id]) == {message.words_id: "the lamp is dark"}
    assert kinds(ticket) == ["ticket.acknowledged"]


def test_nothing_happened_writes_nothing() -> None:
    ticket = a_ticket()

    with change(TroubleTicket, ticket, by=HOUSE, at=AT):
        pass

    assert queries.ticket_facts(ticket).version == 1  # type: ignore[union-attr]


def test_a_change_without_a_word_is_a_bug() -> None:
    ticket = a_ticket()

    with pytest.raises(Untold), change(TroubleTicket, ticket, by=HOUSE, at=AT) as row:
        row.status = "held"


def test_a_change_inside_a_change_is_a_bug() -> None:
    ticket = a_ticket()

    with pytest.raises(Untold), change(TroubleTicket, ticket, by=HOUSE, at=AT):
        actions.start_work(ticket_id=ticket, by=HOUSE, at=AT)


def test_a_refusal_leaves_no_trace() -> None:
    ticket = a_ticket()

    with pytest.raises(Refused) as refusal, transaction.atomic():
        actions.resume_ticket(ticket_id=ticket, by=HOUSE, at=AT)

    assert refusal.value.key == "ticket.cannot_go"
    assert kinds(ticket) == ["ticket.acknowledged"]


def test_time_in_a_stream_never_runs_back() -> None:
    """A machine whose clock was set back must not write a story in the wrong order."""
    ticket = a_ticket()

    actions.start_work(ticket_id=ticket, by=HOUSE, at=AT - timedelta(hours=3))

    assert [event.at for event in events_of([f"ticket:{ticket}"])] == [AT, AT]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE trouble_ticket SET status = 'closed' WHERE id = {id}",
        "UPDATE trouble_ticket SET status = 'closed', version = version + 1 WHERE id = {id}",
        "DELETE FROM message WHERE ticket_id = {id}",
        "UPDATE message SET audience = 'customer' WHERE ticket_id = {id}",
        "UPDATE ground_said SET text = 'forged'",
        "INSERT INTO topic (key, names, position, active, version, changed_at)"
        " VALUES ('x', '{{}}', 0, true, 1, now())",
        "UPDATE ground_event SET kind = 'forged'",
        "DELETE FROM ground_event",
    ],
)
def test_the_database_refuses_what_bypasses_the_write_path(attempt: str) -> None:
    """A hurried script, a shell, a stolen database password with good intentions."""
    ticket = a_ticket()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempt.format(id=ticket))

    assert kinds(ticket) == ["ticket.acknowledged"]


def test_the_orm_is_refused_too() -> None:
    ticket = a_ticket()
    check_now()

    def refused(bypass: Callable[[], object]) -> None:
        with transaction.atomic():
            bypass()
            check_now()

    for bypass in (
        lambda: TroubleTicket.objects.filter(pk=ticket).update(name="x"),
        lambda: TroubleTicket.objects.get(pk=ticket).save(),
        lambda: Said.objects.all().delete(),
        lambda: EventRow.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError):
            refused(bypass)


@pytest.mark.django_db(transaction=True)
def test_an_event_of_yesterday_does_not_cover_a_change_of_today() -> None:
    """Pointing a child row at an older event of its stream must not pass."""
    ticket = a_ticket()

    with pytest.raises(IntegrityError):
        Message.objects.filter(ticket_id=ticket).update(version=1, audience="agents")


@pytest.mark.django_db(transaction=True)
def test_several_changes_of_one_ticket_in_one_transaction_pass() -> None:
    ticket = a_ticket()

    with transaction.atomic():
        actions.start_work(ticket_id=ticket, by=HOUSE, at=AT)
        actions.note_ticket(ticket_id=ticket, words="port reset", by=Actor.agent(1), at=AT)

    assert kinds(ticket) == ["ticket.acknowledged", "ticket.started", "ticket.noted"]
