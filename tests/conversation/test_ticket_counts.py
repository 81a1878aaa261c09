"""How many open tickets stand where: kept with every change, always what counting would find."""

from collections import Counter

from django.db import connection

from tests.console.conftest import desk  # noqa: F401
from tests.console.desk import SOFIE, TIMO, Desk
from unbroken.conversation import actions as record
from unbroken.conversation import projections
from unbroken.conversation.models import TroubleTicket
from unbroken.conversation.models_working import TicketCount, TicketCountStep
from unbroken.conversation.states import OPEN
from unbroken.ground.clock import now


def kept() -> Counter[tuple[int, str, bool]]:
    """What the desk believes."""
    found: Counter[tuple[int, str, bool]] = Counter()
    for one in TicketCount.objects.all():
        found[one.team, one.status, one.is_taken] += one.tickets
    for step in TicketCountStep.objects.all():
        found[step.team, step.status, step.is_taken] += step.step
    return Counter({key: count for key, count in found.items() if count})


def counted() -> Counter[tuple[int, str, bool]]:
    """What counting the record finds."""
    rows = TroubleTicket.objects.filter(status__in=OPEN)
    return Counter(
        (team or 0, status, assignee is not None)
        for team, status, assignee in rows.values_list("team_id", "status", "assignee_id")
    )


def a_morning(desk: Desk) -> None:  # noqa: F811
    """Opened, given, held, ended, opened again, merged."""
    by, at = desk.by(SOFIE), now()
    one, two, three, four = (desk.asks("Anneke de Wit", name) for name in "abcd")
    desk.asks("Bram Visser", "e", team=None)
    record.assign_ticket(
        ticket_id=one, team_id=desk.teams["routers"], agent_id=desk.agents[TIMO], by=by, at=at
    )
    record.start_work(ticket_id=one, by=by, at=at)
    record.hold_ticket(ticket_id=two, waiting_for="partner", by=by, at=at)
    record.resolve_ticket(ticket_id=three, by=by, at=at)
    record.reopen_ticket(ticket_id=three, by=by, at=at)
    record.merge_tickets(ticket_id=four, into_id=three, by=by, at=at)


def test_the_counts_are_right_after_every_change_and_after_adding_up(desk: Desk) -> None:  # noqa: F811
    a_morning(desk)

    assert kept() == counted()
    assert sum(kept().values()) == 4
    projections.add_up_counts()
    assert TicketCountStep.objects.count() == 0
    assert kept() == counted()
    a_morning(desk)
    projections.add_up_counts()
    assert kept() == counted()


def test_counts_that_went_wrong_are_counted_again(desk: Desk) -> None:  # noqa: F811
    """The accident: a table was restored, or written by hand."""
    a_morning(desk)
    projections.add_up_counts()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ticket_count SET tickets = 77")

    projections.count_again()

    assert kept() == counted()
