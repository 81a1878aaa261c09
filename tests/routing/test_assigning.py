"""Work is given to people by the rules of its queue, and nothing is left with who cannot go on."""

from datetime import timedelta

import pytest

from tests.scenery import scene
from town import cast
from town.times import moment
from town.town import Answerer, Asker, Town
from unbroken.conversation import queries as record
from unbroken.conversation.ids import TicketId
from unbroken.directory import queries as directory
from unbroken.directory.actions.people import change_customer
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.ground.log import events_of
from unbroken.ground.postman import drain
from unbroken.routing import actions as routing
from unbroken.routing import queries
from unbroken.routing.actions import assign
from unbroken.staffing import actions as staffing

pytestmark = pytest.mark.django_db

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


@scene
def giving() -> Town:
    """The first line's queue gives work; Sofie is on 8 to 16, Oleg 11 to 19."""
    town = Town()
    default = next(one for one in queries.queues() if one.is_default)
    routing.set_queue(
        key=default.key, way="push", untouched_minutes=30, by=HOUSE, at=moment("mon 00:00")
    )
    works(town.sofie, "08:00", "16:00")
    works(town.oleg, "11:00", "19:00")
    return town


def works(who: Answerer, begins: str, ends: str) -> None:
    """From Monday to Friday, on the clock of Berlin."""
    staffing.change_agent(agent_id=who.card.id, timezone="Europe/Berlin", by=HOUSE,
                          at=moment("mon 00:00"))  # fmt: skip
    since = moment("mon 00:00").date() - timedelta(days=7)
    week = {day: [[begins, ends]] for day in WORKDAYS}
    staffing.set_shifts(agent_id=who.card.id, since=since, week=week, by=HOUSE,
                        at=moment("mon 00:00"))  # fmt: skip


def owner(ticket: TicketId) -> int | None:
    facts = record.ticket_facts(ticket)
    assert facts is not None
    return facts.assignee_id


def why(ticket: TicketId) -> tuple[str, ...]:
    last = [one for one in events_of([f"ticket:{ticket}"]) if one.kind == "ticket.assigned"][-1]
    return tuple(last.data["because"]["reasons"])


def test_a_request_is_given_at_once_and_the_reason_is_on_record(giving: Town) -> None:
    of_anneke = giving.anneke.reports("my bill", at="mon 09:00")
    of_irina = giving.irina.reports("счёт", at="mon 13:00")

    assert owner(of_anneke) == giving.sofie.card.id
    assert why(of_anneke) == ("least",)
    assert owner(of_irina) == giving.oleg.card.id
    assert why(of_irina) == ("language", "least")


def test_who_is_named_for_a_company_has_what_its_departments_ask_while_they_are_on(
    giving: Town,
) -> None:
    weber, depot = giving.weber.card.customer_id, Asker(cast.DEPOT).card.customer_id
    assert weber is not None
    assert depot is not None
    card = directory.customer(depot)
    assert card is not None
    assert card.parent_id == weber, "a department of that company"
    change_customer(customer_id=weber, engineer=giving.oleg.card.id, by=HOUSE,
                    at=moment("mon 08:00"))  # fmt: skip

    early = Asker(cast.DEPOT).reports("the line is slow", at="mon 10:00")
    later = Asker(cast.DEPOT).reports("the line is slow again", at="mon 13:00")

    assert (owner(early), owner(later)) == (giving.sofie.card.id, giving.oleg.card.id)
    assert why(later)[-1] == "named"
    (event,) = [one for one in events_of([f"ticket:{early}"]) if one.kind == "ticket.assigned"]
    assert event.data["because"]["instead_of"]["why"] == "off"


