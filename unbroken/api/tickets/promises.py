"""The promises of a ticket, as other systems read them."""

from unbroken.api.tickets.queries import Json


def promises_of(number: int) -> list[Json]:
    """Every promise of a ticket: what, until when, how it stands, whether it is paused."""
    return []
