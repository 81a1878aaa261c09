"""What can happen to a ticket, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from unbroken.conversation import actions, queries
from unbroken.conversation.actions.reply import HELD, Below
from unbroken.conversation.ids import MessageId, TicketId
from unbroken.conversation.incoming import Incoming, Opening, ReplyTo
from unbroken.conversation.loops import end_overdue_waits
from unbroken.conversation.models import Delivery, Message
from unbroken.conversation.states import DEFAULT_MATRIX
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.staffing import actions as staffing

AT = datetime(2026, 5, 24, 6, 5, tzinfo=UTC)
ANNEKE_AT_HOME = ReplyTo("mail", (("Anneke de Wit", "anneke@home.example"),))

pytestmark = pytest.mark.django_db


def hours(n: float) -> timedelta:
    return timedelta(hours=n)


def sofie() -> Actor:
    agent = staffing.hire_agent(name="Sofie", email="sofie@lindenhof.example", by=HOUSE, at=AT)
    return Actor.agent(agent)


def customer(name: str = "Anneke de Wit", email: str = "anneke@home.example") -> tuple[int, int]:
    owner = directory.register_customer(name=name, kind="household", by=HOUSE, at=AT)
    contact = directory.register_contact(name=name, email=email, customer_id=owner, by=HOUSE, at=AT)
    return owner, contact


def reports(
    words: str = "the lamp is dark", *, owner: tuple[int, int] | None = None, at: datetime = AT
) -> TicketId:
    contact = owner[1] if owner else None
    author = Actor.contact(contact) if contact else HOUSE
    opening = Opening(
        name="no sync",
        channel="mail",
        reported_at=at,
        contact_id=contact,
        contact_confirmed=True,
        customer_id=owner[0] if owner else None,
    )
    said = Incoming(author=author, channel="mail", words=words, at=at)
    return actions.acknowledge_ticket(opening, said, by=author, at=at)[0]


def writes(ticket: TicketId, words: str, at: datetime) -> MessageId:
    said = Incoming(author=HOUSE, channel="mail", words=words, at=at)
    return actions.add_message(ticket_id=ticket, said=said, by=HOUSE, at=at)


def story(ticket: int) -> list[str]:
    return [e.kind.removeprefix("ticket.") for e in events_of([f"ticket:{ticket}"])]


def status(ticket: int) -> str:
    facts = queries.ticket_facts(ticket)
    assert facts is not None
    return facts.status


def test_a_customers_answer_ends_the_wait_for_them() -> None:
    ticket = reports()

    actions.ask_customer(ticket_id=ticket, by=HOUSE, at=AT + hours(1))
    writes(ticket, "the DSL lamp", AT + hours(2))

    assert status(ticket) == "inProgress"
    assert story(ticket) == ["acknowledged", "customer_asked", "message_added", "customer_answered"]


def test_a_message_to_a_resolved_ticket_opens_it_again() -> None:
    ticket = reports()

    actions.resolve_ticket(ticket_id=ticket, by=HOUSE, at=AT + hours(1))
    writes(ticket, "it broke again", AT + hours(2))

    assert status(ticket) == "inProgress"
    assert story(ticket)[-2:] == ["message_added", "reopened"]


def test_a_wait_until_a_date_ends_on_that_date() -> None:
    ticket = reports()

    actions.hold_ticket(
        ticket_id=ticket, waiting_for="date", until=AT + hours(5), by=HOUSE, at=AT + hours(1)
    )
    end_overdue_waits()

    assert status(ticket) == "inProgress"
    assert story(ticket)[-1] == "resumed"


def test_holding_needs_a_stated_reason() -> None:
    with pytest.raises(Refused, match="what we are waiting for"):
        actions.hold_ticket(ticket_id=reports(), waiting_for="customer", by=HOUSE, at=AT)


@pytest.mark.parametrize(("impact", "urgency"), [tuple(cell.split("/")) for cell in DEFAULT_MATRIX])
def test_priority_follows_from_impact_and_urgency(impact: str, urgency: str) -> None:
    ticket = reports()

    actions.classify_ticket(ticket_id=ticket, impact=impact, urgency=urgency, by=HOUSE, at=AT)

    facts = queries.ticket_facts(ticket)
    assert facts is not None
    assert facts.priority == DEFAULT_MATRIX[f"{impact}/{urgency}"]


def test_the_matrix_is_the_operators() -> None:
    actions.edit_priorities(cells=DEFAULT_MATRIX | {"low/low": "critical"}, by=HOUSE, at=AT)
    ticket = reports()

    actions.classify_ticket(ticket_id=ticket, impact="low", urgency="low", by=HOUSE, at=AT)

    assert queries.ticket_facts(ticket).priority == "critical"  # type: ignore[union-attr]
    actions.edit_priorities(cells=dict(DEFAULT_MATRIX), by=HOUSE, at=AT)


def test_a_matrix_with_a_hole_is_refused() -> None:
    with pytest.raises(Refused, match="low/low"):
        actions.edit_priorities(
            cells={k: v for k, v in DEFAULT_MATRIX.items() if k != "low/low"}, by=HOUSE, at=AT
        )


def test_an_answer_waits_ten_seconds_and_can_be_taken_back() -> None:
    ticket, by = reports(), sofie()
    message, delivery = actions.reply(
        ticket_id=ticket, words="Port reset, please look.", goes_to=ANNEKE_AT_HOME, by=by, at=AT
    )

    words = actions.withdraw_reply(
        ticket_id=ticket, message_id=message, by=by, at=AT + timedelta(seconds=9)
    )

    assert words == "Port reset, please look."
    assert Delivery.objects.get(pk=delivery).state == "cancelled"
    assert queries.messages_of(ticket, for_customer=True)[-1].words == "the lamp is dark"
    assert queries.ticket_facts(ticket).answered_at is None  # type: ignore[union-attr]


def test_an_answer_that_is_on_its_way_cannot_be_taken_back() -> None:
    ticket, by = reports(), sofie()
    message, _delivery = actions.reply(
        ticket_id=ticket, words="Port reset.", goes_to=ANNEKE_AT_HOME, by=by, at=AT
    )

    with pytest.raises(Refused, match="Too late"):
        actions.withdraw_reply(
            ticket_id=ticket, message_id=message, by=by, at=AT + timedelta(seconds=14)
        )


def test_an_empty_answer_is_refused() -> None:
    with pytest.raises(Refused, match="nothing to send"):
        actions.reply(ticket_id=reports(), words=" \n", goes_to=None, by=HOUSE, at=AT)


def test_a_note_is_never_shown_to_the_customer() -> None:
    ticket = reports()

    actions.note_ticket(ticket_id=ticket, words="he shouts", by=sofie(), at=AT)

    assert "he shouts" not in [m.words for m in queries.messages_of(ticket, for_customer=True)]
    assert "he shouts" in [m.words for m in queries.messages_of(ticket)]


def test_merged_tickets_keep_both_numbers_and_go_on_in_one() -> None:
    owner = customer()
    first, second = reports(owner=owner), reports("and again", owner=owner)

    actions.merge_tickets(ticket_id=second, into_id=first, by=HOUSE, at=AT)

    assert queries.surviving(second) == first
    assert queries.merged_from(first) == (second,)
    assert [m.words for m in queries.messages_of(first, second)] == [
        "the lamp is dark",
        "and again",
    ]
    with pytest.raises(Refused, match=f"#{first}"):
        actions.reply(ticket_id=second, words="x", goes_to=None, by=HOUSE, at=AT)


def test_two_customers_tickets_are_never_merged() -> None:
    """A careless merge would show one customer the other's words."""
    mine = reports(owner=customer())
    theirs = reports(owner=customer("Bram", "bram@shop.example"))

    with pytest.raises(Refused, match="two customers"):
        actions.merge_tickets(ticket_id=mine, into_id=theirs, by=HOUSE, at=AT)


