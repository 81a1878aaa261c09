"""The mail doors: LMTP for a mail server next door, SMTP for everybody else.

A mail is answered "250" once it is committed and never before; the same mail handed in again
is answered "250" and changes nothing. Every mail ends here: nothing is ever sent on.
"""

import asyncio
import logging
import socket
import threading
from dataclasses import replace
from functools import partial

from django.conf import settings
from django.db import DatabaseError, connection

from unbroken.ground.loops import Stop
from unbroken.intake.doors.dialogue import Rules
from unbroken.intake.doors.sessions import House, Session
from unbroken.intake.doors.writer import Handing, Verdict, Writer
from unbroken.intake.mailboxes import mailboxes, without_plus

log = logging.getLogger(__name__)

SWEEP_SECONDS = 1.0
LOOK_SECONDS = 0.2
LAST_MAILS_SECONDS = 3.0
BACKLOG = 256
KNOWN_SECONDS = 5.0


def main(stop: Stop) -> None:
    """Keep both doors open until told to stop."""
    asyncio.run(_stand_open(stop, _rules(stop)))


async def _stand_open(stop: Stop, rules: Rules) -> None:
    loop = asyncio.get_running_loop()

    def announce(group: list[tuple[Handing, Verdict]]) -> None:
        loop.call_soon_threadsafe(_tell_all, group)

    writer = Writer(announce)
    house = House(writer.hand_in)
    lmtp, smtp = settings.UNBROKEN.lmtp, settings.UNBROKEN.smtp
    servers = []
    for address, is_lmtp in ((lmtp, True), (smtp, False)):
        begins = partial(Session, house, replace(rules, is_lmtp=is_lmtp), loop)
        servers.append(
            await loop.create_server(begins, address.host, address.port, backlog=BACKLOG)
        )
    log.info("mail is taken in by LMTP at %s and by SMTP at %s", lmtp, smtp)
    await _until_told(stop, house)
    for server in servers:
        server.close()
    house.close()
    await asyncio.to_thread(writer.end, LAST_MAILS_SECONDS)
    await asyncio.sleep(0.05)  # the last answers leave


def _tell_all(group: list[tuple[Handing, Verdict]]) -> None:
    for handing, verdict in group:
        handing.tell(verdict)


async def _until_told(stop: Stop, house: House) -> None:
    waited = 0.0
    while not stop.is_asked:
        await asyncio.sleep(LOOK_SECONDS)
        waited += LOOK_SECONDS
        if waited >= SWEEP_SECONDS:
            waited = 0.0
            house.sweep()


def _rules(stop: Stop) -> Rules:
    rules = Rules(
        is_lmtp=False, host=socket.gethostname(), bytes_max=settings.UNBROKEN.mail_bytes_max
    )
    if not settings.UNBROKEN.mail_is_strict:
        return rules
    return replace(rules, knows=OurAddresses(stop).is_ours)


class OurAddresses:
    """Our mailboxes as a door knows them: looked up beside the sessions, every few seconds.

    Without any mailbox set up every address is ours: a desk that is just beginning loses nothing.
    """

    def __init__(self, stop: Stop) -> None:
        self.known: frozenset[str] | None = None
        self._stop = stop
        threading.Thread(target=self._keep_looking, name="our addresses", daemon=True).start()

    def is_ours(self, address: str) -> bool | None:
        """None while nobody could look."""
        known = self.known
        if known is None:
            return None
        lower = address.lower()
        return not known or lower in known or without_plus(lower) in known or lower == "postmaster"

    def _keep_looking(self) -> None:
        while not self._stop.is_asked:
            self._look()
            self._stop.pause(KNOWN_SECONDS)
        connection.close()

    def _look(self) -> None:
        try:
            self.known = frozenset(box.address for box in mailboxes())
        except DatabaseError as error:
            log.warning("our mailboxes cannot be looked up just now: %s", str(error).strip())
            self.known = None
            connection.close()
