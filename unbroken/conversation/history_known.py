"""What is on record of another desk's requests already, and what it called its topics."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from unbroken.conversation.events import TopicSet
from unbroken.conversation.ids import TicketId
from unbroken.conversation.models import Topic, TroubleTicket
from unbroken.conversation.queries.topics import kept_tree
from unbroken.ground.actor import HOUSE
from unbroken.ground.history import Historian
from unbroken.ground.models import EventRow

_TELLING = ("ticket.past_step", "ticket.assigned", "ticket.adopted")


@dataclass(frozen=True, slots=True)
class PastFacts:
    """How far a request of another desk is on record here."""

    number: TicketId
    changed_at: datetime
    is_told: bool
    adopted: bool


def taken_in(external_ids: Sequence[str]) -> dict[str, PastFacts]:
    """Which requests of another desk are on record, by their number there."""
    found = TroubleTicket.objects.filter(imported=True, external_id__in=external_ids)
    rows = list(found.exclude(external_id="").values_list("id", "external_id", "changed_at"))
    streams = [f"ticket:{number}" for number, _, _ in rows]
    told = EventRow.objects.filter(stream__in=streams, kind__in=_TELLING)
    kinds: dict[str, set[str]] = {}
    for stream, kind in told.values_list("stream", "kind").distinct():
        kinds.setdefault(stream, set()).add(kind)
    return {
        external_id: PastFacts(
            number=TicketId(number),
            changed_at=changed_at,
            is_told=bool(kinds.get(f"ticket:{number}", set()) - {"ticket.adopted"}),
            adopted="ticket.adopted" in kinds.get(f"ticket:{number}", ()),
        )
        for number, external_id, changed_at in rows
    }


def past_topics(keys: Iterable[str], *, historian: Historian, at: datetime) -> dict[str, int]:
    """Topics by what another desk called them; one nobody knows is kept, but not offered."""
    wanted = sorted({key for key in keys if key})
    known: dict[str, int] = {}
    for topic_id, key, names in Topic.objects.values_list("id", "key", "names"):
        for name in (*names.values(), key):
            known[name.casefold()] = topic_id
    with historian.book() as book:
        for key in wanted:
            if key.casefold() in known:
                continue
            known[key.casefold()] = topic_id = historian.draw(Topic)
            told = TopicSet(key=key, names={"en": key}, active=False)
            book.tell(f"topic:{topic_id}", 1, told, at=at, by=str(HOUSE))
            row = (topic_id, 1, at, key, {"en": key}, False)
            book.put(Topic, ("id", "version", "changed_at", "key", "names", "active"), row)
    kept_tree.forget()
    return {key: known[key.casefold()] for key in wanted}
