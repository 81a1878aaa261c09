"""Requests that sleep: out of the lists, and back by themselves."""

from datetime import timedelta

from tests.console.desk import SOFIE, TIMO, Desk
from unbroken.console.models import DoneToMany
from unbroken.conversation import actions as record
from unbroken.conversation.actions.sleep import end_sleep
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries import next_waking, sleepers_due, ticket_facts
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.promise.measures import kinds

LIST = "/console/"


def listed(desk: Desk, who: str, words: str = "") -> str:
    """The list as somebody sees it."""
    return desk.client(who).get(LIST, {"q": words}).content.decode()


def last(ticket: TicketId) -> str:
    """What happened to it last."""
    return events_of([f"ticket:{ticket}"])[-1].kind


def test_a_request_that_sleeps_leaves_the_list_and_comes_back_marked(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "The lamp is dark")
    sofie = desk.client(SOFIE)
    sofie.get(f"/console/tickets/{ticket}")

    sofie.post(f"/console/tickets/{ticket}/sleep", {"until": "7days"})

    assert f"ticket-{ticket}" not in listed(desk, SOFIE)
    assert f"ticket-{ticket}" in listed(desk, SOFIE, "asleep")
    assert f"ticket-{ticket}" in listed(desk, SOFIE, "lamp"), "whoever looks for it finds it"
    due = next_waking()
    assert due is not None
    assert sleepers_due(at=due - timedelta(seconds=1)) == ()
    for one in sleepers_due(at=due):
        end_sleep(ticket_id=one, at=due)
    page = listed(desk, SOFIE)
    assert f"ticket-{ticket}" in page
    assert "data-back" in page
    sofie.get(f"/console/tickets/{ticket}")
    assert "data-back" not in listed(desk, SOFIE), "read, so it is news no more"


def test_the_customers_answer_wakes_it_unless_only_its_time_may(desk: Desk) -> None:
    both, only = desk.asks("Anneke de Wit", "one"), desk.asks("Anneke de Wit", "two")
    sofie = desk.client(SOFIE)
    sofie.post(f"/console/tickets/{both}/sleep", {"until": "answer", "asked": "1", "answer": "1"})
    sofie.post(f"/console/tickets/{only}/sleep", {"until": "7days", "asked": "1"})

    desk.writes("Anneke de Wit", both, "It is green again.")
    desk.writes("Anneke de Wit", only, "And you?")

    assert last(both) == "ticket.woken"
    assert last(only) == "ticket.message_added"
    facts = ticket_facts(only)
    assert facts is not None
    assert facts.sleep == "date"


def test_a_sleep_stops_no_promise_and_changes_no_state(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "The lamp is dark")
    before = ticket_facts(ticket)

    record.snooze_ticket(
        ticket_id=ticket, until=now() + timedelta(days=2), by=desk.by(SOFIE), at=now()
    )

    facts = ticket_facts(ticket)
    assert facts is not None
    assert before is not None
    assert (facts.status, facts.waiting_for) == (before.status, before.waiting_for)
    assert not kinds() & {"ticket.snoozed", "ticket.woken"}


def test_what_is_given_on_or_over_sleeps_no_more(desk: Desk) -> None:
    given, over = desk.asks("Anneke de Wit", "one"), desk.asks("Anneke de Wit", "two")
    for ticket in (given, over):
        record.snooze_ticket(ticket_id=ticket, until=None, by=desk.by(SOFIE), at=now())

    desk.client(SOFIE).post(f"/console/tickets/{given}/assignment", {"agent": desk.agents[TIMO]})
    record.resolve_ticket(ticket_id=over, by=desk.by(SOFIE), at=now())

    assert [ticket_facts(one).sleep for one in (given, over)] == ["", ""]  # type: ignore[union-attr]


def test_many_are_put_off_at_once_and_brought_back(desk: Desk) -> None:
    two = [desk.asks("Anneke de Wit", "one"), desk.asks("Bram Visser", "two")]
    sofie = desk.client(SOFIE)

    sofie.post("/console/many", {"ticket": two, "deed": "sleep:tomorrow"})

    assert [ticket_facts(one).sleep for one in two] == ["answer", "answer"]  # type: ignore[union-attr]
    sofie.post(f"/console/many/{DoneToMany.objects.latest('id').pk}/undo")
    assert [ticket_facts(one).sleep for one in two] == ["", ""]  # type: ignore[union-attr]


def test_a_time_that_has_passed_puts_nothing_to_sleep(desk: Desk) -> None:
    ticket = desk.asks("Anneke de Wit", "one")

    answer = desk.client(SOFIE).post(
        f"/console/tickets/{ticket}/sleep", {"until": "date", "picked": "2020-01-01T10:00"}
    )

    assert answer.status_code == 422
    assert "That time has passed already." in answer.content.decode()
