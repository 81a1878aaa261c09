"""What became of an address that we wrote to."""

from datetime import datetime

from unbroken.conversation import queries as conversation
from unbroken.directory import actions as directory_actions
from unbroken.directory import queries as directory
from unbroken.ground.actor import HOUSE


def mark_address(address: str, ticket_id: int, state: str, *, at: datetime) -> None:
    """Note it on those who take part in this ticket: a forged report harms nobody else."""
    taking_part = {one.contact_id for one in conversation.participants_of(ticket_id)}
    for card in directory.contacts_at("email", address):
        if card.id in taking_part:
            directory_actions.note_address_state(
                contact_id=card.id, address=address, state=state, by=HOUSE, at=at
            )
