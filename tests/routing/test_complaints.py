"""A complaint: to the head by name, ended by nobody it is about, over at the customer's word."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction

from tests.portal.people import ago, anneke, asks, browser, form, number_in, text_of
from tests.scenery import scene
from unbroken.conversation import actions as record
from unbroken.conversation import queries
from unbroken.conversation.complaints import BEFORE_ITS_END
from unbroken.conversation.ids import TicketId
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.change import Refused
from unbroken.ground.clock import now
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.intake.post import deliver_service_mail
from unbroken.routing.actions.complaints import receive_complaint
from unbroken.staffing import actions as staffing


@dataclass
class Cast:
    """Sofie answered Anneke's request; Hanna and Jan head support."""

    anneke: ContactId
    ticket: TicketId
    sofie: Actor
    hanna: Actor
    jan: Actor


def hire(name: str, role: str) -> Actor:
    email = f"{name.lower()}@desk.example"
    return Actor.agent(
        staffing.hire_agent(name=name, email=email, role=role, by=HOUSE, at=ago(days=9))
    )


@scene
def cast() -> Cast:
    who = anneke()
    sofie, hanna, jan = hire("Sofie", "agent"), hire("Hanna", "head"), hire("Jan", "head")
    ticket = asks(who)
    record.start_work(ticket_id=ticket, by=sofie, at=ago(hours=1))
    return Cast(who, ticket, sofie, hanna, jan)


def complains(cast: Cast) -> TicketId:
    """Anneke presses the one button of her request."""
    client = browser(cast.anneke, cast.ticket)
    answer = client.post(f"/requests/{cast.ticket}/complaint", form(words="Nobody calls me back."))
    return TicketId(number_in(answer.headers["Location"]))


def is_refused(key: str, deed: Callable[[], object]) -> bool:
    with pytest.raises(Refused) as refused, transaction.atomic():
        deed()
    return refused.value.key == key


def makes_good(ticket: TicketId, by: Actor) -> None:
    for step in BEFORE_ITS_END:
        record.take_step(ticket_id=ticket, step=step, by=by, at=now())


def holder(ticket: int) -> int | None:
    facts = queries.ticket_facts(ticket)
    assert facts is not None
    return facts.assignee_id


def status(ticket: int) -> str:
    facts = queries.ticket_facts(ticket)
    assert facts is not None
    return facts.status


def test_one_click_brings_it_to_the_head_of_support_by_name(cast: Cast) -> None:
    client = browser(cast.anneke, cast.ticket)
    assert "Hanna, head of support, reads it" in text_of(
        client.get(f"/requests/{cast.ticket}/complaint")
    )

    new = complains(cast)
    drain()

    complaint = queries.complaint_of(new)
    assert complaint is not None
    assert (complaint.owner_id, holder(new)) == (cast.hanna.id, cast.hanna.id)
    assert complaint.barred == (cast.sofie.id,)
    assert len(events_of([f"complaint:{complaint.id}"])) == 1


def test_whom_it_is_about_neither_ends_it_nor_gets_it_nor_makes_it_something_else(
    cast: Cast,
) -> None:
    new = complains(cast)
    me, at = cast.sofie, now()
    assert me.id is not None

    about = "complaint.about_you"
    assert is_refused(about, lambda: record.resolve_ticket(ticket_id=new, by=me, at=at))
    assert is_refused(about, lambda: record.cancel_ticket(ticket_id=new, reason="x", by=me, at=at))
    assert is_refused(
        about,
        lambda: record.classify_ticket(ticket_id=new, ticket_type="question", by=me, at=at),
    )
    assert is_refused(
        about, lambda: record.merge_tickets(ticket_id=new, into_id=cast.ticket, by=me, at=at)
    )
    assert is_refused(
        about, lambda: record.take_step(ticket_id=new, step="apologise", by=me, at=at)
    )
    assert is_refused(
        about, lambda: record.name_people(ticket_id=new, remove=[me.id or 0], by=me, at=at)
    )
    assert is_refused(
        "complaint.about_them",
        lambda: record.assign_ticket(ticket_id=new, team_id=None, agent_id=me.id, by=me, at=at),
    )
    assert status(new) == "acknowledged"


def test_it_ends_with_the_customers_word_after_it_was_made_good(cast: Cast) -> None:
    new, at = complains(cast), now()
    by = cast.hanna

    early = lambda: record.resolve_ticket(ticket_id=new, by=by, at=at)  # noqa: E731
    assert is_refused("complaint.steps_left", early)
    makes_good(new, by)
    assert is_refused(
        "complaint.their_word", lambda: record.close_ticket(ticket_id=new, by=by, at=at)
    )
    record.resolve_ticket(ticket_id=new, by=by, at=now())
    client = browser(cast.anneke, new)
    assert "Is it well now? Your word ends it." in text_of(client.get(f"/requests/{new}"))

    client.post(f"/requests/{new}/relapse", form())
    refused = queries.complaint_of(new)
    assert refused is not None
    assert (refused.word, status(new)) == ("no", "inProgress")
    assert {"listen", "understand", "apologise"} == set(refused.steps)

    makes_good(new, by)
    record.resolve_ticket(ticket_id=new, by=by, at=now())
    client.post(f"/requests/{new}/recovery")
    settled = queries.complaint_of(new)
    assert settled is not None
    assert (settled.word, status(new)) == ("yes", "closed")


def test_who_complained_is_asked_once_for_each_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = complains(cast)
    makes_good(new, cast.hanna)
    sent: list[dict[str, str]] = []
    monkeypatch.setattr(deliver_service_mail, "defer", lambda **told: sent.append(told))
    record.resolve_ticket(ticket_id=new, by=cast.hanna, at=now())

    drain()
    drain()

    assert [one["subject"] for one in sent] == [f"[#{new}] Is it well now?"]
    assert "#word\n\nHanna, head of support" in sent[0]["words"]


def test_a_head_it_is_about_has_it_no_longer(cast: Cast) -> None:
    new, jan = complains(cast), cast.jan.id
    assert cast.hanna.id is not None

    record.name_people(ticket_id=new, add=[cast.hanna.id], by=cast.jan, at=now())
    drain()

    complaint = queries.complaint_of(new)
    assert complaint is not None
    assert (complaint.owner_id, holder(new)) == (jan, jan)


def test_a_request_that_is_called_a_complaint_later_reaches_the_head_too(cast: Cast) -> None:
    record.classify_ticket(ticket_id=cast.ticket, ticket_type="complaint", by=cast.sofie, at=now())

    drain()

    complaint = queries.complaint_of(cast.ticket)
    assert complaint is not None
    assert complaint.owner_id == cast.hanna.id
    assert receive_complaint(ticket_id=cast.ticket, at=now()) == cast.hanna.id
