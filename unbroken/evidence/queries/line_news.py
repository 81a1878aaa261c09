"""Whether something new is known of a line, without looking at it anew."""

from datetime import datetime, timedelta

from unbroken.directory.cards import ServiceCard
from unbroken.evidence.picture import OWN_KINDS
from unbroken.evidence.queries.network import remembered
from unbroken.ground.sql import planned_once, text_of

LATELY = timedelta(days=2)
LONGEST = timedelta(days=75)


def latest_of(card: ServiceCard, at: datetime) -> datetime | None:
    """When the latest record, reading or alarm of this line arrived; None: not for days."""
    network = remembered().network
    chain = [key for key in network.chain(card.resource_key) if key in network.elements]
    own = [key for n, key in enumerate(chain) if n == 0 or network.kind(key) in OWN_KINDS]
    users = [card.access_name] if card.access_name else []
    with planned_once() as cursor:
        cursor.execute(
            text_of("evidence/queries/line_news.sql"),
            {
                "users": users, "circuit": card.circuit, "own": own, "chain": chain,
                "address": None if users else card.ip, "since": at - LATELY,
                "sessions_since": at - LONGEST,
            },
        )  # fmt: skip
        found: datetime | None = cursor.fetchone()[0]
    return found