def test_a_split_message_begins_a_request_of_its_own() -> None:
    ticket = reports(owner=customer())
    message = writes(ticket, "and my bill is wrong", AT + hours(1))

    new = actions.split_ticket(
        ticket_id=ticket, message_id=message, name="wrong bill", by=HOUSE, at=AT + hours(2)
    )

    assert [m.words for m in queries.messages_of(new)] == ["and my bill is wrong"]
    assert [m.words for m in queries.messages_of(ticket)][-1] == "and my bill is wrong"
    assert [(link.other, link.relation) for link in queries.links_of(new)] == [
        (ticket, "split_from")
    ]


def test_resolving_a_parent_resolves_its_children() -> None:
    parent, child = reports(), reports()
    actions.relate_ticket(ticket_id=child, other_id=parent, relation="parent", by=HOUSE, at=AT)

    actions.resolve_ticket(ticket_id=parent, by=HOUSE, at=AT)
    drain()

    assert status(child) == "resolved"


def test_answering_a_parent_answers_each_child_once() -> None:
    parent, child = reports(), reports(owner=customer())
    actions.relate_ticket(ticket_id=child, other_id=parent, relation="parent", by=HOUSE, at=AT)

    message, _ = actions.reply(
        ticket_id=parent,
        words="The cable is repaired.",
        goes_to=None,
        below=Below(),
        by=sofie(),
        at=AT,
    )
    drain()
    for _again in range(2):  # a letter opened twice after a crash
        actions.pass_on_to_child(
            child_id=child, parent_message_id=message, goes_to=None, by=HOUSE, at=AT
        )

    told = [m for m in Message.objects.filter(ticket_id=child) if m.direction == "out"]
    assert len([m for m in told if m.kind == "message"]) == 1


