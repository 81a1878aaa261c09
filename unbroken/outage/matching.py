"""Does a request suffer from a problem that we know? By its service, its customer's only one, or by
what its line shows: the same element, at the same time."""

from datetime import datetime, timedelta

from unbroken.conversation import actions as record
from unbroken.conversation import queries as recorded
from unbroken.conversation.ids import TicketId
from unbroken.conversation.queries.looked import finding_of
from unbroken.directory import queries as directory
from unbroken.directory.ids import CustomerId
from unbroken.evidence.queries.network import remembered
from unbroken.ground.actor import HOUSE
from unbroken.outage import actions, queries
from unbroken.outage.ids import ProblemId

FAULTS = frozenset({"incident"})
"""A question about a bill is no report of a fault, whoever asks."""

SHARED_MIN, CERTAIN_MIN = 2, 0.6
NEAR = timedelta(minutes=30)
"""A verdict names a problem that others share when it says so, and began about then."""


def match(ticket_id: int, *, at: datetime) -> None:
    """Stage of the relay: join a new request to the problem that explains it, or to none."""
    ticket = recorded.ticket_facts(ticket_id)
    if ticket is None or ticket.merged_into_id:
        return
    problem = None
    if ticket.ticket_type in FAULTS and ticket.is_open and not ticket.imported:
        problem = problem_for(service_id=ticket.service_id, customer_id=ticket.customer_id)
        if problem is None and ticket.service_id is not None:
            problem = _by_verdict(ticket_id, ticket.service_id, at=at)
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


def _by_verdict(ticket_id: int, service_id: int, *, at: datetime) -> int | None:
    """The open problem that its line's verdict speaks of; its service suffers from it then too.

    Records come late, and not every line of an element is missed at once: whose own evidence
    names the same trouble belongs to it before the detector counts it.
    """
    found = finding_of(ticket_id)
    if found is None or found.since is None or not found.element or found.affected < SHARED_MIN:
        return None
    network = remembered().network
    for problem in queries.open_problems():
        is_near = abs(found.since - problem.since) <= NEAR
        is_there = network.stands_on(found.element, problem.element) or network.stands_on(
            problem.element, found.element
        )
        if is_near and is_there and found.certainty >= CERTAIN_MIN:
            gone = {service_id: max(found.since, problem.since)}
            actions.affect_services(
                problem_id=ProblemId(problem.id), services=gone, by=HOUSE, at=at
            )
            return problem.id
    return None


def join_waiting(problem_id: int, *, at: datetime) -> None:
    """Requests about these services that came shortly before we knew belong to it too."""
    for ticket in queries.requests_to_join(problem_id):
        record.join_problem(ticket_id=TicketId(ticket), problem=problem_id, by=HOUSE, at=at)
