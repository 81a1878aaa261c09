"""Figures: what a request adds to which day, kept as it happens, counted again at will."""

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from town.times import moment
from unbroken.conversation import actions as record
from unbroken.conversation.events import TicketResolved
from unbroken.conversation.history import PastMove, PastTicket, write_tickets
from unbroken.conversation.incoming import Opening
from unbroken.ground.actor import HOUSE
from unbroken.ground.history import Historian
from unbroken.ground.postman import drain
from unbroken.house import doctor_desk
from unbroken.promise import actions as promise
from unbroken.quality import projections
from unbroken.quality.figures import Amount, Facts, Happened, amounts, numbers
from unbroken.quality.loops import Look, turn_of_the_checker
from unbroken.quality.rebuilding import rebuild

if TYPE_CHECKING:
    from town.town import Town

pytestmark = pytest.mark.django_db

MON, TUE = moment("mon 12:00").date(), moment("tue 12:00").date()


def counted(town: "Town") -> dict[str, int]:
    """Figures by name, once everything put aside is counted."""
    while projections.count_aside(at=moment("next sun 12:00"), limit=100):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT figure, sum(amount) FROM day_figure GROUP BY figure")
        return {figure: int(amount) for figure, amount in cursor.fetchall()}


def test_a_request_is_counted_on_the_days_on_which_things_happened(town: "Town") -> None:
    ticket = town.anneke.reports("no sync", at="mon 08:00")
    town.sofie.replies(ticket, "We are looking.", at="mon 09:00")
    town.sofie.resolves(ticket, at="tue 10:00")

    found = counted(town)

    with connection.cursor() as cursor:
        cursor.execute("SELECT figure, day FROM ticket_figure WHERE ticket_id = %s", [ticket])
        days = dict(cursor.fetchall())
    assert days["received"] == days["answered"] == days["kept.first_answer"] == MON
    assert days["resolved"] == days["ended"] == days["first_contact"] == TUE
    news = {figure: amount for figure, amount in found.items() if "next_news" in str(figure)}
    assert (set(found.values()) - set(news.values())) | {1} == {1}


def test_what_was_taken_back_reopened_or_missed_changes_the_figures(town: "Town") -> None:
    ticket = town.anneke.reports("no sync", at="mon 08:00")
    town.sofie.resolves(ticket, at="mon 10:00")
    counted(town)
    town.anneke.answers(ticket, "it is dark again", at="tue 08:00")

    found = counted(town)

    assert found["reopened"] == 1
    assert not {"resolved", "ended", "first_contact"} & found.keys()

    promise.ring(at=moment("next sat 23:00"))
    drain(at=moment("next sat 23:00"))
    assert counted(town)["missed.time_to_resolve"] == 1


def test_a_request_takes_its_figures_along_to_another_team(town: "Town") -> None:
    ticket = town.anneke.reports("no sync", at="mon 08:00")
    counted(town)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM team WHERE key <> 'first-line' ORDER BY id LIMIT 1")
        team = cursor.fetchone()[0]
    record.assign_ticket(
        ticket_id=ticket, team_id=team, agent_id=None, by=HOUSE, at=moment("mon 09:00")
    )
    drain(at=moment("mon 09:00"))
    counted(town)

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT team FROM day_figure WHERE figure = 'received'")
        assert cursor.fetchall() == [(team,)]


def test_history_is_counted_as_far_as_it_is_honest(town: "Town") -> None:
    """It came and was resolved; nothing was promised on it, and its answers are not ours."""
    came, solved = moment("mon 08:00"), moment("tue 08:00")
    past = PastTicket(
        Opening(name="old", channel="mail", reported_at=came, contact_id=None),
        (),
        (PastMove(TicketResolved(), solved),),
        status="resolved",
        resolved_at=solved,
    )
    write_tickets([past], historian=Historian())
    look = Look()
    look.turn()

    found = counted(town)

    assert found == {"received": 1, "resolved": 1, "ended": 1}


def test_a_rebuild_and_a_night_find_what_was_wrong_and_mend_it(town: "Town") -> None:
    """Accident: somebody alters the figures by hand."""
    town.anneke.reports("no sync", at="mon 08:00")
    before = counted(town)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ticket_figure SET amount = 7 WHERE figure = 'received'")
        cursor.execute("DELETE FROM day_figure")

    night = moment("next mon 02:00")
    assert turn_of_the_checker(night)
    assert not turn_of_the_checker(night), "the days come last"
    assert counted(town) == before
    told = doctor_desk.figures().problems
    assert len(told) == 2, "the doctor tells of the ticket and of the days"
    assert "please report it" in told[0]
    assert rebuild(again=True, told=lambda done: None).differed == 0
    assert not turn_of_the_checker(night), "once a night"


def facts(*events: tuple[str, str, str], status: str = "resolved") -> Facts:
    """A request of Monday, with what happened on it."""
    happened = tuple(Happened(f"ticket.{kind}", moment(at), by) for kind, at, by in events)
    end = happened[-1].at if status == "resolved" else None
    return Facts(status, "incident", moment("mon 08:00"), end, None, False, False, happened)


def test_first_contact_means_that_the_customer_never_had_to_ask_again() -> None:
    reply, thanks = ("replied", "mon 09:00", "agent:1"), ("message_added", "mon 10:00", "contact:1")
    done = ("resolved", "mon 11:00", "agent:1")
    again = ("reopened", "mon 12:00", "contact:1"), ("resolved", "mon 13:00", "agent:1")

    assert numbers(facts(reply, done)).first_contact
    assert numbers(facts(thanks, reply, done)).first_contact, "more before our answer is no return"
    assert not numbers(facts(reply, thanks, done)).first_contact
    assert not numbers(facts(reply, done, *again)).first_contact
    assert not numbers(facts(reply, status="inProgress")).first_contact


def test_a_day_ends_at_the_desks_midnight() -> None:
    """23:30 in UTC is tomorrow in Berlin."""
    late = Facts("inProgress", "incident", moment("mon 23:30"), None, None, False, False)

    def day(zone: str) -> date:
        return next(iter(amounts(late, ZoneInfo(zone)))).day

    assert (day("Pacific/Auckland") - day("America/New_York")).days == 1
    assert amounts(late, ZoneInfo("UTC")) == {Amount(day("UTC"), "received"): 1}


def test_the_house_that_answers_is_no_person() -> None:
    robot, person = ("replied", "mon 09:00", str(HOUSE)), ("replied", "mon 10:00", "agent:1")
    found = numbers(facts(robot, person, status="inProgress"))

    assert found.answers == 1
    assert found.first_answer_seconds == 2 * 3600
