"""Who wrote about a problem belongs to it, however busy the desk was when they wrote."""

from datetime import timedelta

import pytest

from town.town import Town
from unbroken.conversation import actions as record
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.queries import joined_to
from unbroken.directory import queries as directory
from unbroken.directory.ids import ServiceId
from unbroken.directory.topology_queries import service_ids
from unbroken.ground.actor import HOUSE
from unbroken.ground.clock import now
from unbroken.ground.postman import drain
from unbroken.outage.actions import open_problem
from unbroken.outage.ids import ProblemId


@pytest.fixture
def line(town: Town) -> int:
    """Anneke's service on the cable."""
    return service_ids(["s-77"])["s-77"]


def cut(line: int, element: str = "cable-44") -> ProblemId:
    at = now()
    return open_problem(
        element=element, origin="agent", severity="major", since=at - timedelta(minutes=5),
        services={line: at}, by=HOUSE, at=at,
    )  # fmt: skip


def asks(line: int, *, names_it: bool) -> TicketId:
    at, card = now(), directory.services([ServiceId(line)])[ServiceId(line)]
    opening = Opening(
        name="It does not work", channel="mail", reported_at=at, ticket_type="incident",
        language="en", customer_id=card.customer_id, service_id=line if names_it else None,
    )  # fmt: skip
    said = Incoming(author=HOUSE, channel="mail", words="No internet.", at=at)
    return record.acknowledge_ticket(opening, said, by=HOUSE, at=at)[0]


def test_a_request_for_which_the_relay_did_not_wait_joins_all_the_same(line: int) -> None:
    """Accident: sixty households write at once, the look takes two seconds, eleven stay alone."""
    number = cut(line)
    ticket = asks(line, names_it=True)
    record.note_matched(ticket_id=ticket, problem=None, skipped=True, by=HOUSE, at=now())

    drain()

    assert joined_to(number) == [ticket]


def test_who_named_no_service_before_we_knew_joins_the_only_problem_they_have(line: int) -> None:
    """Accident: the first mail of the night says only "no internet", and is answered by hand."""
    ticket = asks(line, names_it=False)
    drain()
    number = cut(line)
    for _again in range(2):
        drain()

    assert joined_to(number) == [ticket]
