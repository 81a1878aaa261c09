"""What the accounting door makes of packets: pure, no socket, no database.

received = accepted + duplicate + malformed + bad_authenticator + unknown_client + other
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from unbroken.evidence.radius import packets
from unbroken.evidence.radius.entries import PACKET, Entry
from unbroken.evidence.radius.naming import Naming, plain_address
from unbroken.evidence.radius.records import STATUSES

Came = tuple[bytes, Any, float]
"""The datagram, whom it came from (as the socket says it), and when: seconds since 1970."""

RECENT_MAX = 40_000
RETRIED_SECONDS = 300.0
"""A packet that comes again within this is the NAS trying again. RFC 5080 section 2.2.2."""

ROUGHLY_SECONDS = 2.0


@dataclass(slots=True)
class Outcome:
    """What is to be kept, what is then to be answered, and how it was counted."""

    entries: list[Entry] = field(default_factory=list)
    answers: list[tuple[bytes, Any]] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    marks: list[bytes] = field(default_factory=list)


class Desk:
    """Checks packets one after another; knows whom it spoke with lately."""

    def __init__(self, naming: Naming) -> None:
        self._recent: dict[bytes, float] = {}
        self._addresses: dict[str, str] = {}
        self._secrets: dict[str, bytes | None] = {}
        self._naming = naming

    @property
    def naming(self) -> Naming:
        """The NASes of the inventory."""
        return self._naming

    @naming.setter
    def naming(self, naming: Naming) -> None:
        self._naming = naming
        self._secrets = {}
        self._addresses = {}

    def knows(self, host: str) -> bool:
        """Whether this source address has a secret."""
        return self._secret(host) is not None

    def look_at(self, came: list[Came]) -> Outcome:
        """Everything that came, in order."""
        outcome = Outcome()
        counted = outcome.counted
        counted["received"] = len(came)
        for data, peer, arrived in came:
            counted[self._judge(data, peer, arrived, outcome)] += 1
        return outcome

    def forget(self, outcome: Outcome) -> None:
        """Nothing of it was kept: when it comes again it is new."""
        for mark in outcome.marks:
            self._recent.pop(mark, None)

    def _judge(self, data: bytes, peer: Any, arrived: float, outcome: Outcome) -> str:
        secret = self._secret(peer[0])
        if secret is None:
            return "unknown_client"
        try:
            packet = packets.whole(data)
            asked = packets.ask(packet)
        except packets.Malformed:
            return "malformed"
        if asked.code != packets.ACCOUNTING_REQUEST:
            return "other"
        if not packets.is_authentic(packet, secret):
            return "bad_authenticator"
        outcome.answers.append((packets.answer(packet, asked.proxy_states, secret), peer))
        source = self._addresses[peer[0]]
        if self._came_before(asked, packet, source.encode(), arrived, outcome):
            return "duplicate"
        outcome.entries.append(Entry(arrived, source, PACKET, packet))
        is_known = asked.status in STATUSES and (asked.has_session or asked.status >= packets.ON)
        return "accepted" if is_known else "other"

    def _came_before(
        self, asked: packets.Asked, packet: bytes, source: bytes, arrived: float, outcome: Outcome
    ) -> bool:
        """The same record: by its own time, else the same packet, else the same moment."""
        natural = source + asked.natural
        if asked.event_time is not None:
            return self._seen(natural, arrived, RETRIED_SECONDS, outcome)
        is_same = self._seen(source + packet[1:20], arrived, RETRIED_SECONDS, outcome)
        moment = arrived - asked.delay
        return self._seen(natural, moment, ROUGHLY_SECONDS, outcome) or is_same

    def _seen(self, mark: bytes, at: float, within: float, outcome: Outcome) -> bool:
        recent = self._recent
        last = recent.get(mark)
        if last is not None and abs(at - last) <= within:
            return True
        recent.pop(mark, None)
        recent[mark] = at
        outcome.marks.append(mark)
        if len(recent) > RECENT_MAX:
            del recent[next(iter(recent))]
        return False

    def _secret(self, host: str) -> bytes | None:
        try:
            return self._secrets[host]
        except KeyError:
            pass
        if len(self._secrets) > RECENT_MAX:  # somebody speaks with made-up addresses
            self._secrets, self._addresses = {}, {}
        address = plain_address(host)
        nas = self._naming.client(address)
        self._addresses[host] = address
        self._secrets[host] = nas.secret if nas is not None else None
        return self._secrets[host]
