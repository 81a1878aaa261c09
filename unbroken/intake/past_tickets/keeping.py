"""How another desk's requests are written: whole, in batches, with everybody they name."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from unbroken.conversation import history
from unbroken.conversation.events import TicketAssigned
from unbroken.conversation.events_past import PastStep
from unbroken.conversation.history import PastMessage, PastMove, PastTicket
from unbroken.conversation.history_known import PastFacts, past_topics
from unbroken.conversation.ids import TicketId
from unbroken.conversation.incoming import Incoming, Opening
from unbroken.conversation.states import ENDED, OPEN
from unbroken.directory.history import past_customers, past_services
from unbroken.ground.actor import HOUSE
from unbroken.ground.history import Historian
from unbroken.intake.past_tickets.lines import StepLine, TicketLine
from unbroken.intake.past_tickets.telling import Told, told
from unbroken.intake.past_tickets.words import (
    LEVELS_OF,
    channel_of,
    priority_of,
    status_of,
)
from unbroken.staffing import history as past_staff

Steps = Mapping[str, Sequence[StepLine]]
NAME_MAX = 300
LATE = "it was taken in without its steps, which cannot be put before what is on record."


class Keeper:
    """Knows from one batch to the next who and what the tables name."""

    def __init__(self, *, at: datetime) -> None:
        self.at = at
        self.notes: list[str] = []
        self._historian = Historian()
        self._teams: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self._topics: dict[str, int] = {}
        self._customers: dict[str, int] = {}
        self._services: dict[str, tuple[int, int]] = {}

    @transaction.atomic
    def meet(self, new: Sequence[TicketLine], steps: Steps) -> None:
        """Everybody and everything that is named, looked up or made known at once."""
        named = [step for line in steps.values() for step in line]
        self._teams = past_staff.past_teams(
            {step.group for step in named},
            needed=_groups_at_work(new, steps),
            historian=self._historian,
            at=self.at,
        )
        self._people = past_staff.past_colleagues(
            {step.person for step in named}, historian=self._historian, at=self.at
        )
        self._topics = past_topics(
            {line.category for line in new}, historian=self._historian, at=self.at
        )
        self._customers, strangers = past_customers({line.customer for line in new}, at=self.at)
        self._services = past_services({line.service for line in new})
        if strangers:
            self.notes.append(f"{strangers} customers were unknown and are kept by their number.")
        missing = {line.service for line in new if line.service} - self._services.keys()
        if missing:
            self.notes.append(f"{len(missing)} services are unknown; their requests name none.")

    def keep(self, batch: Sequence[TicketLine], steps: Steps) -> list[int]:
        """All of a batch in one transaction, or nothing of it."""
        return [
            int(number)
            for number in history.write_tickets(
                [self._past(line, steps.get(line.number, ())) for line in batch],
                historian=self._historian,
            )
        ]

    def go_on(
        self,
        lines: Mapping[str, TicketLine],
        steps: Steps,
        known: Mapping[str, PastFacts],
        refused: list[tuple[str, str]],
    ) -> int:
        """What happened since to requests that nobody has adopted yet; says to how many."""
        continued = 0
        for number, facts in known.items():
            if number not in lines or facts.adopted:
                continue
            what = self._told(lines[number], steps.get(number, ()))
            since = [move for move in what.moves if move.at > facts.changed_at]
            if not facts.is_told and any(
                _is_step(move) for move in what.moves if move not in since
            ):
                refused.append((lines[number].label, LATE))
            if since:
                self._continue(facts.number, what, since)
                continued += 1
        return continued

    def _continue(self, ticket_id: TicketId, what: Told, since: Sequence[PastMove]) -> None:
        columns = {
            "status": what.status,
            "team_id": what.team,
            "assignee_id": what.agent if what.status in ENDED else None,
            "resolved_at": what.resolved_at,
            "closed_at": what.closed_at,
        }
        history.continue_ticket(
            ticket_id=ticket_id, moves=since, columns=columns, historian=self._historian
        )

    def _told(self, line: TicketLine, steps: Sequence[StepLine]) -> Told:
        return told(line, steps, teams=self._teams, people=self._people)

    def _past(self, line: TicketLine, steps: Sequence[StepLine]) -> PastTicket:
        what = self._told(line, steps)
        return PastTicket(
            opening=self._opening(line),
            messages=_words(line),
            moves=what.moves,
            status=what.status,
            resolved_at=what.resolved_at,
            closed_at=what.closed_at,
            team_id=what.team,
            assignee_id=what.agent if what.status in ENDED else None,
            priority=priority_of(line.priority) or "",
        )

    def _opening(self, line: TicketLine) -> Opening:
        service = self._services.get(line.service)
        customer = self._customers.get(line.customer)
        impact, urgency = LEVELS_OF[priority_of(line.priority) or "moderate"]
        return Opening(
            name=_name(line),
            channel=channel_of(line.channel),
            reported_at=line.created,
            ticket_type="incident",
            customer_id=customer or (service[1] if service else None),
            service_id=service[0] if service and customer in (None, service[1]) else None,
            topic_id=self._topics.get(line.category),
            impact=impact,
            urgency=urgency,
            external_id=line.number,
            may_answer=False,
        )


def _groups_at_work(lines: Iterable[TicketLine], steps: Steps) -> set[str]:
    """The groups that have a request in hand which is open still."""
    groups = set()
    for line in lines:
        if line.status and status_of(line.status) in OPEN:
            named = [one.group for one in sorted(steps.get(line.number, ()), key=lambda s: s.at)]
            groups.update(next(([one] for one in reversed(named) if one), []))
    return groups


def _is_step(move: PastMove) -> bool:
    return isinstance(move.told, TicketAssigned | PastStep)


def _name(line: TicketLine) -> str:
    first = line.text.strip().partition("\n")[0]
    return (line.subject or first or line.category or line.number)[:NAME_MAX]


def _words(line: TicketLine) -> tuple[PastMessage, ...]:
    if not line.text:
        return ()
    said = Incoming(
        author=HOUSE,
        channel=channel_of(line.channel),
        words=line.text,
        at=line.created,
        subject=line.subject,
    )
    return (PastMessage(said),)
