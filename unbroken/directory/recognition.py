"""Whose words these are, judged by the address alone.

Pure. Better nobody than the wrong person: a wrong match shows one customer another's requests.
"""

from collections.abc import Sequence

from unbroken.directory.cards import ContactCard


def recognised(cards: Sequence[ContactCard], *, name: str = "") -> ContactCard | None:
    """The contact behind an address, out of all who can be reached there.

    One confirmed contact is it. Several of one customer: the customer is certain, and the person is
    whom the name says, else the first on record. Several of different customers: only the one who
    waits to be confirmed, if any, so that a stranger's mails stay together until an agent decides.
    """
    confirmed = [card for card in cards if card.confirmed]
    if len({card.customer_id for card in confirmed}) == 1:
        same_name = [card for card in confirmed if _same(card.name, name)]
        return min(same_name or confirmed, key=lambda card: card.id)
    waiting = [card for card in cards if not card.confirmed and card.customer_id is None]
    return min(waiting, key=lambda card: card.id, default=None)


def _same(one: str, other: str) -> bool:
    return bool(other.strip()) and one.strip().casefold() == other.strip().casefold()