def test_taking_back_the_parents_answer_takes_it_back_from_every_child() -> None:
    by, parent, child, early = sofie(), reports(), reports(owner=customer()), reports()
    drain()
    at = now()
    for one in (child, early):
        actions.relate_ticket(ticket_id=one, other_id=parent, relation="parent", by=HOUSE, at=at)
    actions.resolve_ticket(ticket_id=early, by=by, at=at)
    message, _ = actions.reply(
        ticket_id=parent, words="Repaired.", goes_to=None, below=Below(), by=by, at=at
    )
    actions.resolve_ticket(ticket_id=parent, by=by, at=at)
    drain()
    told = Message.objects.get(ticket_id=child, direction="out", kind="message")
    assert all(one.not_before >= at + HELD for one in told.deliveries.all())

    actions.withdraw_reply(ticket_id=parent, message_id=message, by=by, at=at)
    actions.reopen_ticket(ticket_id=parent, by=by, at=at)
    drain()

    told.refresh_from_db()
    assert told.withdrawn_at is not None
    assert (status(child), status(early)) == ("inProgress", "resolved")


def test_parents_never_form_a_circle() -> None:
    a, b, c = reports(), reports(), reports()
    actions.relate_ticket(ticket_id=b, other_id=a, relation="parent", by=HOUSE, at=AT)
    actions.relate_ticket(ticket_id=c, other_id=b, relation="parent", by=HOUSE, at=AT)

    with pytest.raises(Refused, match="below this request"):
        actions.relate_ticket(ticket_id=a, other_id=c, relation="parent", by=HOUSE, at=AT)


def test_one_ticket_gets_one_receipt() -> None:
    ticket = reports(owner=customer())

    for _again in range(2):
        actions.send_receipt(
            ticket_id=ticket,
            words="w",
            subject="s",
            goes_to=ANNEKE_AT_HOME,
            due_at=None,
            at=AT,
        )

    assert Delivery.objects.filter(ticket_id=ticket, kind="receipt").count() == 1


def test_assigning_to_the_same_hands_changes_nothing() -> None:
    ticket = reports()
    team = staffing.open_team(key="routers", name="Routers", by=HOUSE, at=AT)

    for _again in range(2):
        actions.assign_ticket(ticket_id=ticket, team_id=team, agent_id=None, by=HOUSE, at=AT)

    assert story(ticket).count("assigned") == 1


def test_tags_are_lower_case_and_told_once() -> None:
    ticket = reports()

    actions.tag_ticket(ticket_id=ticket, add=[" VIP ", "vip"], by=HOUSE, at=AT)
    actions.tag_ticket(ticket_id=ticket, add=["vip"], by=HOUSE, at=AT)

    assert queries.ticket_facts(ticket).tags == ("vip",)  # type: ignore[union-attr]
    assert story(ticket).count("tagged") == 1


def test_a_ticket_that_was_never_imported_cannot_be_adopted() -> None:
    with pytest.raises(Refused, match="ours already"):
        actions.adopt_ticket(ticket_id=reports(), by=HOUSE, at=AT)


def test_the_subject_of_a_third_party_never_names_what_the_customer_reads() -> None:
    """Attack: a carrier's mail is split off; its subject is the title on the customer's portal."""
    ticket = reports(owner=customer())
    said = Incoming(
        author=HOUSE, channel="mail", words="Between us.", at=AT + hours(1), audience="agents",
        kind="third_party", subject="This customer never pays",
    )  # fmt: skip
    message = actions.add_remark(ticket_id=ticket, said=said, by=HOUSE, at=AT + hours(1))

    new = actions.split_ticket(
        ticket_id=ticket, message_id=message, name="", by=HOUSE, at=AT + hours(2)
    )

    facts = queries.ticket_facts(new)
    assert facts is not None
    assert facts.name == "no sync"
