"""`import tickets`: another desk's requests with their steps enter the record, in batches.

Read as a whole first, so that steps find their request wherever they stand; then written, some
hundred requests a transaction. Stopped at any instant and begun again it goes on where it was.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from unbroken.conversation import actions as conversation_actions
from unbroken.conversation import queries as conversation
from unbroken.conversation.history_known import PastFacts, taken_in
from unbroken.conversation.ids import TicketId
from unbroken.ground.actor import HOUSE
from unbroken.intake.past_tickets.keeping import Keeper
from unbroken.intake.past_tickets.lines import StepLine, TicketLine
from unbroken.intake.past_tickets.tables import Unread, lines_of
from unbroken.intake.past_tickets.words import priority_of, status_of

BATCH = 400
EARLIER_MAX = timedelta(days=1)
"""Clocks of two systems differ; a step long before its request's birth belongs to another one."""

Progress = Callable[[str, int, int], None]


@dataclass
class Report:
    """What became of it; the counts are requests, `steps` counts what happened to them."""

    read: int = 0
    new: int = 0
    known: int = 0
    continued: int = 0
    steps: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tickets: set[int] = field(default_factory=set)
    adopted: int = 0


@dataclass
class _Read:
    """Everything that the files hold and that can be right."""

    tickets: dict[str, TicketLine] = field(default_factory=dict)
    steps: dict[str, list[StepLine]] = field(default_factory=dict)


def import_tickets(
    paths: Iterable[Path],
    *,
    zone: tzinfo = UTC,
    adopt: bool = False,
    at: datetime,
    progress: Progress = lambda what, done, total: None,
) -> Report:
    """Everything in these files enters the record; nothing is sent and no promise begins."""
    report = Report()
    found = _read(paths, zone, report, progress)
    known = _known(found)
    new = [line for number, line in found.tickets.items() if number not in known]
    _check_steps(found, known, report)
    keeper = Keeper(at=at)
    keeper.meet(new, found.steps)
    report.notes += keeper.notes
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        report.tickets.update(keeper.keep(batch, found.steps))
        report.new += len(batch)
        progress("taken in", min(start + BATCH, len(new)), len(new))
    report.known = sum(number in known for number in found.tickets)
    report.continued = keeper.go_on(found.tickets, found.steps, known, report.refused)
    report.tickets.update(facts.number for facts in known.values())
    if adopt:
        report.adopted = _adopt(report.tickets, at=at)
    return report


def _read(paths: Iterable[Path], zone: tzinfo, report: Report, progress: Progress) -> _Read:
    found, count = _Read(), 0
    for path in paths:
        for line in lines_of(path, zone):
            count += 1
            progress("read", count, 0)
            if isinstance(line, Unread):
                report.read += line.is_ticket
                report.refused.append((line.item, line.reason))
            elif isinstance(line, StepLine):
                report.steps += 1
                found.steps.setdefault(line.case, []).append(line)
            else:
                report.read += 1
                reason = _wrong(line, found)
                if reason:
                    report.refused.append((line.label, reason))
                else:
                    found.tickets[line.number] = line
    return found


def _wrong(line: TicketLine, found: _Read) -> str:
    """Why a request cannot be taken in; empty when it can."""
    if line.number in found.tickets:
        return "the number stands there twice; the first counts."
    if line.status and status_of(line.status) is None:
        return f"nobody knows the status “{line.status}”."
    if line.priority and priority_of(line.priority) is None:
        return f"nobody knows the priority “{line.priority}”."
    return ""


def _known(found: _Read) -> dict[str, PastFacts]:
    """Which requests are on record already, those too of which only steps came."""
    numbers = list(dict.fromkeys([*found.tickets, *found.steps]))
    known: dict[str, PastFacts] = {}
    for start in range(0, len(numbers), 5000):
        known.update(taken_in(numbers[start : start + 5000]))
    return known


def _check_steps(found: _Read, known: dict[str, PastFacts], report: Report) -> None:
    """Steps whose request is not in the tables, or that come before it, are refused."""
    for case, steps in list(found.steps.items()):
        line = found.tickets.get(case)
        if line is None:
            reason = f"no request with the number {case} was given."
            if case in known:
                reason = f"request {case} is on record; give its row too, so that it can go on."
            _refuse(steps, reason, report)
            del found.steps[case]
            continue
        early = [one for one in steps if line.created - one.at > EARLIER_MAX]
        _refuse(early, "it lies before its request was made.", report)
        found.steps[case] = [one for one in steps if line.created - one.at <= EARLIER_MAX]


def _refuse(steps: Iterable[StepLine], reason: str, report: Report) -> None:
    for step in steps:
        report.refused.append((step.label, reason))
        report.steps -= 1


def _adopt(tickets: Iterable[int], *, at: datetime) -> int:
    """The open ones become ours; promises begin on them now."""
    adopted = 0
    for number in sorted(tickets):
        facts = conversation.ticket_facts(number)
        if facts is not None and facts.imported and facts.is_open:
            conversation_actions.adopt_ticket(ticket_id=TicketId(number), by=HOUSE, at=at)
            adopted += 1
    return adopted
