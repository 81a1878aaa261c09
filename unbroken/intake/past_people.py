"""Who wrote the mails of the past, and whom we wrote to: each looked up once, many at a time."""

from collections.abc import Iterable
from datetime import datetime

from unbroken.directory.cards import ContactCard
from unbroken.directory.history import PastWriter, past_writers
from unbroken.ground.history import Historian
from unbroken.intake.entering.mail import MACHINE_KINDS
from unbroken.intake.inbound import Inbound, Mailbox
from unbroken.intake.mailboxes import is_ours


class People:
    """Who writes and whom we wrote to, a batch at a time; each is looked up once."""

    def __init__(self, historian: Historian, at: datetime) -> None:
        self._historian = historian
        self._at = at
        self._known: dict[tuple[str, str, bool], ContactCard | None] = {}

    def meet(self, mails: Iterable[Inbound]) -> None:
        """Everybody on these mails whom an answer could concern."""
        writers: dict[tuple[str, str, bool], PastWriter] = {}
        for mail in mails:
            for person in _people_on(mail):
                is_person = mail.kind not in MACHINE_KINDS or person is not mail.sender
                key = _key(person, is_person)
                if key not in self._known and key not in writers:
                    writers[key] = PastWriter(
                        person.name, person.email, mail.language or "", is_person
                    )
        found = past_writers(list(writers.values()), historian=self._historian, at=self._at)
        self._known.update(zip(writers, found, strict=True))

    def of(self, mail: Inbound) -> ContactCard | None:
        """The sender, as the door recognises them; nobody when it is us."""
        if mail.sender is None or not is_outside(mail.sender):
            return None
        return self._known.get(_key(mail.sender, mail.kind not in MACHINE_KINDS))

    def called(self, person: Mailbox) -> ContactCard | None:
        """Somebody we wrote to."""
        return self._known.get(_key(person, True))


def _key(person: Mailbox, is_person: bool) -> tuple[str, str, bool]:
    return (person.email.lower(), person.name, is_person)


def _people_on(mail: Inbound) -> list[Mailbox]:
    """The sender; of mail that we wrote, the first whom it went to."""
    if mail.sender is not None and is_outside(mail.sender):
        return [mail.sender]
    return outside_of(mail)[:1] if mail.sender is not None else []


def outside_of(mail: Inbound) -> list[Mailbox]:
    """Those in To who are not us."""
    return [one for one in mail.to[:20] if is_outside(one)]


def is_outside(person: Mailbox) -> bool:
    """Whether this is an address, and not ours."""
    return "@" in person.email and not is_ours(person.email)