def test_nobody_who_left_is_named_anew_and_who_is_named_may_stay(giving: Town) -> None:
    bram, oleg = giving.bram.card.customer_id, giving.oleg.card.id
    assert bram is not None
    told = {"by": HOUSE, "at": moment("mon 08:00")}
    change_customer(customer_id=bram, engineer=oleg, **told)  # type: ignore[arg-type]
    staffing.retire_agent(agent_id=oleg, **told)  # type: ignore[arg-type]

    change_customer(customer_id=bram, engineer=oleg, vip=True, **told)  # type: ignore[arg-type]
    weber = giving.weber.card.customer_id
    assert weber is not None
    with pytest.raises(Refused):
        change_customer(customer_id=weber, engineer=oleg, **told)  # type: ignore[arg-type]


def test_at_night_a_request_belongs_to_who_comes_first_in_the_morning(giving: Town) -> None:
    ticket = giving.anneke.reports("my bill", at="mon 23:00")

    assert owner(ticket) == giving.sofie.card.id
    assert why(ticket) == ("comes_next",)


def test_what_nobody_touched_in_half_an_hour_of_their_shift_goes_to_a_colleague(
    giving: Town,
) -> None:
    ticket = giving.anneke.reports("my bill", at="mon 11:00")
    touched = giving.irina.reports("счёт", at="mon 11:00")
    assert {owner(ticket), owner(touched)} == {giving.sofie.card.id, giving.oleg.card.id}
    mine = giving.sofie if owner(touched) == giving.sofie.card.id else giving.oleg
    mine.notes(touched, "I ask billing.", at="mon 11:10")

    assert assign.take_back_untouched(at=moment("mon 11:25")) == 0
    assert assign.take_back_untouched(at=moment("mon 11:31")) == 1
    assert owner(ticket) == owner(touched)
    assert why(ticket)[0] == "untouched"


def test_the_end_of_a_shift_hands_work_over_in_writing_and_waiting_work_stays(
    giving: Town,
) -> None:
    begun = giving.anneke.reports("my bill", at="mon 09:00")
    held = giving.bram.reports("my invoice", at="mon 09:00")
    giving.sofie.replies(begun, "I look at it.", at="mon 09:30")
    giving.sofie.asks(held, "which one?", at="mon 09:40")

    assert assign.hand_over_ended(at=moment("mon 15:00")) == 0
    assert assign.hand_over_ended(at=moment("mon 16:05")) == 1

    assert owner(begun) == giving.oleg.card.id
    assert owner(held) == giving.sofie.card.id
    told = [one for one in events_of([f"ticket:{begun}"]) if one.kind == "ticket.noted"]
    assert len(told) == 1
    assert assign.hand_over_ended(at=moment("mon 19:30")) == 0, "nobody is on: it keeps its owner"


def test_when_somebody_falls_ill_all_of_theirs_is_with_others_at_once(giving: Town) -> None:
    tickets = [giving.anneke.reports(f"bill {one}", at="mon 09:00") for one in range(3)]
    staffing.set_shift_day(
        agent_id=giving.sofie.card.id, day=moment("mon 12:00").date(), hours=(), reason="illness",
        by=HOUSE, at=moment("mon 12:00"),
    )  # fmt: skip

    moved = assign.hand_over_all(agent_id=giving.sofie.card.id, by=HOUSE, at=moment("mon 12:00"))
    drain(at=moment("mon 12:00"))

    assert moved == (3, 0)
    assert {owner(one) for one in tickets} == {giving.oleg.card.id}
    assert {why(one)[0] for one in tickets} == {"ill"}


def test_with_everybody_full_work_waits_and_is_given_when_hands_are_free(giving: Town) -> None:
    for who in (giving.sofie, giving.oleg, Answerer(cast.CHIARA)):
        staffing.change_agent(
            agent_id=who.card.id, capacity={"all": 1}, by=HOUSE, at=moment("mon 08:00")
        )
    tickets = [giving.anneke.reports(f"bill {one}", at="mon 12:00") for one in range(4)]
    without = [one for one in tickets if owner(one) is None]
    assert len(without) >= 1

    done = next(one for one in tickets if owner(one) == giving.sofie.card.id)
    giving.sofie.resolves(done, remedy="explained", at="mon 12:30")
    assert assign.assign_waiting(at=moment("mon 12:31")) == 1
    assert owner(without[0]) == giving.sofie.card.id
