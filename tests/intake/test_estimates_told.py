"""By when it will probably be done: told once, moved seldom and for a reason, never by night."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.portal.people import ANNEKE, contact, customer
from unbroken.conversation import actions as conversation
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.queries.told import told_of
from unbroken.directory import queries as directory
from unbroken.ground.actor import HOUSE, Actor
from unbroken.ground.log import events_of
from unbroken.intake.receipts import word
from unbroken.intake.telling import estimates
from unbroken.routing import state
from unbroken.routing.ahead.foresee import Foreseeing, Newcomer

NOON = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_nothing_moves_while_what_was_told_will_more_likely_than_not_be_kept() -> None:
    told = NOON + 6 * HOUR

    def moved(p50: float, p80: float) -> datetime | None:
        return estimates.next_told(told, NOON + p50 * HOUR, NOON + p80 * HOUR, at=NOON, zone="UTC")

    assert moved(5.5, 7.0) is None, "four of five is later, one of two is not"
    assert moved(6.5, 8.0) == NOON + 8 * HOUR
    assert moved(2.0, 3.5) is None, "earlier, and not sure"
    assert moved(1.0, 2.0) == NOON + 2 * HOUR
    assert estimates.next_told(None, NOON, NOON + 300 * HOUR, at=NOON, zone="UTC") is None


@pytest.fixture
def letters(db: None, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What would leave by mail."""
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(estimates, "send_service_mail", lambda **mail: sent.append(mail))
    return sent


def anneke_asks(at: datetime = NOON) -> TicketId:
    home = customer("Anneke de Wit")
    who = contact("Anneke", ANNEKE, home)
    opening = Opening(
        name="slow", channel="mail", reported_at=at, language="en", customer_id=home,
        contact_id=who,
    )  # fmt: skip
    said = Incoming(author=HOUSE, channel="mail", words="slow", at=at)
    number, _ = conversation.acknowledge_ticket(opening, said, by=HOUSE, at=at)
    return number


def foreseen(number: TicketId, p50: float, p80: float, *, at: datetime) -> None:
    facts = record.ticket_facts(number)
    assert facts is not None
    half, most = at + p50 * HOUR, at + p80 * HOUR
    one = Foreseeing(
        number, facts.version, None, at, half, most, half, most, at + HOUR, 2, (3600.0, 7200.0)
    )
    state.keep_foreseen([one], at=at)


def test_a_later_time_is_mailed_with_the_reason_and_stands_on_record(
    letters: list[dict[str, object]],
) -> None:
    number = anneke_asks()
    foreseen(number, 1, 3, at=NOON)
    estimates.tell_due(at=NOON)
    assert letters == [], "the first is read where the request is, and needs no mail"
    first = told_of([number])[number].by
    assert first == NOON + 3 * HOUR

    later = NOON + 2 * HOUR
    foreseen(number, 4, 5, at=later)
    estimates.tell_due(at=later)
    estimates.tell_due(at=later)

    (mail,) = letters
    assert "There is more work before it than we thought." in str(mail["words"])
    told = [one for one in events_of([f"ticket:{number}"]) if one.kind == "ticket.estimate_told"]
    assert [one.data["why"] for one in told] == ["", "busy"]
    assert datetime.fromisoformat(told[-1].data["was"]) == first
    assert told[-1].data["mailed"] is True


def test_nothing_is_moved_at_night_and_nothing_told_while_the_customer_has_to_answer(
    letters: list[dict[str, object]],
) -> None:
    number = anneke_asks()
    foreseen(number, 1, 3, at=NOON)
    estimates.tell_due(at=NOON)
    night = NOON.replace(hour=23)
    foreseen(number, 10, 12, at=night)
    assert estimates.tell_due(at=night) == 0

    conversation.ask_customer(ticket_id=number, by=Actor.agent(1), at=night)
    morning = night + 9 * HOUR
    foreseen(number, 10, 12, at=morning)

    assert estimates.tell_due(at=morning) == 0
    assert letters == []


def test_the_acknowledgement_says_the_time_when_the_desk_can(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = anneke_asks()
    conversation.assign_ticket(ticket_id=number, team_id=None, agent_id=None, by=HOUSE, at=NOON)
    facts = record.ticket_facts(number)
    assert facts is not None
    assert facts.contact_id is not None
    who = directory.contact(facts.contact_id)  # type: ignore[arg-type]
    assert who is not None
    assert word(facts, who, due_at=None, at=NOON).done_by is None

    monkeypatch.setattr(estimates.foresee, "of_newcomer", lambda **_: Newcomer(HOUR, 3 * HOUR))
    receipt = word(replace(facts, team_id=1), who, due_at=None, at=NOON)

    assert receipt.done_by is not None
    assert "It will probably be done by" in receipt.words
