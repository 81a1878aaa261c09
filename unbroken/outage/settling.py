"""A problem is over: each joined request is asked by its own line's evidence.

Who is back is solved with it; who is not stands alone again, back in the lists. A few hundred at a
time: the loop comes again for the rest.
"""

from datetime import datetime

from unbroken.conversation import actions as record
from unbroken.conversation import queries as recorded
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.outage import queries, states

AT_ONCE = 200


def settle(problem_id: int, *, at: datetime) -> int:
    """End or part the next of its requests; how many there were."""
    problem = queries.problem(problem_id)
    if problem is None or problem.is_open:
        return 0
    tickets = recorded.joined_to(problem_id, limit=AT_ONCE)
    away = {one.service_id for one in queries.affected_by(problem_id, only_away=True)}
    for ticket in tickets:
        _settle(TicketId(ticket), problem, away, at=at)
    return len(tickets)


def settle_all(*, at: datetime) -> int:
    """What a problem with thousands of requests left over; how many were settled."""
    return sum(settle(number, at=at) for number in queries.unsettled())


def _settle(ticket: TicketId, problem: queries.Problem, away: set[int], *, at: datetime) -> None:
    facts = recorded.ticket_facts(ticket)
    record.part_from_problem(ticket_id=ticket, problem=problem.id, by=HOUSE, at=at)
    if facts is None or not facts.is_open:
        return
    if problem.merged_into is not None:
        record.join_problem(ticket_id=ticket, problem=problem.merged_into, by=HOUSE, at=at)
    elif problem.state != states.CANCELLED and facts.service_id not in away:
        try:
            record.resolve_ticket(ticket_id=ticket, by=HOUSE, at=at)
        except Refused:
            return  # something is left to do on it: it is back in the lists
