"""The line is judged before a request reaches a queue; nobody waits for the look."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.evidence.test_named_case import hand_in
from town.network import named
from unbroken.conversation import actions as record
from unbroken.conversation.events_looked import LineLookedAt
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.queries import messages_of, ticket_facts
from unbroken.conversation.queries.looked import finding_of
from unbroken.directory.importing.run import import_inventory
from unbroken.directory.queries import contacts_of, services_by_any_key
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.routing.actions import set_queue
from unbroken.staffing.actions import open_team

pytestmark = pytest.mark.django_db


def test_a_request_of_a_line_has_its_verdict_before_it_has_a_queue(tmp_path: Path) -> None:
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    ticket = asked(named.SERVICE)

    drain()

    found = finding_of(ticket)
    assert found is not None
    assert (found.cause, found.element) == ("line_unstable", "line-1")
    assert found.certainty > 0.8
    stages = ["ticket.acknowledged", "ticket.looked", "ticket.matched", "ticket.queued"]
    assert kinds_of(ticket)[:4] == stages


def test_a_fault_of_the_line_goes_to_the_line_team_and_a_question_does_not(tmp_path: Path) -> None:
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    teams = [open_team(key=key, name=key, by=HOUSE, at=now()) for key in ("all", "lines")]
    set_queue(key="all", name="All", team_id=teams[0], is_default=True, by=HOUSE, at=now())
    set_queue(key="lines", name="Lines", team_id=teams[1], causes=["line_unstable"],
              by=HOUSE, at=now())  # fmt: skip
    fault, question = asked(named.SERVICE), asked(named.SERVICE, ticket_type="question")

    drain()

    assert [team_of(fault), team_of(question)] == [teams[1], teams[0]]


def test_a_request_without_a_service_waits_for_no_look(tmp_path: Path) -> None:
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    ticket = asked(None)

    drain()

    assert "ticket.looked" not in kinds_of(ticket)
    assert "ticket.queued" in kinds_of(ticket)


def test_after_a_second_it_goes_on_without_and_a_late_look_is_noted_still(tmp_path: Path) -> None:
    hand_in(tmp_path)
    ticket = asked(named.SERVICE)
    late = LineLookedAt(cause="line_unstable", certainty=0.9)

    record.note_looked(ticket_id=ticket, found=LineLookedAt(skipped=True), by=HOUSE, at=now())
    record.note_looked(ticket_id=ticket, found=late, by=HOUSE, at=now())
    record.note_looked(ticket_id=ticket, found=late, by=HOUSE, at=now())
    record.note_looked(ticket_id=ticket, found=LineLookedAt(skipped=True), by=HOUSE, at=now())
    drain()

    assert kinds_of(ticket).count("ticket.looked") == 2
    assert kinds_of(ticket).count("ticket.queued") == 1


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "We have looked at your line: it loses its signal again and again."),
        ("ru", "Мы посмотрели вашу линию: на ней снова и снова пропадает сигнал."),
        ("it", "Abbiamo controllato la Sua linea: perde il segnale di continuo."),
    ],
)
def test_the_acknowledgement_says_what_is_certain_and_no_more(
    language: str, told: str, tmp_path: Path
) -> None:
    """Accident: a machine tells somebody that it is their own router, or guesses."""
    import_inventory([named.files().inventory], by=HOUSE, at=now())
    sure, unsure, theirs = (asked(named.SERVICE, language=language) for _ in range(3))
    for ticket, cause, certainty in (
        (sure, "line_unstable", 0.93),
        (unsure, "line_unstable", 0.8),
        (theirs, "home_network", 0.97),
    ):  # fmt: skip
        found = LineLookedAt(cause=cause, certainty=certainty)
        record.note_looked(ticket_id=ticket, found=found, by=HOUSE, at=now())

    drain()

    assert told in receipt_of(sure)
    assert told not in receipt_of(unsure)
    assert receipt_of(theirs).replace(str(theirs), "") == receipt_of(unsure).replace(
        str(unsure), ""
    )


def asked(service: str | None, ticket_type: str = "incident", language: str = "ru") -> TicketId:
    """Oleg writes a mail."""
    (card,) = services_by_any_key(named.SERVICE)
    (contact,) = contacts_of(card.customer_id)
    opening = Opening(
        name="Обрывы", channel="mail", reported_at=now(), ticket_type=ticket_type,
        language=language,
        contact_id=contact.id, contact_confirmed=True, customer_id=card.customer_id,
        service_id=card.id if service else None,
    )  # fmt: skip
    said = Incoming(
        words=named.CLAIM, author=Actor("contact", str(contact.id)), channel="mail", at=now()
    )
    ticket, _message = record.acknowledge_ticket(opening, said, by=HOUSE, at=now())
    return ticket


def team_of(ticket: TicketId) -> int | None:
    facts = ticket_facts(ticket)
    assert facts is not None
    return facts.team_id


def receipt_of(ticket: TicketId) -> str:
    (words,) = [one.words or "" for one in messages_of(ticket) if one.kind == "receipt"]
    return re.sub(r"http\S+", "", words)


def kinds_of(ticket: TicketId) -> list[str]:
    return [one.kind for one in events_of([f"ticket:{ticket}"])]
