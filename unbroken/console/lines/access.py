"""A line may be seen by whoever may see a request of its customer; anything else is not found."""

from dataclasses import dataclass

from django.http import Http404

from unbroken.console.access import SeenTicket, note_reading, sight
from unbroken.directory import queries as directory
from unbroken.directory.cards import ServiceCard
from unbroken.directory.ids import ServiceId
from unbroken.ground.sql import row, rows
from unbroken.staffing.queries import AgentCard


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A neighbour's line that the reader may open."""

    id: int
    key: str


def service_for(agent: AgentCard, service_id: int) -> ServiceCard:
    """The service, if the agent may see a request of its customer."""
    card = directory.service(ServiceId(service_id))
    seen = card and row(
        SeenTicket, "console/queries/may_see_customer.sql",
        customer=card.customer_id, **sight(agent),
    )  # fmt: skip
    if card is None or not seen:
        raise Http404("line")
    if seen.is_elsewhere:
        note_reading(agent, f"customer:{card.customer_id}", note=f"service:{card.id}")
    return card


def lines_seen(agent: AgentCard, keys: list[str]) -> dict[str, int]:
    """Which of these services, by key, the agent may open."""
    if not keys:
        return {}
    found = rows(SeenLine, "console/lines/queries/may_see_lines.sql", keys=keys, **sight(agent))
    return {one.key: one.id for one in found}
