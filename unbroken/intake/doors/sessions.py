"""Sessions at the mail door: sockets, patience and room for big mails.

A session that dawdles is sent away: a command has to come within two minutes, a mail within
ten. What a session may hold before its mail is whole is bounded, and only a few big mails
are on their way in at once; the others wait with their sockets paused.
"""

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from unbroken.intake.doors.dialogue import Dialogue, HandedIn, Rules, Say
from unbroken.intake.doors.writer import Handing, Mail, Verdict

log = logging.getLogger(__name__)

SESSIONS_MAX = 300
SESSIONS_PER_PEER_MAX = 150
COMMAND_SECONDS_MAX = 120.0
MAIL_SECONDS_MAX = 600.0
COMMIT_SECONDS_MAX = 120.0
BIG_BYTES = 1_000_000
BIG_MAILS_MAX = 4
AHEAD_BYTES_MAX = 1_000_000
"""What a client may send ahead while its last mail is being committed."""


@dataclass
class House:
    """What all sessions of a process share."""

    hand_in: Callable[[Handing], None]
    sessions: "set[Session]" = field(default_factory=set)
    peers: Counter[str] = field(default_factory=Counter)
    big: "set[Session]" = field(default_factory=set)
    queue: "deque[Session]" = field(default_factory=deque)
    is_closing: bool = False

    def is_full_for(self, peer: str) -> bool:
        """Whether one more session would be too many."""
        return len(self.sessions) >= SESSIONS_MAX or self.peers[peer] >= SESSIONS_PER_PEER_MAX

    def has_room(self, session: "Session") -> bool:
        """Room for a big mail; without it the session waits for its turn."""
        if session in self.big:
            return True
        if len(self.big) < BIG_MAILS_MAX:
            self.big.add(session)
            return True
        if session not in self.queue:
            self.queue.append(session)
        return False

    def give_room_back(self, session: "Session") -> None:
        """Its mail is through, or it left: the next one goes on."""
        if session in self.queue:
            self.queue.remove(session)
        self.big.discard(session)
        while self.queue and len(self.big) < BIG_MAILS_MAX:
            following = self.queue.popleft()
            self.big.add(following)
            following.go_on_reading()

    def sweep(self) -> None:
        """Send away who dawdles."""
        at = time.monotonic()
        for session in list(self.sessions):
            session.check_patience(at)

    def close(self) -> None:
        """No more mail: who is not waiting for an answer is told to come again."""
        self.is_closing = True
        for session in list(self.sessions):
            session.say_closing()


class Session(asyncio.Protocol):
    """One connection."""

    transport: asyncio.Transport

    def __init__(self, house: House, rules: Rules, loop: asyncio.AbstractEventLoop) -> None:
        self.house = house
        self.rules = rules
        self.loop = loop
        self.dialogue = Dialogue(rules)
        self.peer = ""
        self.is_waiting = False
        self.since = time.monotonic()

    # ── what the socket tells ─────────────────────────────────────────────────

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        name: Any = self.transport.get_extra_info("peername")
        self.peer = str(name[0]) if name else ""
        if self.house.is_closing or self.house.is_full_for(self.peer):
            self.transport.write(b"421 4.3.2 Too busy just now; please try again\r\n")
            self.transport.close()
            return
        self.house.sessions.add(self)
        self.house.peers[self.peer] += 1
        self.transport.write(self.dialogue.hello())

    def data_received(self, data: bytes) -> None:
        if self not in self.house.sessions:
            return
        self.dialogue.hear(data)
        if not self.is_waiting:
            self._go_on()
        elif self.dialogue.bytes_held > AHEAD_BYTES_MAX:
            self.transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        if self in self.house.sessions:
            self.house.sessions.remove(self)
            self.house.peers[self.peer] -= 1
            if not self.house.peers[self.peer]:
                del self.house.peers[self.peer]
        if not self.is_waiting:
            self.house.give_room_back(self)

    # ── one step after another ────────────────────────────────────────────────

    def _go_on(self) -> None:
        replies: list[bytes] = []
        ends = False
        while not ends and not self.transport.is_closing():
            turn = self.dialogue.turn()
            if turn is None:
                break
            if isinstance(turn, HandedIn):
                self._hand_in(turn)
                break
            replies.append(turn.text)
            ends = turn.ends
            self._settle(turn)
        if replies:
            self.transport.write(b"".join(replies))
        if ends:
            self.transport.close()
        elif not self.is_waiting:
            self._take_care_of_room()

    def _settle(self, turn: Say) -> None:
        """A command is done: patience begins anew, room is given back."""
        self.since = time.monotonic()
        if not self.dialogue.is_in_mail:
            self.house.give_room_back(self)

    def _take_care_of_room(self) -> None:
        if self.dialogue.bytes_held > BIG_BYTES and not self.house.has_room(self):
            self.transport.pause_reading()

    def go_on_reading(self) -> None:
        """There is room now; the wait for it was not the client's fault."""
        self.since = time.monotonic()
        self.transport.resume_reading()

    def _hand_in(self, turn: HandedIn) -> None:
        self.is_waiting = True
        self.since = time.monotonic()
        envelope = {
            "mail_from": turn.mail_from,
            "rcpt_to": list(turn.rcpt_to),
            "peer": self.peer,
            "helo": turn.helo,
            "door": "lmtp" if self.rules.is_lmtp else "smtp",
        }
        self.house.hand_in(Handing(Mail(turn.raw, envelope), self.told))

    def told(self, verdict: Verdict) -> None:
        """The mail is committed, or is not."""
        self.is_waiting = False
        self.since = time.monotonic()
        self.house.give_room_back(self)
        if self.transport.is_closing():
            return
        self.transport.write(self.dialogue.answer(_in_words(verdict)))
        if self.house.is_closing:
            self.say_closing()
            return
        self.transport.resume_reading()
        self._go_on()

    # ── patience ──────────────────────────────────────────────────────────────

    def check_patience(self, at: float) -> None:
        """A command in two minutes, a mail in ten; the commit is our own slowness."""
        if self in self.house.queue:
            return
        if self.is_waiting:
            if at - self.since > COMMIT_SECONDS_MAX:
                self.transport.write(self.dialogue.answer(_in_words(Verdict(None))))
                self.transport.close()
            return
        patience = MAIL_SECONDS_MAX if self.dialogue.is_in_mail else COMMAND_SECONDS_MAX
        if at - self.since > patience:
            self.transport.write(b"421 4.4.2 Waited long enough\r\n")
            self.transport.close()
            self.loop.call_later(5.0, self.transport.abort)

    def say_closing(self) -> None:
        """The desk is going down; what was not answered has to be sent again."""
        if not self.is_waiting:
            self.transport.write(b"421 4.3.2 Closing; please try again\r\n")
            self.transport.close()


def _in_words(verdict: Verdict) -> str:
    if verdict.intake_id is None:
        return "451 4.3.0 This mail cannot be kept just now; please try again"
    known = "" if verdict.is_new else ", which we had already"
    return f"250 2.0.0 Kept as intake {verdict.intake_id}{known}"
