"""A cause was confirmed: kept beside what the verdict had said, to learn from and to be judged by.

A problem counts as one case, however many wrote about it: its weight is shared among them. A
verdict that was left as it was preselected when resolving counts half: nobody looked twice.
"""

from datetime import datetime
from typing import Any

from unbroken.conversation import queries as record
from unbroken.conversation.queries.joined import joined_to
from unbroken.conversation.queries.looked import finding_of
from unbroken.directory import queries as directory
from unbroken.directory.ids import ServiceId
from unbroken.evidence.picture import access_of
from unbroken.evidence.queries.line_facts import chain_of
from unbroken.evidence.state import outcomes

LEFT_AS_IT_WAS = 0.5
JOINED_MAX = 500


def of_ticket(ticket_id: int, data: dict[str, Any], at: datetime) -> None:
    """Somebody recorded it on the request."""
    how = str(data.get("how") or outcomes.SAID)
    outcomes.note(
        ticket_id=ticket_id, how=how, at=at, problem_id=None, cause=str(data["cause"]),
        said=str(data.get("said") or ""), certainty=data.get("certainty"),
        weight=LEFT_AS_IT_WAS if how == outcomes.RESOLVING else 1.0, **_where(ticket_id),
    )  # fmt: skip


def of_problem(problem_id: int, data: dict[str, Any], at: datetime) -> None:
    """Somebody confirmed it on a problem: it was the cause of every request about that."""
    cause = str(data["cause"])
    joined = joined_to(problem_id, limit=JOINED_MAX)
    for ticket_id in joined:
        looked = finding_of(ticket_id)
        outcomes.note(
            ticket_id=ticket_id, how=outcomes.PROBLEM, at=at, problem_id=problem_id, cause=cause,
            said=looked.cause if looked else "", certainty=looked.certainty if looked else None,
            weight=1.0 / len(joined), **_where(ticket_id),
        )  # fmt: skip
    if not joined:
        outcomes.note_problem(
            problem_id=problem_id, cause=cause, said=str(data.get("was") or ""), at=at
        )


def _where(ticket_id: int) -> dict[str, str]:
    """The service of a request, its kind of access, and the kind of element it was found at."""
    ticket = record.ticket_facts(ticket_id)
    if ticket is None or ticket.service_id is None:
        return {"service": "", "access": "", "kind": ""}
    key = ServiceId(ticket.service_id)
    card = directory.services([key]).get(key)
    if card is None:
        return {"service": "", "access": "", "kind": ""}
    chain = chain_of(card.resource_key)
    looked = finding_of(ticket_id)
    at = looked.element if looked else ""
    kind = next((one.kind for one in chain if one.key == at), "")
    return {
        "service": card.key or str(card.id), "access": access_of(card.technology, chain),
        "kind": kind,
    }  # fmt: skip
