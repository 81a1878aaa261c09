"""What a batch of mails is going to ask, asked for all of them at once.

Only a help: whatever is not foreseen is asked when it is needed, and a mail that is alone or in
trouble is read without. A storm of mail costs a few questions for sixteen mails in place of a
dozen for each.
"""

from collections.abc import Sequence
from typing import Any, Final

from unbroken.conversation import actions as record
from unbroken.directory import queries as directory
from unbroken.ground.events import LoggedEvent
from unbroken.ground.foreseen import Foreseen
from unbroken.ground.sql import planned_once
from unbroken.ground.statements import held_together
from unbroken.intake import threading
from unbroken.intake.inbound import Inbound
from unbroken.intake.mailboxes import is_ours
from unbroken.intake.models import Intake

AHEAD = 32
"""So many mails are fetched before they are read; a batch seldom comes further."""

BYTES_MAX = 100_000
"""Larger ones are fetched alone, so that never more than a few megabytes are in hand."""

ADDRESSES_MAX = 20

Raw = tuple[str, bytes | memoryview | None, str]

RAWS: Final[Foreseen[int, Raw]] = Foreseen()
"""Channel, bytes and outcome of what was taken in."""

ROWS: Final[Foreseen[int, Intake]] = Foreseen()
"""What was taken in, locked."""

_RAWS = """
SELECT id, channel, raw, outcome FROM intake WHERE id = ANY (%s::bigint[]) AND size <= %s
"""


class ReadingAhead:
    """What reading (`reactions.read`) asks."""

    def to_prepare(self, events: Sequence[LoggedEvent]) -> None:
        """The mails themselves."""
        ids = [event.subject_id for event in events[:AHEAD]]
        if len(ids) > 1:
            with planned_once() as cursor:
                cursor.execute(_RAWS, [ids, BYTES_MAX])
                RAWS.put({row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()})

    def to_react(self, letters: Sequence[tuple[LoggedEvent, Any]]) -> None:
        """Who writes, of which ticket, with which services; and numbers for what is new."""
        mails = {event.subject_id: said for event, said in letters if isinstance(said, Inbound)}
        if len(mails) > 1:
            ROWS.put(held_together(Intake, list(mails)))
            threading.foresee(list(mails.values()))
            _foresee_people(list(mails.values()))
            record.number_ahead(sum(threading.is_surely_new(mail) for mail in mails.values()))


def _foresee_people(mails: Sequence[Inbound]) -> None:
    named = (
        box.email
        for mail in mails
        for box in (mail.sender, *(*mail.to, *mail.cc)[:ADDRESSES_MAX])
        if box is not None and not is_ours(box.email)
    )
    customers = directory.foresee_contacts("email", dict.fromkeys(named))
    directory.foresee_services(customers)
