"""The RADIUS accounting door: answered once it is durable, and never before. RFC 2866 section 2.

Two threads: one takes packets from the socket as fast as they come, so that the kernel drops none
while the other waits for a commit; the other checks all that came meanwhile, makes it durable with
one commit and answers it. What is malformed, of a stranger or with a wrong secret is counted and
never answered; what cannot be kept (the database is away) is not answered either, and the NAS asks
again.
"""

import logging
import socket
import threading
import time
from collections import deque
from datetime import UTC

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from unbroken.evidence import listening, reading
from unbroken.evidence.doors.asking import Came, Desk, Outcome
from unbroken.evidence.radius.entries import pack
from unbroken.evidence.radius.naming import Naming
from unbroken.evidence.state import counts, partitions, radius
from unbroken.ground.clock import now, seconds
from unbroken.ground.loops import Stop

log = logging.getLogger(__name__)

BUFFER_BYTES = 8 << 20
WAITING_MAX = 50_000
"""Packets that wait for the commit before theirs; further ones are dropped, and counted."""

BATCH_MAX = 2_000
LOOK_SECONDS = 0.2
SECRETS_SECONDS = 5.0
SECRETS_SECONDS_MIN = 0.25
"""So often the inventory is asked again at most, when somebody unknown speaks."""

AWAY_SECONDS = 0.5


def main(stop: Stop) -> None:
    """Keep the door open until told to stop."""
    address = settings.UNBROKEN.radius
    line = listening.patiently(lambda: listen(address.host, address.port), str(address), stop)
    if line is not None:
        with line:
            log.info("RADIUS accounting is taken in at %s", address)
            Door(line, stop).run()


def listen(host: str, port: int) -> socket.socket:
    """A wide socket there; OSError when another program has it."""
    line = socket.socket(listening.family_of(host), socket.SOCK_DGRAM)
    listening.widen(line, BUFFER_BYTES)
    line.bind((host, port))
    line.settimeout(LOOK_SECONDS)
    return line


class Door:
    """One socket, and what came in by it."""

    def __init__(self, line: socket.socket, stop: Stop) -> None:
        self.line, self.stop = line, stop
        self.waiting: deque[Came] = deque()
        self.news = threading.Event()
        self.dropped = 0
        self.desk = Desk(Naming())
        self.secrets_at = 0.0
        self.parts: set[object] = set()

    def run(self) -> None:
        """Until told to stop; what was taken from the socket is kept and answered first."""
        taker = threading.Thread(target=self._take, name="radius socket", daemon=True)
        taker.start()
        try:
            while not self.stop.is_asked or self.waiting:
                if not self.waiting:
                    self.news.wait(LOOK_SECONDS)
                    self.news.clear()
                self._keep_and_answer()
        finally:
            taker.join(2 * LOOK_SECONDS)
            connection.close()

    def _take(self) -> None:
        waiting, news, receive = self.waiting, self.news, self.line.recvfrom
        while not self.stop.is_asked:
            try:
                data, peer = receive(65_535)
            except TimeoutError:
                continue
            except OSError:  # what an answer of ours came back with: nobody listens there any more
                continue
            if len(waiting) >= WAITING_MAX:
                self.dropped += 1
                continue
            waiting.append((data, peer, seconds()))
            if not news.is_set():
                news.set()

    def _keep_and_answer(self) -> None:
        came = [self.waiting.popleft() for _ in range(min(len(self.waiting), BATCH_MAX))]
        dropped, self.dropped = self.dropped, 0
        if not came and not dropped:
            return
        self._look_for_secrets(came)
        outcome = self.desk.look_at(came)
        outcome.counted["received"] += dropped
        outcome.counted["other"] += dropped
        try:
            self._keep(outcome)
        except DatabaseError as error:
            log.warning("accounting records cannot be kept just now: %s", str(error).strip())
            self.desk.forget(outcome)
            self.parts.clear()
            connection.close()
            self.stop.pause(AWAY_SECONDS)
            return
        self._answer(outcome)

    def _keep(self, outcome: Outcome) -> None:
        taken_at = now()
        if taken_at.date() not in self.parts:
            partitions.ensure("radius_batch", {taken_at.astimezone(UTC).date()})
            self.parts = {taken_at.astimezone(UTC).date()}
        packed = pack(outcome.entries) if outcome.entries else b""
        with transaction.atomic():
            if not outcome.entries:
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit = off")
            else:
                radius.keep(packed, len(outcome.entries), taken_at=taken_at)
            counts.add("radius", outcome.counted)

    def _answer(self, outcome: Outcome) -> None:
        send = self.line.sendto
        for answer, peer in outcome.answers:
            try:
                send(answer, peer)
            except OSError:  # the way back is not there; the NAS asks again
                continue

    def _look_for_secrets(self, came: list[Came]) -> None:
        age = time.monotonic() - self.secrets_at
        is_stranger = any(not self.desk.knows(peer[0]) for _, peer, _ in came)
        if age < SECRETS_SECONDS and not (is_stranger and age > SECRETS_SECONDS_MIN):
            return
        try:
            self.desk.naming = reading.naming_now()
            self.secrets_at = time.monotonic()
        except DatabaseError as error:
            log.warning("the secrets cannot be looked up just now: %s", str(error).strip())
            connection.close()
