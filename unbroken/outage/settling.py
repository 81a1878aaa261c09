"""A problem is over: each joined request is asked by its own line's evidence.

Who is back is solved with it; who is not has a little time (`stragglers.py`), and stands alone
again after that, back in the lists, with a verdict of its own made then: what broke everybody's
line is over. A few hundred at a time: the loop comes again for the rest.
"""

from collections.abc import Mapping
from datetime import datetime

from unbroken.conversation import actions as record
from unbroken.conversation import queries as recorded
from unbroken.conversation.events_looked import LineLookedAt
from unbroken.conversation.ids import TicketId
from unbroken.evidence.of_tickets import finding_on
from unbroken.ground.actor import HOUSE
from unbroken.ground.change import Refused
from unbroken.outage import queries, states, stragglers

AT_ONCE = 200


Findings = Mapping[int, LineLookedAt]
"""By request: what its line says now."""


def looked_at(problem_id: int, *, at: datetime) -> dict[int, LineLookedAt]:
    """Fresh verdicts for the next requests whose line is not back; before anything is locked."""
    problem = queries.problem(problem_id)
    if problem is None or problem.state not in (states.RESOLVED, states.CLOSED):
        return {}
    away = _away(problem_id)
    found: dict[int, LineLookedAt] = {}
    for ticket in queries.requests_to_settle(problem_id, limit=AT_ONCE) if away else ():
        facts = recorded.ticket_facts(ticket)
        if facts is not None and facts.is_open and facts.service_id in away:
            found[ticket] = finding_on(ticket, at)
    return found


def settle(problem_id: int, findings: Findings, *, at: datetime) -> int:
    """End or part the next of its requests; how many there were."""
    problem = queries.problem(problem_id)
    if problem is None or problem.is_open:
        return 0
    tickets = queries.requests_to_settle(problem_id, limit=AT_ONCE)
    away = _away(problem_id)
    for ticket in tickets:
        _settle(TicketId(ticket), problem, away, at=at)
        if (found := findings.get(ticket)) is not None and not found.skipped:
            record.note_looked(
                ticket_id=TicketId(ticket), found=found, is_anew=True, by=HOUSE, at=at
            )
    return len(tickets)


def settle_all(*, at: datetime) -> int:
    """Who is late, and what is left of problems with many requests; how many were settled."""
    stragglers.ask_all(at=at)
    return sum(settle(number, looked_at(number, at=at), at=at) for number in queries.unsettled())


def _away(problem_id: int) -> set[int]:
    return {one.service_id for one in queries.affected_by(problem_id, only_away=True)}


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
