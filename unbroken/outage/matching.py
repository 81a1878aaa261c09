"""Does a request suffer from a problem that we know? By its service, or its customer's only one."""

from datetime import datetime

from unbroken.conversation import actions as record
from unbroken.conversation import queries as recorded
from unbroken.conversation.ids import TicketId
from unbroken.directory import queries as directory
from unbroken.directory.ids import CustomerId
from unbroken.ground.actor import HOUSE
from unbroken.outage import queries

FAULTS = frozenset({"incident"})
"""A question about a bill is no report of a fault, whoever asks."""


def match(ticket_id: int, *, at: datetime) -> None:
    """Stage of the relay: join a new request to the problem that explains it, or to none."""
    ticket = recorded.ticket_facts(ticket_id)
    if ticket is None or ticket.merged_into_id:
        return
    problem = None
    if ticket.ticket_type in FAULTS and ticket.is_open and not ticket.imported:
        problem = problem_for(service_id=ticket.service_id, customer_id=ticket.customer_id)
    record.note_matched(
        ticket_id=TicketId(ticket_id), problem=problem, skipped=False, by=HOUSE, at=at
    )


def join_if_plain(ticket_id: int, *, at: datetime) -> None:
    """Join a request whose stage is over, or that had none; never one that somebody took out."""
    ticket = recorded.ticket_facts(ticket_id)
    if ticket is None or not ticket.is_open or ticket.imported or ticket.ticket_type not in FAULTS:
        return
    problem = problem_for(service_id=ticket.service_id, customer_id=ticket.customer_id)
    if problem is None or ticket.merged_into_id or recorded.problem_of(ticket_id) is not None:
        return
    if not recorded.was_in_problem(ticket_id, problem):
        record.join_problem(ticket_id=TicketId(ticket_id), problem=problem, by=HOUSE, at=at)


def problem_for(*, service_id: int | None, customer_id: int | None) -> int | None:
    """The open problem of this service; without one, the only one that this customer has."""
    if service_id is not None:
        known = queries.problems_of([service_id]).get(service_id)
        return known.id if known else None
    if customer_id is None:
        return None
    services = [int(one.id) for one in directory.services_of(CustomerId(customer_id))]
    found = {one.id for one in queries.problems_of(services).values()}
    return found.pop() if len(found) == 1 else None


def join_waiting(problem_id: int, *, at: datetime) -> None:
    """Requests about these services that came shortly before we knew belong to it too."""
    for ticket in queries.requests_to_join(problem_id):
        record.join_problem(ticket_id=TicketId(ticket), problem=problem_id, by=HOUSE, at=at)
