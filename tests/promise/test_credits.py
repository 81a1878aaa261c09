"""Credits are booked once, shown, approved above a limit, and go back with a reason."""

from decimal import Decimal

import pytest

from tests.promise.desk import LONG_AGO, SOFIE, Desk, hear, when
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models_beside import ChecklistItem
from unbroken.directory import actions as directory
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.promise import actions, credits
from unbroken.promise.models import Violation
from unbroken.promise.queries.owed import CreditRow, rules_of, sums
from unbroken.promise.queries.owed import credits as booked

DAILY = {"amount": "5", "percent": "10", "days": "calendar", "currency": "EUR"}


def sold(desk: Desk, kind: str = "daily_credit", **settings: str) -> None:
    """Anneke's service costs 80 euros, and missing to resolve in four hours has a price."""
    directory.change_service(
        service_id=desk.anneke.service_id, monthly_price=Decimal(80), currency="EUR",
        by=SOFIE, at=LONG_AGO,
    )  # fmt: skip
    desk.promises("classic", time_to_resolve=4)
    credits.set_consequence(
        agreement="classic", measure="time_to_resolve", kind=kind,
        settings=settings, by=SOFIE, at=LONG_AGO,
    )  # fmt: skip


def missed(desk: Desk) -> TicketId:
    """Reported on Monday at eight, due at noon, still owed on Monday evening."""
    ticket = desk.anneke.reports("no sync", "mon 08:00")
    actions.ring(at=when("mon 20:00"))
    hear()
    return ticket


def told(ticket: TicketId) -> list[tuple[int, str, str]]:
    return [(one.step, str(one.amount), one.state) for one in reversed(booked(ticket_id=ticket))]


def test_each_day_is_booked_once_however_often_it_is_asked(desk: Desk) -> None:
    sold(desk, **DAILY)
    ticket = missed(desk)
    assert told(ticket) == []

    for at in ("wed 09:00", "wed 09:30", "wed 10:00"):
        credits.follow_growing(at=when(at))
    assert told(ticket) == [(1, "8.00", "booked"), (2, "8.00", "booked")]

    desk.sofie.resolve_ticket(ticket, "wed 11:00")
    credits.follow_growing(at=when("fri 09:00"))

    assert len(told(ticket)) == 2, "after it was resolved no day is added"


def test_what_is_above_the_limit_waits_for_somebody_and_goes_back_only_with_a_reason(
    desk: Desk,
) -> None:
    sold(desk, "free_month")
    credits.set_consequence(
        agreement="classic", measure="time_to_resolve", kind="fixed_credit",
        settings={"amount": "60", "currency": "EUR", "approve_above": "50"},
        by=SOFIE, at=LONG_AGO,
    )  # fmt: skip
    ticket = missed(desk)
    waiting = next(one for one in booked(ticket_id=ticket) if one.state == "waits")

    credits.decide_credit(
        credit_id=waiting.id, state="booked", reason="", by=HOUSE, at=when("mon 21:00")
    )
    with pytest.raises(Refused, match="Say why"):
        credits.decide_credit(
            credit_id=waiting.id, state="reversed", reason=" ", by=HOUSE, at=when("mon 22:00")
        )
    credits.decide_credit(
        credit_id=waiting.id, state="reversed", reason="twice", by=HOUSE, at=when("mon 22:00")
    )

    assert told(ticket) == [(1, "80.00", "booked"), (1, "60.00", "reversed")]
    (by_customer,), (whole,) = sums(booked(ticket_id=ticket))
    assert (by_customer.amount, whole.amount, whole.count) == (Decimal(80), Decimal(80), 1)


def test_an_excuse_needs_evidence_of_this_request_and_takes_the_credits_back(desk: Desk) -> None:
    sold(desk, "free_month")
    ticket, other = missed(desk), desk.anneke.reports("other", "mon 08:00")
    (violation,) = Violation.objects.filter(ticket_id=ticket).values_list("id", flat=True)
    (foreign,) = [one.id for one in record.messages_of(other)]
    (shown,) = [one.id for one in record.messages_of(ticket)]

    for evidence in (foreign, 0):
        with pytest.raises(Refused, match="message or note of this request"):
            credits.excuse_miss(
                violation_id=violation, because="customer", evidence=evidence, reason="",
                by=HOUSE, at=when("mon 21:00"),
            )  # fmt: skip
    credits.excuse_miss(
        violation_id=violation, because="customer", evidence=shown, reason="plug pulled",
        by=HOUSE, at=when("mon 21:00"),
    )  # fmt: skip
    credits.follow_miss(violation_id=violation, by=HOUSE, at=when("mon 22:00"))

    assert told(ticket) == [(1, "80.00", "reversed")]


def test_an_apology_is_something_to_do_for_a_person_and_no_message(desk: Desk) -> None:
    sold(desk, "apology")

    ticket = missed(desk)

    to_do = ChecklistItem.objects.filter(ticket_id=ticket).values_list("text", flat=True)
    assert list(to_do) == ["Apologise for the missed promise: Time to resolve"]
    assert len(record.messages_of(ticket)) == 1


def test_a_preset_from_memory_comes_switched_off_and_books_nothing(desk: Desk) -> None:
    sold(desk, "escalation")
    credits.take_preset(agreement="classic", key="ru_daily", by=SOFIE, at=LONG_AGO)

    russian = next(rule for rule in rules_of("classic") if rule.mark == "M")

    assert not russian.is_on


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"amount": "-1", "currency": "EUR"}, "“amount”"),
        ({"amount": "5"}, "“currency”"),
        ({"amount": "5", "currency": "EUR", "days": "moons"}, "“days”"),
        ({"surprise": "1"}, "“surprise”"),
    ],
)
def test_what_cannot_follow_is_refused_with_the_field(
    desk: Desk, settings: dict[str, str], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        sold(desk, **settings)


def test_a_credit_says_whose_it_is_for_billing(desk: Desk) -> None:
    sold(desk, "free_month")
    ticket = missed(desk)

    (one,) = booked(ticket_id=ticket)

    assert isinstance(one, CreditRow)
    assert (one.customer, one.measure, one.kind) == (
        "Anneke de Wit",
        "time_to_resolve",
        "free_month",
    )
