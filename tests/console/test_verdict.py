"""On the ticket: what its line shows, and the stop before an answer that the records contradict."""

from datetime import timedelta
from pathlib import Path

from tests.console.desk import SOFIE, VERA, Desk
from tests.evidence.test_named_case import hand_in
from town.network import named
from unbroken.conversation import queries as record
from unbroken.conversation.actions import classify_ticket, note_looked
from unbroken.conversation.events_looked import LineLookedAt
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries.line import corrections_on, recorded_cause
from unbroken.directory.queries import contacts_of, services_by_any_key
from unbroken.evidence.looking import Look
from unbroken.evidence.models_outcomes import CauseOutcome
from unbroken.evidence.of_tickets import look_at
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain

STOCK = "Здравствуйте! Сеанс сбрасывается раз в 24 часа, это планово."


def test_the_stock_answer_is_stopped_shown_why_and_sent_only_with_a_reason(
    desk: Desk, tmp_path: Path
) -> None:
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    ticket = _asked(desk)
    client, address = desk.client(SOFIE), f"/console/tickets/{ticket}"
    answer = {"mode": "reply", "words": STOCK}

    stopped = client.post(f"{address}/messages", answer)

    page = stopped.content.decode()
    assert stopped.status_code == 422
    assert "The records say otherwise" in page
    assert "The line loses sync" in page
    assert STOCK in page
    assert _sent(ticket) == []

    client.post(f"{address}/messages", answer | {"reason": "He asked about the reset only."})

    assert [one.words for one in _sent(ticket)] == [STOCK]
    notes = [one.words for one in record.messages_of(ticket) if one.kind == "note"]
    assert any("He asked about the reset only." in (one or "") for one in notes)


def test_an_answer_that_agrees_with_the_records_is_not_stopped(desk: Desk, tmp_path: Path) -> None:
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    ticket = _asked(desk)
    client = desk.client(SOFIE)

    client.post(
        f"/console/tickets/{ticket}/messages",
        {"mode": "reply", "words": "Your line loses sync; a colleague measures it tomorrow."},
    )
    page = client.get(f"/console/tickets/{ticket}/line").content.decode()

    assert len(_sent(ticket)) == 1
    assert "The line loses sync" in page
    assert "Speaks against it" in page


def test_a_claim_that_was_read_wrongly_is_put_right_with_one_click_and_stays_so(
    desk: Desk, tmp_path: Path
) -> None:
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    ticket = _asked(desk)
    client, address = desk.client(SOFIE), f"/console/tickets/{ticket}/line"
    read = {one.claim.kind: one.claim for one in _look(ticket).checked}
    page = client.get(address).content.decode()
    assert read["onset"].said in page

    wrong = {"claim": read["frequency"].key, "reading": "wrong"}
    other = {"claim": read["onset"].key, "reading": "other", "value": "2026-01-02T03:04"}
    about = {"claim": "about", "reading": "other", "kinds": ["slow"]}
    answers = [client.post(f"{address}/claims", one) for one in (wrong, other, about)]

    assert [one.status_code for one in answers] == [303, 303, 303]
    again = _look(ticket)
    meant = {one.claim.kind: one.claim for one in again.checked}
    assert "frequency" not in meant
    assert f"{meant['onset'].at:%Y-%m-%d %H:%M}" == "2026-01-02 03:04"
    assert again.case.complaint is not None
    assert again.case.complaint.kinds == {"slow"}
    assert "set aside" in client.get(address).content.decode()
    client.post(f"{address}/claims", wrong | {"reading": "right"})
    assert "frequency" in {one.claim.kind for one in _look(ticket).checked}


def test_what_claims_nothing_of_this_request_or_no_moment_that_can_be_is_refused(
    desk: Desk, tmp_path: Path
) -> None:
    """Attack: a claim of another request; a year nobody lived in; a number beyond all measure."""
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    ticket = _asked(desk)
    client, address = desk.client(SOFIE), f"/console/tickets/{ticket}/line"
    key = next(one.claim.key for one in _look(ticket).checked if one.claim.kind == "onset")

    for claim, value in (("onset.00000000", "2026-01-02T03:04"), (key, "0001-01-01T00:00"),
                         (key, "nan"), ("' OR 1", "")):  # fmt: skip
        said = {"claim": claim, "reading": "other", "value": value}
        assert client.post(f"{address}/claims", said).status_code == 422
    assert client.post(f"{address}/cause", {"true_cause": "gremlins"}).status_code == 422

    assert corrections_on(ticket) == {}


def test_resolving_keeps_the_true_cause_beside_what_was_said_and_the_page_counts_it(
    desk: Desk, tmp_path: Path
) -> None:
    hand_in(tmp_path, timedelta(days=(now() - named.AT).days))
    ticket = _asked(desk)
    note_looked(
        ticket_id=ticket, found=LineLookedAt(cause="line_unstable", certainty=0.93),
        by=HOUSE, at=now(),
    )  # fmt: skip
    client = desk.client(SOFIE)

    client.post(f"/console/tickets/{ticket}/state", {
        "to": "resolve", "true_cause": "wet_joint", "true_cause_was": "line_unstable",
    })  # fmt: skip
    drain(at=now())

    outcome = CauseOutcome.objects.get(ticket_id=ticket)
    assert (outcome.said, outcome.cause, outcome.access) == ("line_unstable", "wet_joint", "dsl")
    assert (outcome.how, outcome.weight) == ("said", 1.0)
    assert recorded_cause(ticket) == "wet_joint"
    page = desk.client(VERA).get("/console/dashboards/verdicts").content.decode()
    assert "90–100 %" in page
    assert f'/console/tickets/{ticket}"' in page


def _look(ticket: TicketId) -> Look:
    facts = record.ticket_facts(ticket)
    assert facts is not None
    found = look_at(facts, now())
    assert found is not None
    return found


def _asked(desk: Desk) -> TicketId:
    """Oleg writes; the mail names his service."""
    (service,) = services_by_any_key(named.SERVICE)
    (contact,) = contacts_of(service.customer_id)
    desk.customers["Oleg Sidorov"] = service.customer_id
    desk.contacts["Oleg Sidorov"] = contact.id
    ticket = desk.asks("Oleg Sidorov", "Обрывы", named.CLAIM)
    classify_ticket(ticket_id=ticket, service_id=service.id, by=HOUSE, at=now())
    return ticket


def _sent(ticket: TicketId) -> list[record.MessageRow]:
    return [one for one in record.messages_of(ticket, for_customer=True) if one.direction == "out"]
