"""News that found nobody: at once, when the next server refuses; or later, as a mail that says so.

The address is marked on whoever the letter was to and on nobody else, so a forged report harms no
stranger; a colleague sees on the problem whom to call.
"""

from collections.abc import Sequence
from datetime import datetime

from unbroken.directory import actions as directory_actions
from unbroken.directory import queries as directory
from unbroken.directory.cards import ContactCard
from unbroken.directory.ids import ContactId
from unbroken.ground.actor import HOUSE
from unbroken.intake.actions.news import record_returned, record_spared, record_to_call
from unbroken.intake.inbound import BounceReport
from unbroken.intake.models_telling import NoticeLetter
from unbroken.intake.outgoing import PermanentFailure


def came_back(letter_id: int, reports: Sequence[BounceReport], *, at: datetime) -> None:
    """A mail says that one of our letters was not delivered."""
    contact = NoticeLetter.objects.filter(pk=letter_id).values_list("contact", flat=True).first()
    card = directory.contact(ContactId(contact)) if contact else None
    if card is None:
        return
    worst = max(reports, key=lambda one: one.permanent)
    for one in reports:
        _mark(card, one.recipient, "dead" if one.permanent else "bouncing", at=at)
    record_returned(letter_id=letter_id, why=worst.bounce_class, at=at)


def refused_at_once(
    letter_id: int, card: ContactCard, failure: PermanentFailure, *, at: datetime
) -> None:
    """The next server will never take it: somebody calls, or nobody can be told."""
    for one in failure.refused:
        if one.is_no_such_mailbox:
            _mark(card, one.address, "dead", at=at)
    has_phone = card.address("phone") is not None
    record = record_to_call if has_phone else record_spared
    record(letter_id=letter_id, why="address", at=at)


def _mark(card: ContactCard, address: str, state: str, *, at: datetime) -> None:
    known = {one.normal: one for one in card.addresses if one.kind == "email"}
    if address.lower() in known:
        directory_actions.note_address_state(
            contact_id=card.id, address=address, state=state, by=HOUSE, at=at
        )
